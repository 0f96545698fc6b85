//! What a research team says for the study, from the page: somebody has left, a phone is stopped, the study has ended, the desk has
//! another token, and the words of a phone were compared.
//!
//! What cannot be taken back is confirmed by a name that has to be typed; the page shows first what it does. Where the desk keeps a
//! word before it is sent, a lost connection is no failure: the answer says that the server does not have it yet.

mod leaving;
mod met;
mod stopping;
mod token;
pub mod types;

use waymark_protocol::DeviceId;

use super::ErrorCode;

fn phone(id: &str) -> Result<DeviceId, ErrorCode> {
    id.parse().map_err(|_| ErrorCode::PhoneUnknown)
}

/// Whether the name was typed that the page has asked for.
fn confirmed(typed: &str, name: &str) -> Result<(), ErrorCode> {
    if typed.trim() == name.trim() { Ok(()) } else { Err(ErrorCode::NotConfirmed) }
}
