//! One revision of one diary entry.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use minicbor::{Decode, Encode};

use super::VERSION;
use crate::attachment::{self, Attachment};
use crate::cbor::{self, DecodeError};
use crate::record::{Header, MAX_PARTS};
use crate::{EntryId, Hash, RevisionId};

const MAX_ANSWERS: usize = 500;
const MAX_TAGS: usize = 100;
const MAX_TAG: usize = 200;
const MAX_PARENTS: usize = 64;

/// How heavy the day was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Weight {
    /// Light.
    #[n(0)]
    Light,
    /// Okay.
    #[n(1)]
    Okay,
    /// Heavy.
    #[n(2)]
    Heavy,
    /// Rather not say.
    #[n(3)]
    NotSaid,
}

/// An answer to a prompt; skipped prompts have none.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Answer {
    /// The prompt's id.
    #[n(0)]
    pub prompt: String,
    /// The question as it stood.
    #[n(1)]
    pub question: String,
    /// Words, the id of a choice, or the id of the attachment in which it was spoken.
    #[n(2)]
    pub value: String,
}

/// One revision of one diary entry: byte for byte what was written.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// The entry.
    pub entry: EntryId,
    /// This revision.
    pub revision: RevisionId,
    /// The revisions that this one was made from; none for the first.
    pub parents: Vec<RevisionId>,
    /// Which day it is about.
    pub about: NaiveDate,
    /// When it was finished, by the phone's clock.
    pub written_at: DateTime<FixedOffset>,
    /// The phase of the study as the phone knew it.
    pub phase: Option<String>,
    /// The prompt set that was answered.
    pub prompt_set: String,
    /// In the order in which they were shown.
    pub answers: Vec<Answer>,
    /// Free text.
    pub text: String,
    /// How heavy the day was.
    pub weight: Option<Weight>,
    /// Tags.
    pub tags: Vec<String>,
    /// The version of the study document that was answered; 0 without a study.
    pub document_version: u32,
    /// Voice notes, in the order in which they were recorded.
    pub attachments: Vec<Attachment>,
}

/// An entry's attachments are not made of the parts that its record's header lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the record's header lists other parts than the entry's attachments have")]
pub struct OtherParts;

#[derive(Encode, Decode)]
#[cbor(array)]
struct Wire {
    #[n(0)]
    version: u8,
    #[n(1)]
    entry: EntryId,
    #[n(2)]
    revision: RevisionId,
    #[n(3)]
    parents: Vec<RevisionId>,
    #[n(4)]
    about: String,
    #[n(5)]
    written_at: String,
    #[n(6)]
    phase: Option<String>,
    #[n(7)]
    prompt_set: String,
    #[n(8)]
    answers: Vec<Answer>,
    #[n(9)]
    text: String,
    #[n(10)]
    weight: Option<Weight>,
    #[n(11)]
    tags: Vec<String>,
    #[n(12)]
    document_version: u32,
    #[n(13)]
    attachments: Vec<attachment::Wire>,
}

impl Entry {
    /// `CBOR [1, entry, revision, [parent…], about, written at, phase, prompt set, [[prompt, question, value]…], text, weight,
    /// [tag…], document version, [attachment…]]`, dates as `YYYY-MM-DD`, times as RFC 3339 with their offset, attachments as
    /// [`crate::attachment`] says.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(&Wire {
            version: VERSION,
            entry: self.entry,
            revision: self.revision,
            parents: self.parents.clone(),
            about: self.about.to_string(),
            written_at: self.written_at.to_rfc3339_opts(SecondsFormat::Millis, false),
            phase: self.phase.clone(),
            prompt_set: self.prompt_set.clone(),
            answers: self.answers.clone(),
            text: self.text.clone(),
            weight: self.weight,
            tags: self.tags.clone(),
            document_version: self.document_version,
            attachments: self.attachments.iter().map(attachment::Wire::from).collect(),
        })
    }

    /// Reads an entry's plain body.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        const WHAT: &str = "an entry";
        let mut wire: Wire = super::parse(bytes, WHAT)?;
        if wire.answers.len() > MAX_ANSWERS || wire.tags.len() > MAX_TAGS || wire.parents.len() > MAX_PARENTS {
            return Err(DecodeError::TooLong(WHAT));
        }
        if wire.tags.iter().any(|tag| tag.len() > MAX_TAG) {
            return Err(DecodeError::TooLong(WHAT));
        }
        // A diary holds all its entries in memory: no more room than is used.
        wire.tags.shrink_to_fit();
        wire.answers.shrink_to_fit();
        let attachments: Option<Vec<_>> = wire.attachments.into_iter().map(attachment::Wire::read).collect();
        let attachments = attachments.ok_or(DecodeError::Malformed(WHAT))?;
        // Two under one name could be taken for each other.
        let ids: BTreeSet<_> = attachments.iter().map(Attachment::id).collect();
        if ids.len() != attachments.len() {
            return Err(DecodeError::Malformed(WHAT));
        }
        if attachments.iter().map(|attachment| attachment.parts().len()).sum::<usize>() > MAX_PARTS {
            return Err(DecodeError::TooLong(WHAT));
        }
        let about = wire.about.parse().map_err(|_| DecodeError::Malformed(WHAT))?;
        let written_at = DateTime::parse_from_rfc3339(&wire.written_at).map_err(|_| DecodeError::Malformed(WHAT))?;
        Ok(Self {
            entry: wire.entry,
            revision: wire.revision,
            parents: wire.parents,
            about,
            written_at,
            phase: wire.phase,
            prompt_set: wire.prompt_set,
            answers: wire.answers,
            text: wire.text,
            weight: wire.weight,
            tags: wire.tags,
            document_version: wire.document_version,
            attachments,
        })
    }

    /// The parts of all attachments, in order: what the header of the entry's record lists.
    pub fn parts(&self) -> Vec<Hash> {
        self.attachments.iter().flat_map(Attachment::parts).copied().collect()
    }

    /// Whether the record in which this entry came lists exactly the parts that the entry's attachments are made of.
    ///
    /// The server goes by the header when it keeps and deletes parts, readers by the entry: the two must not differ.
    pub fn check_parts(&self, header: &Header) -> Result<(), OtherParts> {
        if self.parts() == header.parts { Ok(()) } else { Err(OtherParts) }
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({}, revision {})", self.entry, self.revision)
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer({})", self.prompt)
    }
}
