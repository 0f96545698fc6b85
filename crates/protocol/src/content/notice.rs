//! What a participant tells the study besides entries.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use minicbor::{Decode, Encode};

use super::VERSION;
use crate::EntryId;
use crate::cbor::{self, DecodeError};

const MAX_PHASE: usize = 200;
/// The version of the kinds that came later: to a desk that does not know them a newer Waymark wrote them, and they are not garbage.
const LATER: u8 = 2;
const WHAT: &str = "a notice";

/// What is told. [`super::Told`] says what a person's notices mean together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Time off: silence from this day on means nothing. Why stays the writer's.
    Paused {
        /// The first day.
        from: NaiveDate,
        /// The last day, when it is known.
        until: Option<NaiveDate>,
    },
    /// Time off is over from this day on.
    Resumed {
        /// The first day.
        from: NaiveDate,
    },
    /// The writer is in this phase since this day, whatever the plan counts.
    Phase {
        /// The phase's id in the study's document.
        phase: String,
        /// The first day.
        from: NaiveDate,
    },
    /// The writer has left. Nothing after it in this device's log is for the study.
    Left {
        /// Whether everything was to be erased as well.
        erased: bool,
    },
    /// The writer wants to talk about this entry in an interview, or does not any more. It says nothing of an entry that the study
    /// cannot read.
    Talk {
        /// The entry.
        entry: EntryId,
        /// Whether they want to.
        wanted: bool,
    },
}

/// A notice. `at` is RFC 3339 with offset, days are `YYYY-MM-DD`. A field that the kind does not have is null; nulls at the end are
/// left out.
///
/// ```text
/// CBOR [1, at, kind, from or null, until or null, phase or null, erased or null]     0 paused, 1 resumed, 2 phase, 3 left
/// CBOR [2, at, 4, null, null, null, null, entry, wanted]                             4 talk
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// When it was told, by the phone's clock.
    pub at: DateTime<FixedOffset>,
    /// What is told.
    pub what: What,
}

#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
enum Code {
    #[n(0)]
    Paused,
    #[n(1)]
    Resumed,
    #[n(2)]
    Phase,
    #[n(3)]
    Left,
    #[n(4)]
    Talk,
}

impl Code {
    /// The version that its notices have, and no other.
    fn version(self) -> u8 {
        match self {
            Self::Paused | Self::Resumed | Self::Phase | Self::Left => VERSION,
            Self::Talk => LATER,
        }
    }
}

#[derive(Encode, Decode)]
#[cbor(array)]
struct Wire {
    #[n(0)]
    version: u8,
    #[n(1)]
    at: String,
    #[n(2)]
    code: Code,
    #[n(3)]
    from: Option<String>,
    #[n(4)]
    until: Option<String>,
    #[n(5)]
    phase: Option<String>,
    #[n(6)]
    erased: Option<bool>,
    #[n(7)]
    entry: Option<EntryId>,
    #[n(8)]
    wanted: Option<bool>,
}

impl Notice {
    /// The plain body.
    pub fn to_bytes(&self) -> Vec<u8> {
        let day = |day: NaiveDate| Some(day.to_string());
        let of = |code: Code| Wire {
            version: code.version(),
            at: self.at.to_rfc3339_opts(SecondsFormat::Millis, false),
            code,
            from: None,
            until: None,
            phase: None,
            erased: None,
            entry: None,
            wanted: None,
        };
        cbor::encode(&match &self.what {
            What::Paused { from, until } => Wire { from: day(*from), until: until.and_then(day), ..of(Code::Paused) },
            What::Resumed { from } => Wire { from: day(*from), ..of(Code::Resumed) },
            What::Phase { phase, from } => Wire { from: day(*from), phase: Some(phase.clone()), ..of(Code::Phase) },
            What::Left { erased } => Wire { erased: Some(*erased), ..of(Code::Left) },
            What::Talk { entry, wanted } => Wire { entry: Some(*entry), wanted: Some(*wanted), ..of(Code::Talk) },
        })
    }

    /// Reads a notice's plain body: each kind has its own fields, and no others.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let wire: Wire = super::parse_up_to(LATER, bytes, WHAT)?;
        let malformed = || DecodeError::Malformed(WHAT);
        let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| malformed());
        let from = wire.from.as_deref().map(day).transpose()?;
        let until = wire.until.as_deref().map(day).transpose()?;
        if wire.phase.as_ref().is_some_and(|phase| phase.len() > MAX_PHASE) {
            return Err(DecodeError::TooLong(WHAT));
        }
        if wire.version != wire.code.version() {
            return Err(malformed());
        }
        let what = match (wire.code, from, until, wire.phase, wire.erased, wire.entry, wire.wanted) {
            (Code::Paused, Some(from), until, None, None, None, None) => What::Paused { from, until },
            (Code::Resumed, Some(from), None, None, None, None, None) => What::Resumed { from },
            (Code::Phase, Some(from), None, Some(phase), None, None, None) => What::Phase { phase, from },
            (Code::Left, None, None, None, Some(erased), None, None) => What::Left { erased },
            (Code::Talk, None, None, None, None, Some(entry), Some(wanted)) => What::Talk { entry, wanted },
            _ => return Err(malformed()),
        };
        let at = DateTime::parse_from_rfc3339(&wire.at).map_err(|_| malformed())?;
        Ok(Self { at, what })
    }
}
