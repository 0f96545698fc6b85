//! What kind of recording an attachment is.

/// A media type (RFC 9110, section 8.3.1) of at most 100 bytes, such as `audio/webm;codecs=opus`: two tokens, and after a
/// semicolon parameters of printable ASCII.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MediaType(String);

/// A text that is no media type, or a longer one than the protocol allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a media type of at most 100 letters, such as audio/webm")]
pub struct NotAMediaType;

impl MediaType {
    const MAX_LEN: usize = 100;

    /// As it stands in the entry.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The media type without its parameters.
    pub fn essence(&self) -> &str {
        self.0.split(';').next().unwrap_or_default().trim_end()
    }
}

impl std::str::FromStr for MediaType {
    type Err = NotAMediaType;

    fn from_str(text: &str) -> Result<Self, NotAMediaType> {
        let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
        let (kind, subtype) = essence.trim_end_matches(' ').split_once('/').ok_or(NotAMediaType)?;
        let printable = parameters.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if text.len() > Self::MAX_LEN || !is_token(kind) || !is_token(subtype) || !printable {
            return Err(NotAMediaType);
        }
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Display for MediaType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// RFC 9110, section 5.6.2.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_recorders_name_is_read() {
        for (text, essence) in [
            ("audio/webm;codecs=opus", "audio/webm"),
            ("audio/mp4; codecs=\"mp4a.40.2\"", "audio/mp4"),
            ("audio/ogg ; codecs=opus", "audio/ogg"),
            ("audio/wav", "audio/wav"),
        ] {
            let read: MediaType = text.parse().unwrap();
            assert_eq!((read.as_str(), read.essence()), (text, essence));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        let long = format!("audio/{}", "x".repeat(95));
        let texts =
            ["", "audio", "/", "audio/", "/webm", "audio/webm/x", "audio/we bm", "audio/wébm", "a/b;\n", "a/b;é"];
        for text in texts.into_iter().chain([&*long]) {
            assert_eq!(text.parse::<MediaType>(), Err(NotAMediaType), "{text:?}");
        }
    }
}
