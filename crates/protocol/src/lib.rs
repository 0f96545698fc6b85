//! The language of Waymark's three programs: the diary on a phone, the study server, and the researchers' desk.
//!
//! This crate is pure: no files, no sockets, no clock, no global randomness. Time and randomness come in as arguments.
//!
//! # Notation
//!
//! `‖` concatenates; `H` is SHA-256; `LP(x)` = `u32_be(len x) ‖ x`; integers in signed messages are `u64_be`; labels are
//! ASCII; `HKDF(ikm, label)` is HKDF-SHA256 (RFC 5869) with an empty salt and info = label. CBOR (RFC 8949) values are
//! arrays with fixed positions in their shortest form; other forms are refused. Hashes and signatures are over bytes as
//! sent.
//!
//! # Keys
//!
//! ```text
//! 24 words ─ RecoverySecret ─┬─ HKDF "waymark/backup/v1"   → BackupKey     opens the writer's own slots
//!                            └─ HKDF "waymark/recovery/v1" → SigningKey    certifies a new phone
//! invitation secret ─────────── HKDF "waymark/enrol/v1"    → SigningKey    proves that a phone held the invitation
//! random, one per device ────────────────────────────────── SigningKey    checkpoints
//! random, at the desk ───────┬───────────────────────────── SigningKey    documents, invitations, orders
//!                            └───────────────────────────── OpeningKey    opens what was shared (X25519)
//! random, one per record ─ ContentKey ─┬─ HKDF "waymark/commit/v1" → commitment, in the header
//!                                      └─ HKDF "waymark/body/v1"   → AES-256-GCM key of the body
//! random, one per attachment ─ AttachmentKey ─ HKDF "waymark/attachment/v1" → AES-256-GCM key of its chunks
//! ```
//!
//! # Where what is
//!
//! - [`record`]: header, slots, link, tombstone, and how records travel ([`record::wire`])
//! - [`seal`]: padding, sealing and opening bodies, study slots (HPKE) and backup slots
//! - [`content`]: what sealed bodies say: entries, consent, erasures, notices, what stays the writer's
//! - [`attachment`]: voice notes: chunks, parts, and how they belong to their entry
//! - [`genesis`], [`checkpoint`], [`order`], [`sighting`]: what is signed
//! - [`proof`]: whether a device's log is complete, and if not, why not
//! - [`invitation`], [`document`], [`study`]: joining a study
//! - [`api`]: the JSON side of the server's calls
//! - [`custody`]: the study's keys in the hands of several custodians
//! - [`met`]: six words that two people can compare

mod aead;
pub mod api;
pub mod attachment;
mod cbor;
pub mod checkpoint;
pub mod content;
pub mod custody;
pub mod document;
pub mod genesis;
mod hash;
pub mod hex;
mod id;
pub mod invitation;
pub mod kdf;
pub mod keys;
mod message;
pub mod met;
pub mod order;
pub mod proof;
pub mod record;
pub mod seal;
pub mod sighting;
pub mod study;
#[cfg(test)]
mod testing;
mod typed;

pub use cbor::DecodeError;
pub use hash::Hash;
pub use id::{AttachmentId, CodeId, DeviceId, EntryId, KeyId, ParticipantId, RevisionId, StudyId};
pub use message::Message;
