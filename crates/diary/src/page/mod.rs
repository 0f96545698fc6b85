//! The diary's page: its commands, what they say, and what carries them out.
//!
//! The commands are declared once, in `commands.rs`. From that list come the trait [`Commands`], the dispatcher
//! [`DiaryApp::call`], the Tauri shell's commands and permissions, and the TypeScript types.

mod app;
mod error;
mod list;
mod types;
mod typescript;
mod views;

pub use app::{Commands, DiaryApp, NAMES};
pub use error::{CommandError, ErrorCode};
pub use list::*;
pub use types::*;
pub use typescript::typescript;
pub use views::{entry as entry_view, sync as sync_view};
