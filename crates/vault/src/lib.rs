//! A sealed SQLite file: key slots, sealed objects, migrations.
//!
//! The diary on the phone and the desk on the researcher's laptop each keep what they hold in one such file. The vault
//! knows nothing of records or studies: it stores bytes under a table's name and an id, and gives them back to whoever
//! can open one of its key slots.
//!
//! ```text
//!  passphrase ── Argon2id ──────────────┐
//!  PIN ── Argon2id ─ ‖ keystore secret ─┼─ HKDF(salt of the slot) ── slot key ── AES-256-GCM wraps ──┐
//!  24 words (32 bytes) ─────────────────┘  each slot opens the vault alone                           ▼
//!                                                                                    vault key (256 bits, random)
//!                                                                                                     │
//!        HKDF(salt = 32 random bytes per sealing, info = "waymark/object/v1") ◀──────────────────────┘
//!                     │
//!                     ▼
//!        object key ── AES-256-GCM, nonce 0, aad = vault id ‖ LP(table) ‖ LP(object id) ‖ u64 version ── object
//! ```
//!
//! `‖` concatenates, `LP(x) = u32_be(len x) ‖ x`, integers are big-endian. The formulas stand beside the functions that
//! compute them: [`Secret`] for slots, [`Table`] and [`Tx::put`] for objects. No wrapping key and no object key is ever
//! used for two messages (each comes from a fresh salt), which is why the nonce can be zero.
//!
//! # What the file shows and what it does not promise
//!
//! - Table names, object ids, versions, sizes and the kinds and numbers of slots stand in clear. Ids are meant to be random or
//!   counters; nothing that a person wrote belongs into one.
//! - Bytes moved between objects, tables or files do not open: [`Error::Damaged`]. Whoever can write to the file can
//!   still remove objects, or put back an old copy of the whole file or of one object. That is for the layer above to
//!   notice (the diary's log is a hash chain).
//! - Damage to the file's structure is looked for at every [`Vault::open`], so that a lost page is an error and never a
//!   diary with fewer entries.
//! - Erased rows are overwritten (`secure_delete`), and [`Vault::truncate_wal`] empties the write-ahead log after an
//!   erasure. What flash memory keeps behind the file system's back is outside the promise.
//! - The vault key is wiped from memory on [`Vault::lock`] and on drop. `ring` does not wipe the expanded keys on
//!   its stack; swap is outside the promise.
//!
//! # Files
//!
//! Beside `NAME` stand `NAME-wal` while it is open, and `NAME.lock`, empty, which carries the operating system's lock: one
//! owner at a time, others get [`Error::InUse`]. A vault is made as `NAME.creating` and renamed when whole.
//!
//! ```
//! use waymark_vault::{ArgonParams, Error, Secret, SystemRng, Table, Vault};
//!
//! const ENTRIES: Table = Table::new("entries");
//! # fn main() -> Result<(), Error> {
//! # let folder = tempfile::tempdir().expect("a temporary folder can be made");
//! # let path = folder.path().join("vault");
//! let secret = Secret::Passphrase("correct horse battery staple");
//! let mut vault = Vault::create(&path, &secret, &ArgonParams::FLOOR, Box::new(SystemRng))?;
//! vault.write(|tx| {
//!     tx.put(ENTRIES, &1u64.to_be_bytes(), b"Dear diary")?;
//!     Ok::<_, Error>(())
//! })?;
//! vault.lock()?;
//!
//! let vault = Vault::open(&path, &secret, Box::new(SystemRng))?;
//! let entry = vault.get(ENTRIES, &1u64.to_be_bytes())?.expect("it was put");
//! assert_eq!(entry.as_slice(), b"Dear diary");
//! # Ok(())
//! # }
//! ```

mod entropy;
mod error;
mod file;
mod object;
mod passphrases;
#[cfg(feature = "simulation")]
pub mod simulation;
mod slot;
mod vault;

pub use entropy::SystemRng;
pub use error::Error;
pub use object::{MAX_ID, MAX_OBJECT, Reader, Table, Tx};
pub use passphrases::PassphraseSlot;
pub use slot::{ArgonParams, MOST_PASSPHRASES, Secret, SlotId, SlotKind};
pub use vault::{Inspection, Vault, VaultId};
