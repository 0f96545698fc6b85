//! Erasing: body and slots of a record, and the slots of every grant of it, become NULL; its parts are
//! deleted unless another record that stands lists them.
//!
//! An erasure is final and wins in any order: what is erased before it arrives is kept as a tombstone from the start. It hits
//! entries, notices and the writer's own records alone ([`Kind::is_erasable`]); aimed at anything else it changes nothing.

use waymark_protocol::record::{Header, Kind, Target};
use waymark_protocol::{Hash, ParticipantId};

/// The record that an erasure names, when it is there.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Its kind's number.
    pub kind: u64,
    /// Whose it is.
    pub owner: ParticipantId,
}

/// Whether an erasure by this participant, or by the study's order when there is none, may hit what is there, or what may come.
pub fn hits(standing: Option<Standing>, by: Option<&ParticipantId>) -> bool {
    standing.is_none_or(|Standing { kind, owner }| is_erasable(kind) && by.is_none_or(|by| *by == owner))
}

/// What an erasure must name for this record to be erased with it: the record itself, or what it grants. None for a record
/// that is never erased.
pub fn falls_with(header: &Header, link: &Hash) -> Option<Target> {
    match header.kind {
        Kind::Grant => header.target,
        kind if kind.is_erasable() => Some(Target { device: header.device, seq: header.seq, link: *link }),
        _ => None,
    }
}

/// The kinds of records that an erasure hits ([`Kind::is_erasable`]).
const ERASABLE: [Kind; 3] = [Kind::Entry, Kind::Notice, Kind::Own];

/// Their numbers, as a statement lists them.
pub fn erasable_kinds() -> String {
    ERASABLE.map(|kind| kind.number().to_string()).join(", ")
}

fn is_erasable(kind: u64) -> bool {
    ERASABLE.iter().any(|erasable| u64::from(erasable.number()) == kind)
}
