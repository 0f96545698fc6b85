//! The study's encryption key pair: HPKE base mode (RFC 9180), DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem, X25519HkdfSha256};
use hpke::{Deserializable, OpModeR, OpModeS, Serializable};
use zeroize::Zeroizing;

use crate::hex::hex_type;

hex_type! {
    /// An X25519 public key to which phones seal.
    SealingKey, 32
}

/// An X25519 private key: opens what was shared. It never leaves the researchers' machines.
#[derive(Clone)]
pub struct OpeningKey {
    bytes: Zeroizing<[u8; 32]>,
    private: <X25519HkdfSha256 as Kem>::PrivateKey,
    public: SealingKey,
}

impl OpeningKey {
    /// `DeriveKeyPair(random 32 bytes)` (RFC 9180, section 7.1.3).
    pub fn generate(rng: &mut dyn rand_core::CryptoRng) -> Self {
        let mut ikm = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut ikm[..]);
        let (private, _) = X25519HkdfSha256::derive_keypair(&ikm[..]);
        let mut bytes = Zeroizing::new([0; 32]);
        private.write_exact(&mut bytes[..]);
        Self::from_bytes(&bytes)
    }

    /// From the 32 bytes that [`Self::dangerously_bytes`] gave.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        let private = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(bytes).expect("any 32 bytes are an X25519 key");
        let public = X25519HkdfSha256::sk_to_pk(&private);
        let public = SealingKey::from_slice(&public.to_bytes()).expect("an X25519 public key has 32 bytes");
        Self { bytes: Zeroizing::new(*bytes), private, public }
    }

    /// The public half.
    pub fn sealing_key(&self) -> SealingKey {
        self.public
    }

    /// The way out, for storing the key in a vault and nowhere else.
    pub fn dangerously_bytes(&self) -> &[u8; 32] {
        &self.bytes
    }
}

impl std::fmt::Debug for OpeningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpeningKey(public {})", self.public)
    }
}

/// `SealBase(pkR, info, aad, plain)`: enc (32 bytes) ‖ ciphertext ‖ tag. `None` for a public key of low order.
pub(crate) fn hpke_seal(
    to: &SealingKey,
    info: &[u8],
    aad: &[u8],
    plain: &[u8],
    mut rng: &mut dyn rand_core::CryptoRng,
) -> Option<Vec<u8>> {
    let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&to.0).ok()?;
    let (enc, ciphertext) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &public,
        info,
        plain,
        aad,
        &mut rng,
    )
    .ok()?;
    Some([enc.to_bytes().as_slice(), &ciphertext].concat())
}

/// `OpenBase(enc, skR, info, aad, ct)` of `enc ‖ ct`.
pub(crate) fn hpke_open(key: &OpeningKey, info: &[u8], aad: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (enc, ciphertext) = sealed.split_at_checked(32)?;
    let enc = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(enc).ok()?;
    hpke::single_shot_open::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &key.private,
        &enc,
        info,
        ciphertext,
        aad,
    )
    .ok()
    .map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;
    use crate::testing::CountingRng;

    /// The base-mode vector of RFC 9180's published test vectors for this suite (kem 32, kdf 1, aead 2), first encryption:
    /// <https://github.com/cfrg/draft-irtf-cfrg-hpke/blob/master/test-vectors.json>, as carried by AWS-LC.
    const SECRET: &str = "497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d";
    const PUBLIC: &str = "430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c";
    const ENC: &str = "6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256";
    const INFO: &[u8] = b"Ode on a Grecian Urn";
    const AAD: &[u8] = b"Count-0";
    const CIPHERTEXT: &str =
        "e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a";
    const PLAIN: &[u8] = b"Beauty is truth, truth beauty";

    fn key() -> OpeningKey {
        OpeningKey::from_bytes(&hex::decode(SECRET).unwrap().try_into().unwrap())
    }

    fn sealed() -> Vec<u8> {
        [hex::decode(ENC).unwrap(), hex::decode(CIPHERTEXT).unwrap()].concat()
    }

    #[test]
    fn opening_is_that_of_rfc_9180() {
        assert_eq!(key().sealing_key().to_string(), PUBLIC);
        assert_eq!(*hpke_open(&key(), INFO, AAD, &sealed()).unwrap(), PLAIN);
    }

    #[test]
    fn every_changed_bit_and_every_cut_is_refused() {
        for bit in 0..sealed().len() * 8 {
            let mut changed = sealed();
            changed[bit / 8] ^= 1 << (bit % 8);
            let opened = hpke_open(&key(), INFO, AAD, &changed);
            assert!(opened.is_none(), "bit {bit}");
        }
        for len in 0..sealed().len() {
            assert!(hpke_open(&key(), INFO, AAD, &sealed()[..len]).is_none(), "cut at {len}");
        }
        assert!(hpke_open(&key(), b"Ode on a Grecian Vase", AAD, &sealed()).is_none(), "another info");
        assert!(hpke_open(&key(), INFO, b"Count-1", &sealed()).is_none(), "another aad");
        let other = OpeningKey::generate(&mut CountingRng::new("another key"));
        assert!(hpke_open(&other, INFO, AAD, &sealed()).is_none(), "another key");
    }

    #[test]
    fn nobody_seals_to_a_key_of_low_order() {
        // The points of order 1, 2 and 8 (RFC 7748, section 6.1; <https://cr.yp.to/ecdh.html#validate>).
        for low in [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ] {
            let rng = &mut CountingRng::new("low order");
            assert!(hpke_seal(&low.parse().unwrap(), INFO, AAD, PLAIN, rng).is_none(), "{low}");
        }
    }
}
