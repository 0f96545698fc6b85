//! Lower-case hexadecimal, the form of bytes in JSON and on a command line.

/// `bytes` as lower-case hex.
pub fn encode(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)] as char);
        out.push(DIGITS[usize::from(byte & 15)] as char);
    }
    out
}

/// The bytes that `text` stands for; `None` unless it is an even number of lower-case hex digits.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks_exact(2).map(|pair| Some(16 * digit(pair[0])? + digit(pair[1])?)).collect()
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// Bytes of any length that stand as hex in JSON.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct HexBytes(pub Vec<u8>);

impl std::fmt::Debug for HexBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HexBytes({} bytes)", self.0.len())
    }
}

impl serde::Serialize for HexBytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&encode(&self.0))
    }
}

impl<'de> serde::Deserialize<'de> for HexBytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        decode(&text).map(Self).ok_or_else(|| serde::de::Error::custom("expected lower-case hex"))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for HexBytes {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        schema("^([0-9a-f]{2})*$".to_owned(), "Bytes as lower-case hex.")
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for HexBytes {}

/// The schema of so many bytes.
#[cfg(feature = "openapi")]
pub(crate) fn fixed_schema(len: usize) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    schema(format!("^[0-9a-f]{{{}}}$", len * 2), &format!("{len} bytes as lower-case hex."))
}

#[cfg(feature = "openapi")]
fn schema(pattern: String, description: &str) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .pattern(Some(pattern))
        .description(Some(description))
        .into()
}

/// A fixed-width byte type: `Display`, `FromStr` and serde as lower-case hex; `Debug` is the caller's.
macro_rules! hex_parts {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// The bytes.
            pub fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// From a slice of exactly the right length.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::hex::encode(&self.0))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::hex::NotHex;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::hex::decode(text).and_then(|bytes| Self::from_slice(&bytes)).ok_or($crate::hex::NotHex($len))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::hex::fixed_schema($len)
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    };
}
pub(crate) use hex_parts;

/// A fixed-width byte type that shows itself as lower-case hex.
macro_rules! hex_type {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $crate::hex::hex_parts! { $(#[$doc])* $name, $len }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

/// A fixed-width byte type that is secret: `Debug` says nothing of it. `Display` and serde are its way out.
macro_rules! secret_hex_type {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $crate::hex::hex_parts! { $(#[$doc])* $name, $len }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    };
}
pub(crate) use hex_type;
pub(crate) use secret_hex_type;

/// A text that is not the hex of so many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {0} bytes as lower-case hex")]
pub struct NotHex(pub usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_survive_hex_and_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
    }

    #[test]
    fn odd_upper_case_and_foreign_digits_are_refused() {
        for text in ["0", "0G", "AB", "0x00", "é"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
