//! The study server: it keeps what phones seal, hands it to the study's desks, and can read none of it.
//!
//! ```text
//! connection ─ listen ─ app ─ auth ─ calls ─┬─ ingest   policy: may these records follow that log? pure
//!                         │      │           └─ store    records: SQLite (one file) or PostgreSQL (several servers over one
//!                         └──────┴─ rates                database), both with group commit; parts of attachments are
//!                                                        objects beside them
//! ```
//!
//! `backup` copies either store while the server runs, proves the copy, and restores it into either.
//!
//! # What it promises
//!
//! - A receipt is sent after the disk has the records, never before. Pushes that wait together are committed together, with one
//!   fsync, and answered then.
//! - No server keeps a truth of its own: over PostgreSQL any of them answers any call.
//! - Records are kept and handed out byte for byte. Bodies and slots are never parsed for their meaning.
//! - What was erased is gone from the database, its free pages, its log and the folder of parts, and does not come back with a
//!   later push. PostgreSQL zeroes nothing: there the bytes leave the files with `waymark-server sweep`.
//! - Nobody is believed for a token alone: records need a device's signature, invitations, documents and orders the study's.
//! - Every error has a name ([`waymark_protocol::api::ApiErrorCode`]). Logs hold no bodies, tokens, ids or addresses.
//!
//! - Plain HTTP does not leave the machine unless somebody says that a proxy with TLS stands there.
//! - Somebody who is slow, calls too often or opens too much waits, or is cut; others go on. Addresses are known to memory alone.
//!
//! How to run it is in `docs/operate.md`.

#![forbid(unsafe_code)]

mod app;
mod auth;
mod backup;
mod bodies;
mod calls;
mod challenges;
pub mod cli;
mod clock;
pub mod config;
mod entropy;
mod in_process;
mod ingest;
mod listen;
mod logging;
mod metrics;
mod quotas;
mod rates;
mod refusal;
mod replies;
mod room;
pub mod serve;
mod shares;
mod store;
mod token_cli;

pub use auth::Role;
pub use clock::Clock;
pub use in_process::InProcess;
