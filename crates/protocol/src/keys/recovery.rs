//! The 24 words, and the two keys that are made from them.

use bip39::{Language, Mnemonic};
use zeroize::{Zeroize, Zeroizing};

use super::SigningKey;
use crate::{KeyId, kdf};

/// 256 random bits, written on paper as 24 BIP39 words (their entropy, not their seed).
#[derive(Clone)]
pub struct RecoverySecret(Zeroizing<[u8; 32]>);

/// Why words are no recovery secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// There are not 24 of them.
    #[error("there are {0} words, not 24")]
    Count(usize),
    /// One is not in the list; places count from 1.
    #[error("word {0} is not one of the list's words")]
    Unknown(usize),
    /// All are in the list, but they do not belong together.
    #[error("the words do not belong together: one is wrong or two are swapped")]
    Checksum,
}

impl RecoverySecret {
    /// A new random secret.
    pub fn generate(rng: &mut dyn rand_core::CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut bytes[..]);
        Self(bytes)
    }

    /// From 32 bytes out of a vault.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// From 24 English BIP39 words, in any case, separated by white space.
    pub fn from_words(text: &str) -> Result<Self, WordsError> {
        let words: Vec<Zeroizing<String>> =
            text.split_whitespace().take(25).map(|word| Zeroizing::new(word.to_lowercase())).collect();
        if words.len() != 24 {
            return Err(WordsError::Count(words.len()));
        }
        if let Some(place) = words.iter().position(|word| Language::English.find_word(word).is_none()) {
            return Err(WordsError::Unknown(place + 1));
        }
        let joined = Zeroizing::new(words.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" "));
        let mnemonic = Mnemonic::parse_in_normalized(Language::English, &joined).map_err(|_| WordsError::Checksum)?;
        let (mut entropy, len) = mnemonic.to_entropy_array();
        let secret = Self::from_slice(&entropy[..len]);
        entropy.zeroize();
        secret.ok_or(WordsError::Checksum)
    }

    /// The 24 words.
    pub fn words(&self) -> Vec<&'static str> {
        Mnemonic::from_entropy_in(Language::English, &self.0[..]).expect("32 bytes make 24 words").words().collect()
    }

    /// Opens the writer's own slots: `HKDF(secret, "waymark/backup/v1")`.
    pub fn backup_key(&self) -> BackupKey {
        BackupKey(kdf::derive(&self.0[..], &[b"waymark/backup/v1"]))
    }

    /// Certifies a new phone: Ed25519 with seed `HKDF(secret, "waymark/recovery/v1")`.
    pub fn recovery_key(&self) -> SigningKey {
        SigningKey::from_seed(&kdf::derive(&self.0[..], &[b"waymark/recovery/v1"]))
    }

    /// The way out, for a vault's key slot and nowhere else.
    pub fn dangerously_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for RecoverySecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoverySecret(redacted)")
    }
}

/// The key under which each record's content key is kept for its writer.
#[derive(Clone)]
pub struct BackupKey(pub(crate) Zeroizing<[u8; 32]>);

impl BackupKey {
    /// From 32 bytes out of a vault.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// Names this key in a slot: `HKDF(backup key, "waymark/backup-id/v1")[..8]`.
    pub fn id(&self) -> KeyId {
        KeyId::from_slice(&kdf::derive(&self.0[..], &[b"waymark/backup-id/v1"])[..8]).expect("8 bytes")
    }

    /// The way out, for a vault and nowhere else.
    pub fn dangerously_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for BackupKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BackupKey(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    /// From <https://github.com/trezor/python-mnemonic/blob/master/vectors.json>, to which BIP39 refers: those of 24 words.
    const PUBLISHED: [(&str, &str); 6] = [
        (
            "0000000000000000000000000000000000000000000000000000000000000000",
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art",
        ),
        (
            "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
            "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title",
        ),
        (
            "8080808080808080808080808080808080808080808080808080808080808080",
            "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless",
        ),
        (
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote",
        ),
        (
            "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c",
            "hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple dilemma loan word shrug inflict delay length",
        ),
        (
            "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f",
            "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen patrol group space point ten exist slush involve unfold",
        ),
    ];

    #[test]
    fn words_are_those_of_bip39() {
        for (entropy, words) in PUBLISHED {
            let secret = RecoverySecret::from_slice(&hex::decode(entropy).unwrap()).unwrap();
            assert_eq!(secret.words().join(" "), words);
            let read = RecoverySecret::from_words(words).unwrap();
            assert_eq!(hex::encode(read.dangerously_bytes()), entropy);
            let shouted = format!("  {}\n", words.to_uppercase().replace(' ', "\t \n"));
            assert_eq!(RecoverySecret::from_words(&shouted).unwrap().dangerously_bytes(), read.dangerously_bytes());
        }
    }

    #[test]
    fn wrong_swapped_missing_and_foreign_words_are_told_apart() {
        let words: Vec<&str> = PUBLISHED[4].1.split(' ').collect();
        let read = |words: &[&str]| RecoverySecret::from_words(&words.join(" ")).unwrap_err();
        let mut swapped = words.clone();
        swapped.swap(0, 1);
        assert_eq!(read(&swapped), WordsError::Checksum);
        let mut wrong = words.clone();
        wrong[23] = "abandon";
        assert_eq!(read(&wrong), WordsError::Checksum);
        let mut foreign = words.clone();
        foreign[6] = "tagebuch";
        assert_eq!(read(&foreign), WordsError::Unknown(7));
        assert_eq!(read(&words[..23]), WordsError::Count(23));
        assert_eq!(read(&[&words[..], &["zoo"]].concat()), WordsError::Count(25));
        assert_eq!(read(&[]), WordsError::Count(0));
    }

    #[test]
    fn keys_of_one_secret_differ_and_debug_tells_none() {
        let secret = RecoverySecret::from_slice(&[0xab; 32]).unwrap();
        assert_ne!(secret.backup_key().dangerously_bytes(), secret.recovery_key().dangerously_seed());
        assert_ne!(secret.backup_key().dangerously_bytes(), secret.dangerously_bytes());
        assert!(!format!("{secret:?}{:?}", secret.backup_key()).contains("ab, ab"));
        assert!(!format!("{secret:?}{:?}", secret.backup_key()).contains("abab"));
    }
}
