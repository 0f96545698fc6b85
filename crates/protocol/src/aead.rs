//! AES-256-GCM under a key that seals exactly once, so that its nonce is zero.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

/// Bytes that sealing adds.
pub(crate) const TAG_LEN: usize = 16;

/// `AES-256-GCM[key, nonce 0](plain, aad)`, ciphertext ‖ tag, in place.
pub(crate) fn seal_once(key: &[u8; 32], aad: &[u8], plain: &mut Vec<u8>) {
    sealing_key(key)
        .seal_in_place_append_tag(zero_nonce(), Aad::from(aad), plain)
        .expect("bodies are bounded far below AES-GCM's limit of 64 GiB");
}

/// The opposite of [`seal_once`]; `None` unless ciphertext, aad and key belong together.
pub(crate) fn open_once<'a>(key: &[u8; 32], aad: &[u8], sealed: &'a mut [u8]) -> Option<&'a mut [u8]> {
    sealing_key(key).open_in_place(zero_nonce(), Aad::from(aad), sealed).ok()
}

fn sealing_key(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("an AES-256 key has 32 bytes"))
}

fn zero_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    /// "The Galois/Counter Mode of Operation" (McGrew and Viega), appendix B, test cases 13 and 14: the ones with a
    /// 256-bit key and a zero nonce.
    const PUBLISHED: [(&str, &str); 2] = [
        ("", "530f8afbc74536b9a963b4f1c4cb738b"),
        ("00000000000000000000000000000000", "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
    ];

    #[test]
    fn sealing_and_opening_are_those_of_the_gcm_specification() {
        for (plain, sealed) in PUBLISHED {
            let (plain, sealed) = (hex::decode(plain).unwrap(), hex::decode(sealed).unwrap());
            let mut bytes = plain.clone();
            seal_once(&[0; 32], &[], &mut bytes);
            assert_eq!(bytes, sealed);
            assert_eq!(open_once(&[0; 32], &[], &mut bytes).unwrap(), plain);
        }
    }

    #[test]
    fn changed_ciphertext_tag_key_or_aad_does_not_open() {
        for (_, sealed) in PUBLISHED {
            let sealed = hex::decode(sealed).unwrap();
            for bit in 0..sealed.len() * 8 {
                let mut changed = sealed.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                assert!(open_once(&[0; 32], &[], &mut changed).is_none(), "bit {bit}");
            }
            for len in 0..sealed.len() {
                assert!(open_once(&[0; 32], &[], &mut sealed[..len].to_vec()).is_none(), "cut at {len}");
            }
            let mut key = [0; 32];
            key[31] = 1;
            assert!(open_once(&key, &[], &mut sealed.clone()).is_none(), "another key");
            assert!(open_once(&[0; 32], &[0], &mut sealed.clone()).is_none(), "another aad");
        }
    }
}
