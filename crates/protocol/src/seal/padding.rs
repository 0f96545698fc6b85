//! Padding: how long a text is shows only roughly.
//!
//! ```text
//! pad(x) = LP(x) ‖ zeros, to a multiple of 1 KiB; above 16 KiB to the length that Padmé gives
//! ```
//!
//! Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PETS 2019,
//! algorithm 1) leaks O(log log L) bits and adds at most 12 %. Other padding is refused.

use zeroize::Zeroizing;

const STEP: usize = 1024;
const PADME_ABOVE: usize = 16 * 1024;
const PREFIX: usize = 4;

/// The padded length of `len` bytes with their prefix.
fn padded_len(len: usize) -> usize {
    stepped(PREFIX + len)
}

/// The length to which `unpadded` bytes are filled up: a multiple of 1 KiB; above 16 KiB what Padmé gives.
pub(crate) fn stepped(unpadded: usize) -> usize {
    if unpadded <= PADME_ABOVE {
        return unpadded.next_multiple_of(STEP);
    }
    let exponent = unpadded.ilog2();
    let mantissa_bits = exponent.ilog2() + 1;
    let mask = (1usize << (exponent - mantissa_bits)) - 1;
    (unpadded + mask) & !mask
}

/// Whether a sealed body can have this length.
pub fn is_sealed_len(sealed: u64) -> bool {
    let Ok(sealed) = usize::try_from(sealed) else {
        return false;
    };
    let Some(padded) = sealed.checked_sub(crate::aead::TAG_LEN) else {
        return false;
    };
    padded >= STEP && padded_len(padded - PREFIX) == padded
}

/// `pad(x)`, with room for a tag.
pub(crate) fn pad(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let len = padded_len(plain.len());
    let mut out = Zeroizing::new(Vec::with_capacity(len + crate::aead::TAG_LEN));
    out.extend_from_slice(&u32::try_from(plain.len()).expect("bodies are bounded to 256 KiB").to_be_bytes());
    out.extend_from_slice(plain);
    out.resize(len, 0);
    out
}

/// The `x` of `pad(x)`; `None` unless the padding is exactly that which [`pad`] gives.
pub(crate) fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let (prefix, rest) = padded.split_first_chunk::<PREFIX>()?;
    let len = u32::from_be_bytes(*prefix) as usize;
    let (plain, zeros) = rest.split_at_checked(len)?;
    (padded.len() == padded_len(len) && zeros.iter().all(|byte| *byte == 0)).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_step_by_a_kibibyte_and_then_by_padme() {
        for (len, padded) in [
            (0, 1024),
            (1020, 1024),
            (1021, 2048),
            // Padmé would give 4,352.
            (4096, 5120),
            (16 * 1024 - 4, 16 * 1024),
            (16 * 1024 - 3, 17 * 1024),
            (100_000, 100_352),
        ] {
            assert_eq!(padded_len(len), padded, "{len}");
        }
    }

    proptest! {
        #[test]
        fn padding_comes_off_again(plain in proptest::collection::vec(any::<u8>(), 0..40_000)) {
            let padded = pad(&plain);
            prop_assert_eq!(unpad(&padded), Some(&plain[..]));
            prop_assert!(is_sealed_len(padded.len() as u64 + 16));
        }

        #[test]
        fn padding_adds_at_most_an_eighth_above_16_kib(len in PADME_ABOVE..300_000) {
            prop_assert!(padded_len(len) <= (PREFIX + len) * 9 / 8);
        }
    }

    #[test]
    fn other_padding_is_refused() {
        let good = pad(b"text");
        let mut nonzero = good.to_vec();
        *nonzero.last_mut().unwrap() = 1;
        assert_eq!(unpad(&nonzero), None, "a byte of padding is not zero");
        let mut longer = good.to_vec();
        longer.resize(2048, 0);
        assert_eq!(unpad(&longer), None, "more padding than needed");
        let mut lying = good.to_vec();
        lying[3] = 255;
        lying[2] = 255;
        assert_eq!(unpad(&lying), None, "a length beyond the end");
        assert_eq!(unpad(&good[..3]), None, "shorter than its prefix");
    }
}
