//! Copies as the page shows them.

use waymark_protocol::Hash;

use super::super::reading::slice;
use super::types::*;
use super::{Shown, short};
use crate::export::Row;
use crate::prepare::{Piece, Pseudonyms, Review, pieces};
use crate::verify::rfc3339;

pub(super) fn page(shown: &Shown, wanted: &FindCopies) -> CopyPage {
    let prepared = &shown.prepared;
    let all = prepared.copies(&shown.reading);
    let ReadCount { entries, read } = prepared.count(&all);
    let review = |copy: &Hash| prepared.reviews.of(copy);
    let is_wanted = |(row, copy): &(&Row, &Hash)| {
        wanted.participant.as_ref().is_none_or(|participant| row.participant == *participant)
            && !(wanted.unread && review(copy).is_some())
    };
    let found: Vec<(&Row, &Hash)> = shown.reading.newest().zip(&all).filter(is_wanted).collect();
    let copies = slice(&found, wanted.offset, wanted.limit).iter();
    let copies = copies.map(|(row, copy)| view(&prepared.pseudonyms, row, copy, review(copy))).collect();
    CopyPage { total: short(found.len()), entries, read, copies }
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
