//! People's tokens, for the command line: listed and revoked beside servers that may be running.

use waymark_protocol::StudyId;

/// A person's token; of the token itself nothing is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffToken {
    /// Its number, as in the audit.
    pub id: i64,
    /// Its role's name.
    pub role: String,
    /// The only study that it acts on; none for all.
    pub study: Option<StudyId>,
    /// When it was made: milliseconds since 1970, UTC.
    pub made_at: u64,
    /// When it was revoked: milliseconds since 1970, UTC.
    pub revoked_at: Option<u64>,
}

/// What the audit says of a token that was made.
pub fn made(role: &str) -> String {
    format!("token made: {role}")
}

/// What the audit says of a token that was revoked.
pub fn revoked(role: &str, id: i64) -> String {
    format!("token revoked: {role} {id}")
}
