//! The diary as a file that anyone can read: the one place where what was written leaves the vault unsealed, by the writer's
//! own choice.
//!
//! | format | for |
//! |---|---|
//! | Markdown | reading and keeping, in any editor |
//! | HTML | printing: one page without scripts, that loads nothing |
//! | JSON | other programs: [`json`] documents its shape |
//!
//! The words around what was written (headings, "Tags") come from the page, in the person's language.

mod html;
mod json;
mod markdown;

use chrono::NaiveDate;
use waymark_protocol::content::{Answer, Entry};
use zeroize::Zeroizing;

use crate::answers::Choices;
use crate::diary::Diary;
use crate::entries::Place;
use crate::page::ExportWords;
use crate::{Error, Now};

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Markdown.
    Markdown,
    /// A page for printing.
    Html,
    /// JSON.
    Json,
}

impl ExportFormat {
    /// The end of the file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
        }
    }
}

/// Which revisions of each entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportRevisions {
    /// The latest.
    Latest,
    /// All of them, oldest first.
    All,
}

/// What goes into the file.
#[derive(Debug, Clone, Copy)]
pub struct Export {
    /// How it is written.
    pub format: ExportFormat,
    /// The first day that entries are about; none for the beginning.
    pub from: Option<NaiveDate>,
    /// The last one; none for the end.
    pub to: Option<NaiveDate>,
    /// Which revisions.
    pub revisions: ExportRevisions,
}

/// One entry of the file.
struct Exported<'d> {
    place: Place,
    /// Oldest first; never empty.
    revisions: Vec<&'d Entry>,
}

impl Exported<'_> {
    fn latest(&self) -> &Entry {
        self.revisions.last().expect("an exported entry has a revision")
    }
}

/// All that a format needs.
struct Book<'d> {
    export: Export,
    entries: Vec<Exported<'d>>,
    /// The study's title, where there is one.
    study: Option<String>,
    choices: Choices,
    words: &'d ExportWords,
    now: Now,
}

impl Diary {
    /// The file's bytes. Entries are in the order of the days that they are about, the oldest first.
    pub fn export(&self, export: Export, words: &ExportWords, now: Now) -> Result<Zeroizing<Vec<u8>>, Error> {
        let within =
            |about: NaiveDate| export.from.is_none_or(|from| from <= about) && export.to.is_none_or(|to| about <= to);
        let mut entries = Vec::new();
        for id in self.entry_ids() {
            let mut revisions: Vec<&Entry> = self.find(&id)?.iter().map(|revision| &revision.entry).collect();
            if export.revisions == ExportRevisions::Latest {
                revisions = revisions.pop().into_iter().collect();
            }
            if revisions.last().is_some_and(|latest| within(latest.about)) {
                entries.push(Exported { place: self.place(&id, now)?, revisions });
            }
        }
        entries.reverse();
        let study = self.study_document()?.map(|study| study.document.plan.title.get(&words.language).to_owned());
        let book = Book { export, entries, study, choices: self.choices(&words.language)?, words, now };
        Ok(match export.format {
            ExportFormat::Markdown => markdown::write(&book),
            ExportFormat::Html => html::write(&book),
            ExportFormat::Json => json::write(&book),
        })
    }
}

impl Book<'_> {
    /// Room for everything at once, so that no copy of it is left behind by growing.
    fn room(&self) -> usize {
        let length = |entry: &Entry| {
            let answers = entry.answers.iter().map(|answer| answer.question.len() + answer.value.len() + 200);
            entry.text.len() + entry.tags.iter().map(|tag| tag.len() + 20).sum::<usize>() + answers.sum::<usize>() + 800
        };
        // Escaping can make five bytes of one.
        8192 + self.entries.iter().flat_map(|entry| &entry.revisions).map(|entry| 5 * length(entry)).sum::<usize>()
    }

    /// A day as the person's language writes it, or as `2026-11-24`.
    fn day(&self, date: NaiveDate) -> String {
        let date = date.to_string();
        self.words.days.get(&date).cloned().unwrap_or(date)
    }

    /// A line for each voice note: where its question is known, that and the note's length in minutes and seconds.
    fn notes<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = (Option<&'a str>, String)> {
        entry.attachments.iter().map(|note| {
            let id = note.id().to_string();
            let asked = entry.answers.iter().find(|answer| answer.value == id).map(|answer| answer.question.as_str());
            let seconds = note.duration_ms().div_ceil(1000);
            (asked, format!("{} ({}:{:02})", self.words.voice, seconds / 60, seconds % 60))
        })
    }

    /// An answer's words.
    fn value<'a>(&'a self, answer: &'a Answer) -> &'a str {
        self.choices.words(answer)
    }

    /// How heavy the day was, in the page's words.
    fn weight(&self, entry: &Entry) -> Option<&str> {
        use waymark_protocol::content::Weight;
        let words = self.words;
        entry.weight.map(|weight| match weight {
            Weight::Light => words.light.as_str(),
            Weight::Okay => words.okay.as_str(),
            Weight::Heavy => words.heavy.as_str(),
            Weight::NotSaid => words.not_said.as_str(),
        })
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
