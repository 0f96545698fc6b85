//! Ed25519 (RFC 8032).

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use zeroize::Zeroizing;

use crate::Message;
use crate::hex::hex_type;

hex_type! {
    /// An Ed25519 public key.
    VerifyingKey, 32
}
hex_type! {
    /// An Ed25519 signature.
    Signature, 64
}

/// The signature does not belong to this message and key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not belong to this message and key")]
pub struct BadSignature;

/// An Ed25519 private key. The seed is zeroized on drop; `ring` keeps its expanded form only while signing.
#[derive(Clone)]
pub struct SigningKey {
    seed: Zeroizing<[u8; 32]>,
    public: VerifyingKey,
}

impl SigningKey {
    /// From its 32-byte seed (RFC 8032, section 5.1.5).
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let seed = Zeroizing::new(*seed);
        let public = VerifyingKey::from_slice(key_pair(&seed).public_key().as_ref())
            .expect("an Ed25519 public key has 32 bytes");
        Self { seed, public }
    }

    /// A new random key.
    pub fn generate(rng: &mut dyn rand_core::CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut seed[..]);
        Self::from_seed(&seed)
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        self.public
    }

    /// Signs a labelled message.
    pub fn sign(&self, message: &Message) -> Signature {
        Signature::from_slice(key_pair(&self.seed).sign(message.as_bytes()).as_ref())
            .expect("an Ed25519 signature has 64 bytes")
    }

    /// The way out, for storing the key in a vault and nowhere else.
    pub fn dangerously_seed(&self) -> &[u8; 32] {
        &self.seed
    }
}

impl VerifyingKey {
    /// Whether `signature` is this key's over `message`.
    pub fn verify(&self, message: &Message, signature: &Signature) -> Result<(), BadSignature> {
        UnparsedPublicKey::new(&ED25519, self.0).verify(message.as_bytes(), &signature.0).map_err(|_| BadSignature)
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey(public {})", self.public)
    }
}

fn key_pair(seed: &[u8; 32]) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(seed).expect("any 32 bytes are an Ed25519 seed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    /// RFC 8032, section 7.1: tests 1 to 3 and SHA(abc); seed, message, signature.
    const PUBLISHED: [(&str, &str, &str); 4] = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
        (
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
        ),
    ];
    /// The public keys of the first three.
    const PUBLIC: [&str; 3] = [
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    ];

    fn published() -> impl Iterator<Item = (SigningKey, Message, Signature)> {
        PUBLISHED.iter().map(|(seed, message, signature)| {
            let seed = hex::decode(seed).unwrap().try_into().unwrap();
            let message = Message::unlabelled(hex::decode(message).unwrap());
            (SigningKey::from_seed(&seed), message, signature.parse().unwrap())
        })
    }

    #[test]
    fn signatures_are_those_of_rfc_8032() {
        for (key, message, signature) in published() {
            assert_eq!(key.sign(&message), signature);
            assert_eq!(key.verifying_key().verify(&message, &signature), Ok(()));
        }
        for ((key, _, _), public) in published().zip(PUBLIC) {
            assert_eq!(key.verifying_key().to_string(), public);
        }
    }

    #[test]
    fn changed_signature_key_or_message_is_refused() {
        for (key, message, signature) in published() {
            let public = key.verifying_key();
            for bit in 0..512 {
                let mut changed = signature;
                changed.0[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(public.verify(&message, &changed), Err(BadSignature), "bit {bit} of the signature");
            }
            for bit in 0..256 {
                let mut changed = public;
                changed.0[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(changed.verify(&message, &signature), Err(BadSignature), "bit {bit} of the key");
            }
            let longer = Message::unlabelled([message.as_bytes(), &[0]].concat());
            assert_eq!(public.verify(&longer, &signature), Err(BadSignature));
        }
    }

    #[test]
    fn a_second_form_of_a_signature_is_refused() {
        // S + L, where L is the order of the base point: RFC 8032, section 5.1.7 asks for S < L.
        let order = hex::decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap();
        for (key, message, mut signature) in published() {
            let mut carry = 0;
            for (byte, add) in signature.0[32..].iter_mut().zip(&order) {
                let sum = u16::from(*byte) + u16::from(*add) + carry;
                *byte = sum.to_le_bytes()[0];
                carry = sum >> 8;
            }
            assert_eq!(key.verifying_key().verify(&message, &signature), Err(BadSignature));
        }
    }
}
