//! Ids of what is exported, made from what it is: `H("waymark/refi-guid/v1" ‖ study ‖ LP(kind) ‖ LP(part) …)`, its first 16 bytes as a UUID of
//! version 8 (RFC 9562).

use std::fmt;

use waymark_protocol::{Hash, Message, StudyId};

/// An id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Guid([u8; 16]);

impl Guid {
    /// The id of the `kind` of thing that `parts` name.
    pub fn of(study: &StudyId, kind: &str, parts: &[&[u8]]) -> Self {
        let message = Message::new("waymark/refi-guid/v1").bytes(&study.0).lp(kind.as_bytes());
        let message = parts.iter().fold(message, |message, part| message.lp(part));
        let mut id = [0; 16];
        id.copy_from_slice(&Hash::of(message.as_bytes()).0[..16]);
        id[6] = 0x80 | id[6] & 0x0f;
        id[8] = 0x80 | id[8] & 0x3f;
        Self(id)
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, byte) in self.0.iter().enumerate() {
            if matches!(place, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}
