//! The diary's page: its commands, what they say, and what carries them out.
//!
//! The commands are declared once, in `commands.rs`. From that list come the trait [`Commands`], the dispatcher
//! behind [`DiaryApp::call`], the Tauri shell's commands and permissions, and the TypeScript types.

mod app;
mod appearance;
mod auto_lock;
mod beside;
mod clock;
mod cues;
mod diaries;
mod error;
mod keeping;
mod list;
mod media;
mod pauses;
mod phase;
mod phones;
mod reminding;
mod speaking;
mod support;
mod types;
mod typescript;
pub(crate) mod views;
mod voice;

pub use app::{Commands, DiaryApp, NAMES};
pub use appearance::{Appearance, Language, NoLanguage, PhoneLanguage, TextSize, Theme};
pub use auto_lock::{LOCK_AFTER_MINUTES, SetLockAfter};
pub use clock::Clock;
pub use cues::{AllowWord, CueKind, CuesOf, DraftCue, FineWords};
pub use diaries::{Diaries, DiariesView, DiaryPlace, LockWhenLeft};
pub use error::{CommandError, ErrorCode};
pub use keeping::*;
pub use list::*;
pub use pauses::{PauseView, Pauses, TakeTimeOff};
pub use phase::{CorrectPhase, PhaseChoice, PhaseView};
pub use phones::*;
pub use reminding::{ReminderShown, ReminderText, ReminderView, RemindersView, Reminding, SetReminders};
pub use speaking::{ReadAloud, Reading, Speaking, Speech};
pub use support::{SetContacts, Support};
pub use types::*;
pub use typescript::typescript;
pub use views::{entry as entry_view, sync as sync_view};
pub use voice::*;
pub use waymark_page::Media;
