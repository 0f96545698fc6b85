//! Which copies somebody has read before they go out.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use waymark_protocol::{EntryId, Hash, RevisionId};
use waymark_vault::{Reader, Table, Tx, Vault};

use super::copy::copy;
use super::pseudonyms::Pseudonyms;
use super::said::Said;
use crate::collection::CollectionError;
use crate::export::Row;
use crate::transcripts::{Interview, TranscriptId};

const REVIEWS: Table = Table::new("reviews");

/// Names a copy by everything in it that somebody wrote: `SHA-256(JSON of whose it is, entry, revision, tags, answers and text)`. The
/// revision's id is random and sealed with the entry, so where both are destroyed, this says nothing of what was written.
pub fn fingerprint(copy: &Row) -> Hash {
    #[derive(Serialize)]
    struct Read<'r> {
        participant: &'r str,
        entry: &'r EntryId,
        revision: &'r RevisionId,
        tags: &'r [String],
        answers: Vec<(&'r str, &'r str)>,
        text: &'r str,
    }
    let Row { participant, entry, revision, tags, text, .. } = copy;
    let answers = copy.answers.iter().map(|answer| (answer.question.as_str(), answer.value.as_str())).collect();
    let read = Read { participant, entry, revision, tags, answers, text };
    Hash::of(&serde_json::to_vec(&read).expect("a struct of strings and lists is always JSON"))
}

/// The same of an interview's copy: `SHA-256(JSON of whose it is, transcript, time point, day, title and text)`. The transcript's id is known
/// from exports, so what says that it was read goes with the transcript.
pub fn fingerprint_interview(copy: &Interview) -> Hash {
    #[derive(Serialize)]
    struct Read<'r> {
        participant: &'r str,
        transcript: TranscriptId,
        time_point: &'r str,
        day: String,
        title: &'r str,
        text: &'r str,
    }
    let Interview { participant, transcript } = copy;
    let about = &transcript.about;
    let read = Read {
        participant,
        transcript: transcript.id,
        time_point: &about.time_point,
        day: about.day.to_string(),
        title: &about.title,
        text: &transcript.text,
    };
    Hash::of(&serde_json::to_vec(&read).expect("a struct of strings is always JSON"))
}

/// Somebody has read a copy, and found that it can go out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Who.
    pub by: Said,
    /// When: milliseconds since 1970, UTC.
    pub at: u64,
    /// The interview, where it is a copy of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interview: Option<TranscriptId>,
}

/// All that were read.
#[derive(Debug, Default)]
pub struct Reviews(HashMap<Hash, Review>);

impl Reviews {
    /// Those that the desk keeps.
    pub fn load(reader: Reader<'_>) -> Result<Self, CollectionError> {
        let mut all = HashMap::new();
        reader.scan(REVIEWS, |id, bytes| {
            let row = || CollectionError::Row("reviews");
            let copy = Hash::from_slice(id).ok_or_else(row)?;
            all.insert(copy, serde_json::from_slice(bytes).map_err(|_| row())?);
            Ok::<_, CollectionError>(())
        })?;
        Ok(Self(all))
    }

    /// The last one.
    pub fn last(&self) -> Option<&Review> {
        self.0.values().max_by_key(|review| review.at)
    }

    /// Who has read this copy.
    pub fn of(&self, copy: &Hash) -> Option<&Review> {
        self.0.get(copy)
    }

    /// Keeps that these copies were read.
    ///
    /// # Errors
    ///
    /// The desk's file.
    pub fn add(&mut self, vault: &mut Vault, read: Vec<(Hash, Review)>) -> Result<(), CollectionError> {
        vault.write(|tx: &mut Tx<'_>| {
            read.iter().try_for_each(|(copy, review)| {
                let json = serde_json::to_vec(review).map_err(|_| CollectionError::Row("reviews"))?;
                Ok::<_, CollectionError>(tx.put(REVIEWS, &copy.0, &json)?)
            })
        })?;
        self.0.extend(read);
        Ok(())
    }

    /// The copies of these interviews that somebody has read.
    pub(crate) fn of_interviews(&self, interviews: &[TranscriptId]) -> Vec<Hash> {
        let of = |review: &Review| review.interview.is_some_and(|id| interviews.contains(&id));
        self.0.iter().filter(|(_, review)| of(review)).map(|(copy, _)| *copy).collect()
    }

    /// Forgets that these copies were read.
    pub(crate) fn forget(tx: &mut Tx<'_>, copies: &[Hash]) -> Result<(), waymark_vault::Error> {
        copies.iter().try_for_each(|copy| tx.delete(REVIEWS, &copy.0).map(drop))
    }

    /// Takes back that this copy was read.
    ///
    /// # Errors
    ///
    /// The desk's file.
    pub fn remove(&mut self, vault: &mut Vault, copy: &Hash) -> Result<(), CollectionError> {
        vault.write(|tx: &mut Tx<'_>| tx.delete(REVIEWS, &copy.0))?;
        self.0.remove(copy);
        Ok(())
    }
}

/// How many of these entries have a copy that nobody has read.
pub fn unread<'r>(rows: impl IntoIterator<Item = &'r Row>, pseudonyms: &Pseudonyms, reviews: &Reviews) -> usize {
    rows.into_iter().filter(|row| reviews.of(&fingerprint(&copy(pseudonyms, row))).is_none()).count()
}
