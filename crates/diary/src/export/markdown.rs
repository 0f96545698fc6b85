//! Markdown: a heading per entry, questions in italics, text as it was written.

use std::fmt::Write as _;

use waymark_protocol::content::Entry;
use zeroize::Zeroizing;

use super::{Book, one_line};
use crate::voice;

pub(super) fn write(book: &Book<'_>) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(String::with_capacity(book.room()));
    write_all(book, &mut out).expect("writing to a string succeeds");
    Zeroizing::new(std::mem::take(&mut *out).into_bytes())
}

fn write_all(book: &Book<'_>, out: &mut String) -> std::fmt::Result {
    let words = book.words;
    writeln!(out, "# {}\n\n{}", one_line(&words.title), one_line(&words.notice))?;
    for entry in &book.entries {
        writeln!(out, "\n## {}", book.day(entry.latest().about))?;
        for (place, revision) in entry.revisions.iter().enumerate() {
            if place + 1 < entry.revisions.len() {
                writeln!(out, "\n### {}", words.earlier)?;
            } else if place > 0 {
                writeln!(out, "\n### {}", words.latest)?;
            }
            write_revision(book, revision, out)?;
        }
    }
    Ok(())
}

fn write_revision(book: &Book<'_>, entry: &Entry, out: &mut String) -> std::fmt::Result {
    let words = book.words;
    writeln!(out, "\n{}: {}", words.written, entry.written_at.format("%Y-%m-%d %H:%M %:z"))?;
    if let Some(weight) = book.weight(entry) {
        writeln!(out, "\n{}: {weight}", words.weight)?;
    }
    if !entry.tags.is_empty() {
        writeln!(out, "\n{}: {}", words.tags, one_line(&entry.tags.join(", ")))?;
    }
    for answer in voice::written_answers(entry) {
        let question = one_line(&answer.question).replace('*', "\\*");
        if !question.is_empty() {
            writeln!(out, "\n*{question}*")?;
        }
        writeln!(out, "\n{}", book.value(answer))?;
    }
    if !entry.text.is_empty() {
        writeln!(out, "\n{}", entry.text)?;
    }
    for (question, note) in book.notes(entry) {
        if let Some(question) = question {
            writeln!(out, "\n*{}*", one_line(question).replace('*', "\\*"))?;
        }
        writeln!(out, "\n{note}")?;
    }
    Ok(())
}
