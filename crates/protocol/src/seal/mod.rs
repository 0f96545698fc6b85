//! Sealing (suite 1).
//!
//! ```text
//! CEK        = 32 random bytes, used once
//! commitment = HKDF(CEK, "waymark/commit/v1")                                    in the header
//! body       = AES-256-GCM[HKDF(CEK, "waymark/body/v1"), nonce 0](pad(CBOR), aad = header)
//! study slot = HPKE base mode (RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM)
//!              of CEK, info = "waymark/slot/study/v1" ‖ study, aad = header;  enc ‖ ct
//! backup slot = AES-256-GCM[HKDF(backup key, "waymark/slot/backup/v1" ‖ header), nonce 0](CEK, aad = header)
//! ```
//!
//! A record that was never shared has no study slot and no grant: nobody but its writer can open it.

mod body;
mod open;
pub mod padding;
mod slot;

pub use body::{MAX_PLAIN_LEN, Place, SealError, Sealer, seal_genesis, seal_grant};
pub use open::{OpenError, open_body, open_grant, open_with_backup, open_with_study};
