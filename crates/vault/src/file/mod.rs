//! The file itself: who owns it, how it comes to be, how it is opened, how older ones are brought up to date.

mod connect;
mod copy;
mod create;
mod header;
mod migrations;
mod owner;

pub(crate) use connect::{connect, integrity, truncate_wal};
pub(crate) use copy::copy;
pub(crate) use create::create;
pub(crate) use header::{Header, peek};
pub(crate) use migrations::MIGRATIONS;
pub(crate) use owner::Owner;

/// `NAME` with something behind it, in the same folder.
fn beside(path: &std::path::Path, suffix: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
