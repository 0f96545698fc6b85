//! Recovery challenges: good for ten minutes and one answer.
//!
//! `challenge = expiry ‖ random[8] ‖ HMAC-SHA256[key]("waymark/challenge/v1" ‖ expiry ‖ random)[..16]`, the expiry in milliseconds
//! since 1970 as 8 bytes, big-endian; the key is the record store's.
//!
//! So a challenge that one process gave can be answered to another, and asking for challenges stores nothing. That one has been
//! answered is kept until it has long expired, in the transaction that lets the new phone in.

use ring::hmac;
use waymark_protocol::api::ChallengeBytes;

use crate::entropy;

const GOOD_FOR_MS: u64 = 600_000;
const LABEL: &[u8] = b"waymark/challenge/v1";

/// Gives challenges and knows its own.
pub struct Challenges(hmac::Key);

/// A challenge of ours that has not expired; whether it was answered before, the store knows.
#[derive(Debug, Clone, Copy)]
pub struct Answered {
    /// The challenge.
    pub challenge: ChallengeBytes,
    /// In milliseconds since 1970.
    pub expires_at: u64,
}

impl Challenges {
    /// With the store's key.
    pub fn new(key: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// A new challenge.
    pub fn give(&self, now: u64) -> ChallengeBytes {
        let mut challenge = [0; 32];
        challenge[..8].copy_from_slice(&now.saturating_add(GOOD_FOR_MS).to_be_bytes());
        challenge[8..16].copy_from_slice(&entropy::bytes::<8>());
        let tag = self.tag(&challenge);
        challenge[16..].copy_from_slice(&tag);
        ChallengeBytes(challenge)
    }

    /// The challenge, when it is one of ours and has not expired.
    pub fn check(&self, challenge: &ChallengeBytes, now: u64) -> Option<Answered> {
        use subtle::ConstantTimeEq;
        let (expiry, _) = challenge.0.split_first_chunk::<8>()?;
        let expires_at = u64::from_be_bytes(*expiry);
        let ours: bool = self.tag(&challenge.0).ct_eq(&challenge.0[16..]).into();
        (ours && now < expires_at).then_some(Answered { challenge: *challenge, expires_at })
    }

    fn tag(&self, challenge: &[u8; 32]) -> [u8; 16] {
        let tag = hmac::sign(&self.0, &[LABEL, &challenge[..16]].concat());
        let mut out = [0; 16];
        out.copy_from_slice(&tag.as_ref()[..16]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000_000;

    #[test]
    fn a_challenge_is_known_to_whoever_has_the_key() {
        let (one, other) = (Challenges::new(&[1; 32]), Challenges::new(&[1; 32]));
        let challenge = one.give(NOW);
        assert_eq!(other.check(&challenge, NOW).unwrap().expires_at, NOW + GOOD_FOR_MS);
        assert_ne!(one.give(NOW), challenge);
        assert!(Challenges::new(&[2; 32]).check(&challenge, NOW).is_none());
    }

    #[test]
    fn a_challenge_is_not_good_after_ten_minutes_nor_when_never_given() {
        let challenges = Challenges::new(&[1; 32]);
        let challenge = challenges.give(NOW);
        assert!(challenges.check(&challenge, NOW + GOOD_FOR_MS - 1).is_some());
        assert!(challenges.check(&challenge, NOW + GOOD_FOR_MS).is_none());
        assert!(challenges.check(&ChallengeBytes([7; 32]), NOW).is_none());
    }

    #[test]
    fn a_challenge_with_one_bit_changed_is_not_ours() {
        let challenges = Challenges::new(&[1; 32]);
        let challenge = challenges.give(NOW);
        for at in 0..32 {
            let mut changed = challenge;
            changed.0[at] ^= 1;
            assert!(challenges.check(&changed, NOW).is_none(), "byte {at}");
        }
    }
}
