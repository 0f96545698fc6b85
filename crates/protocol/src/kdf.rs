//! `HKDF(ikm, salt, info)`: HKDF-SHA256 (RFC 5869), always 32 bytes of output here.

use ring::hkdf;
use zeroize::Zeroizing;

/// `HKDF(ikm, info)` with an empty salt: a 32-byte key.
pub fn derive(ikm: &[u8], info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    derive_salted(&[], ikm, info)
}

/// `HKDF(ikm, salt, info)`, where info is the concatenation of its pieces: a 32-byte key.
pub fn derive_salted(salt: &[u8], ikm: &[u8], info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0; 32]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(ikm)
        .expand(info, hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut out[..]))
        .expect("32 bytes are within HKDF-SHA256's limit of 8160");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    type Vector = (Vec<u8>, Vec<u8>, Vec<u8>, &'static str);

    /// RFC 5869, appendix A.1 to A.3: salt, ikm, info, and the first 32 bytes of the output.
    fn published() -> [Vector; 3] {
        [
            (
                (0x00..=0x0c).collect(),
                vec![0x0b; 22],
                (0xf0..=0xf9).collect(),
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
            ),
            (
                (0x60..=0xaf).collect(),
                (0x00..=0x4f).collect(),
                (0xb0..=0xff).collect(),
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c",
            ),
            (vec![], vec![0x0b; 22], vec![], "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"),
        ]
    }

    #[test]
    fn keys_are_those_of_rfc_5869() {
        for (salt, ikm, info, okm) in published() {
            assert_eq!(hex::encode(&derive_salted(&salt, &ikm, &[&info])[..]), okm);
            let (front, back) = info.split_at(info.len() / 2);
            assert_eq!(hex::encode(&derive_salted(&salt, &ikm, &[front, back])[..]), okm, "info in two pieces");
        }
        let (_, ikm, _, okm) = &published()[2];
        assert_eq!(hex::encode(&derive(ikm, &[])[..]), *okm, "an empty salt");
    }

    #[test]
    fn another_salt_secret_or_info_gives_another_key() {
        for (salt, ikm, info, okm) in published() {
            for place in 0..3 {
                let mut fields = [salt.clone(), ikm.clone(), info.clone()];
                fields[place].push(1);
                let [salt, ikm, info] = fields;
                assert_ne!(hex::encode(&derive_salted(&salt, &ikm, &[&info])[..]), okm, "field {place}");
            }
        }
    }
}
