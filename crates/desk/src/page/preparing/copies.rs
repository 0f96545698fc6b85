//! Copies as the page shows them.

use waymark_protocol::Hash;

use super::super::reading::slice;
use super::names::sources;
use super::types::*;
use super::{Copied, Shown, short};
use crate::export::Row;
use crate::prepare::{Marked, Piece, Pseudonyms, Review, find, marked, pieces, replaced};
use crate::transcripts::{Transcript, TranscriptId};
use crate::verify::rfc3339;

pub(super) fn page(shown: &Shown, wanted: &FindCopies) -> CopyPage {
    let prepared = &shown.prepared;
    let all = prepared.copies(&shown.reading);
    let review = |copy: &Hash| prepared.reviews.of(copy);
    let is_wanted = |participant: &str, copy: &Hash| {
        wanted.participant.as_ref().is_none_or(|wanted| participant == wanted)
            && !(wanted.unread && review(copy).is_some())
    };
    let found = shown.reading.newest().zip(&all.entries).filter(|(row, copy)| is_wanted(&row.participant, copy));
    let found: Vec<(&Row, &Hash)> = found.collect();
    let copies = slice(&found, wanted.offset, wanted.limit).iter();
    let copies = copies.map(|(row, copy)| view(&prepared.pseudonyms, row, copy, review(copy))).collect();
    let interviews = shown.reading.interviews().zip(&all.interviews);
    let interviews = interviews.filter(|((participant, _), (_, copy))| is_wanted(participant, copy));
    let interviews = interviews.map(|((participant, transcript), (_, copy))| {
        line(&prepared.pseudonyms, participant, transcript, review(copy))
    });
    let mut interviews: Vec<InterviewLine> = interviews.collect();
    interviews.sort_by(|a, b| (&a.participant, &a.day).cmp(&(&b.participant, &b.day)));
    CopyPage { total: short(found.len()), count: prepared.count(&all), copies, interviews }
}

fn line(pseudonyms: &Pseudonyms, participant: &str, transcript: &Transcript, review: Option<&Review>) -> InterviewLine {
    let about = &transcript.about;
    InterviewLine {
        transcript: transcript.id.to_string(),
        participant: participant.to_owned(),
        day: about.day.to_string(),
        time_point: replaced(pseudonyms, &about.time_point),
        title: replaced(pseudonyms, &about.title),
        words: short(transcript.words()),
        read_by: review.map(|review| review.by.as_str().to_owned()),
        read_at: review.and_then(|review| rfc3339(review.at)),
    }
}

/// All of an interview's copy; none where there is no such interview.
pub(super) fn interview(shown: &Shown, id: TranscriptId) -> Option<InterviewCopy> {
    let Shown { reading, prepared } = shown;
    let pseudonyms = &prepared.pseudonyms;
    let (participant, transcript) = reading.interviews().find(|(_, transcript)| transcript.id == id)?;
    let copy = Copied::interview(pseudonyms, participant, transcript);
    let found = find(sources(reading), pseudonyms);
    let pieces = |text: &str| marked(pseudonyms, &found, text).into_iter().map(MarkedPiece::from).collect();
    Some(InterviewCopy {
        copy: copy.to_string(),
        line: line(pseudonyms, participant, transcript, prepared.reviews.of(&copy)),
        title: pieces(&transcript.about.title),
        text: pieces(&transcript.text),
    })
}

impl From<Marked> for MarkedPiece {
    fn from(Marked { text, was, may_be }: Marked) -> Self {
        Self { text, was, may_be }
    }
}

fn view(pseudonyms: &Pseudonyms, row: &Row, copy: &Hash, review: Option<&Review>) -> CopyView {
    let pieces = |text: &str| pieces(pseudonyms, text).into_iter().map(PieceView::from).collect::<Vec<_>>();
    let answers = row
        .answers
        .iter()
        .map(|answer| CopiedAnswer { question: answer.question.clone(), value: pieces(&answer.value) });
    CopyView {
        copy: copy.to_string(),
        participant: row.participant.clone(),
        entry: row.entry.to_string(),
        about: row.about.to_string(),
        tags: row.tags.iter().map(|tag| pieces(tag)).collect(),
        answers: answers.collect(),
        text: pieces(&row.text),
        voice: short(row.voice.len()),
        read_by: review.map(|review| review.by.as_str().to_owned()),
        read_at: review.and_then(|review| rfc3339(review.at)),
    }
}

impl From<Piece> for PieceView {
    fn from(Piece { text, was }: Piece) -> Self {
        Self { text, was }
    }
}
