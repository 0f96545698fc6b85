//! Backups: made while the server runs, proved by themselves, restored into either engine.
//!
//! ```text
//! NEW_DIR/manifest.json    when, by whom, how much of everything, the database's hash
//!         waymark.db       everything but parts, in the embedded engine's form, whatever engine the server uses
//!         parts/…          the parts that the database names, as in a data folder
//! ```
//!
//! | file | what |
//! |---|---|
//! | [`making`] | one consistent state of the database, then the parts that it names |
//! | [`verify`] | proves a backup: every link, hash and signature, and that nothing is missing |
//! | [`restoring`] | verifies, then fills an empty place, which gets a new epoch |
//! | [`manifest`] | what a backup says of itself |
//! | [`cli`] | the commands |
//!
//! A backup is written beside its name and renamed at the very end. What was erased before it was begun is not in it.

pub mod cli;
mod counts;
mod error;
mod files;
mod making;
mod manifest;
mod restoring;
mod verify;

pub use making::make;
pub use restoring::restore;
