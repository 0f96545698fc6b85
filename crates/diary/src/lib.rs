//! The diary itself: what a peer worker writes, and what a study may read of it.
//!
//! The shells (the phone app, the pilot, the page in a browser test) are thin; all that a diary does is here. This crate
//! knows the protocol and the vault, and neither the server nor the desk.
//!
//! # From a keystroke to the study
//!
//! ```text
//! keystroke ─ drafts ──────────────► vault: draft, sealed and fsynced within a second
//! "Done"    ─ entries: revision ───► protocol::seal ─► one transaction: revision + record in the log
//! the hold ends, and the server's head lies in our log ─ sharing ─► grant in the log
//! connection ─ sync: the machine decides, the driver carries it out ─► push ─► receipt: only now "with the study"
//!                    then, part by part, the voice notes
//! what the person's other phones wrote ◄─ reading ◄─ sync, before anything is granted
//! ```
//!
//! - [`Diary`]: an open diary. [`create`], [`unlock`] and [`restore`] give one.
//! - [`net`]: the calls of the server, over any [`net::Transport`].
//! - [`sync`]: the state machine and what drives it.
//! - [`voice`]: voice notes, from the microphone to the entry and back to the ear.
//! - [`page`]: the commands of the diary's page.
//!
//! Time comes in as [`Now`]; randomness is the operating system's, through the vault.

mod answers;
mod backup;
mod consent;
mod contacts;
mod cues;
mod deleting;
mod diary;
mod drafts;
mod entries;
mod error;
mod export;
mod join;
mod leaving;
mod lock;
mod log;
mod marks;
pub mod net;
mod now;
mod outbox;
pub mod page;
mod pauses;
mod phase;
mod phones;
mod reading;
pub mod reminders;
mod restore;
mod search;
mod settings;
mod sharing;
mod store;
pub mod sync;
mod talk;
#[cfg(test)]
mod testing;
mod timeline;
pub mod voice;

pub use backup::{Opener, restore_backup};
pub use contacts::OwnContact;
pub use diary::{Diary, DiaryHandle};
pub use entries::{Finished, Place, Readers};
pub use error::Error;
pub use export::{Export, ExportFormat, ExportRevisions};
pub use join::{Preview, join, preview};
pub use lock::{LockSecret, Resealed, check_words, create, exists, lock_kinds, reset, unlock};
pub use marks::Marks;
pub use now::Now;
pub use pauses::{Pause, PauseDays};
pub use phones::{Phone, stop_phone};
pub use restore::{Restored, reconnect, restore};
pub use search::Piece;
pub use timeline::{Filter, Mark, Month};
pub use waymark_protocol as protocol;

/// Installs the cryptography under TLS. Every program calls this first.
pub fn install_crypto() {
    // An error means that it is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
