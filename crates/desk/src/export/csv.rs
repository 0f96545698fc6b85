//! CSV (RFC 4180): UTF-8 without a mark at its beginning, CRLF after each row, a header row.
//!
//! Parents, tags and voice notes are JSON lists, because a tag can hold any character. Each prompt has a column `answer:<prompt>`: those of
//! the study in its order, then those that the study no longer has. A prompt that an entry answers twice has another column
//! `answer:<prompt>#2`. Nothing is added to or taken from what was written, not even where a spreadsheet would take it for
//! a formula: who opens it there imports it as text.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;
use waymark_protocol::study::Plan;

use super::Row;

const COLUMNS: [&str; 15] = [
    "participant",
    "entry",
    "revision",
    "parents",
    "phase",
    "prompt_set",
    "written_at",
    "about",
    "weight",
    "tags",
    "text",
    "document_version",
    "device",
    "seq",
    "voice",
];

pub(super) fn write(rows: &[Row], plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    let prompts = prompt_columns(rows, plan);
    let header = COLUMNS.iter().map(|name| (*name).to_owned());
    write_row(out, header.chain(prompts.iter().map(Column::name)))?;
    for row in rows {
        let answers = prompts.iter().map(|column| column.of(row).unwrap_or_default().to_owned());
        write_row(out, fixed(row).into_iter().chain(answers))?;
    }
    Ok(())
}

fn fixed(row: &Row) -> [String; 15] {
    [
        row.participant.clone(),
        row.entry.to_string(),
        row.revision.to_string(),
        list(&row.parents),
        row.phase.clone().unwrap_or_default(),
        row.prompt_set.clone(),
        row.written_at.clone(),
        row.about.to_string(),
        row.weight.unwrap_or_default().to_owned(),
        list(&row.tags),
        row.text.clone(),
        row.document_version.to_string(),
        row.device.to_string(),
        row.seq.to_string(),
        list(&row.voice),
    ]
}

fn list<T: Serialize>(items: &[T]) -> String {
    serde_json::to_string(items).expect("a list of strings and flat structs is always JSON")
}

/// The answers to one prompt, the first or a later one of the same entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    prompt: String,
    nth: usize,
}

impl Column {
    fn name(&self) -> String {
        match self.nth {
            0 => format!("answer:{}", self.prompt),
            nth => format!("answer:{}#{}", self.prompt, nth + 1),
        }
    }

    fn of<'r>(&self, row: &'r Row) -> Option<&'r str> {
        let mut answers = row.answers.iter().filter(|answer| answer.prompt == self.prompt);
        answers.nth(self.nth).map(|answer| answer.value.as_str())
    }
}

fn prompt_columns(rows: &[Row], plan: &Plan) -> Vec<Column> {
    let first = plan.prompts.iter().map(|prompt| Column { prompt: prompt.id.clone(), nth: 0 });
    let mut columns: Vec<Column> = first.collect();
    let mut others = BTreeSet::new();
    for row in rows {
        for (place, answer) in row.answers.iter().enumerate() {
            let nth = row.answers[..place].iter().filter(|before| before.prompt == answer.prompt).count();
            let column = Column { prompt: answer.prompt.clone(), nth };
            if !columns.contains(&column) {
                others.insert(column);
            }
        }
    }
    columns.extend(others);
    columns
}

pub(super) fn write_row(out: &mut dyn Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        if cell.contains(['"', ',', '\r', '\n', '\0', ' ']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}
