//! JSON for other programs. Version 1, UTF-8:
//!
//! ```json
//! { "format": "waymark-diary", "version": 1,
//!   "exported_at": "2026-11-24T19:30:00+00:00", "from": null, "to": null, "revisions": "latest",
//!   "study": "Transitions",
//!   "entries": [ {
//!     "entry": "<32 hex digits>", "place": "with-study",
//!     "revisions": [ {
//!       "revision": "<32 hex digits>", "parents": [], "about": "2026-11-24", "written_at": "2026-11-24T19:00:00.000+00:00",
//!       "phase": "into", "prompt_set": "daily",
//!       "answers": [ { "prompt": "stays", "question": "What stays with you?", "value": "the doors", "shown": "the doors" } ],
//!       "text": "", "voice": [ { "prompt": null, "question": null, "duration_ms": 65000 } ], "weight": "heavy", "tags": [], "document_version": 1 } ] } ] }
//! ```
//!
//! Entries by the day that they are about, revisions by age, the oldest first. `from`, `to`, `study`, `phase` and `weight` can be
//! null. `revisions` at the top is `latest` or `all`. `voice` says which voice notes there are; the
//! sound itself is not in the file. `value` is what was kept (of a choice, its id), `shown` what the person saw.
//! `place` is where the entry was when the file was made: `on-this-phone`, `backed-up`, `held`, `waiting`, `with-study`,
//! `withdrawing`, `withdrawn`. A later version may add fields; a change of what is here is another version.

use chrono::SecondsFormat;
use serde::Serialize;
use waymark_protocol::attachment::Attachment;
use waymark_protocol::content::{Entry, Weight};
use zeroize::Zeroizing;

use super::{Book, ExportRevisions};
use crate::entries::Place;
use crate::voice;

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u32,
    exported_at: String,
    from: Option<String>,
    to: Option<String>,
    revisions: &'static str,
    study: Option<&'a str>,
    entries: Vec<ExportedEntry<'a>>,
}

#[derive(Serialize)]
struct ExportedEntry<'a> {
    entry: String,
    place: &'static str,
    revisions: Vec<Revision<'a>>,
}

#[derive(Serialize)]
struct Revision<'a> {
    revision: String,
    parents: Vec<String>,
    about: String,
    written_at: String,
    phase: Option<&'a str>,
    prompt_set: &'a str,
    answers: Vec<ExportedAnswer<'a>>,
    text: &'a str,
    voice: Vec<ExportedNote<'a>>,
    weight: Option<&'static str>,
    tags: &'a [String],
    document_version: u32,
}

#[derive(Serialize)]
struct ExportedAnswer<'a> {
    prompt: &'a str,
    question: &'a str,
    value: &'a str,
    shown: &'a str,
}

#[derive(Serialize)]
struct ExportedNote<'a> {
    prompt: Option<&'a str>,
    question: Option<&'a str>,
    duration_ms: u32,
}

fn voice_note<'a>(entry: &'a Entry, note: &'a Attachment) -> ExportedNote<'a> {
    let id = note.id().to_string();
    let asked = entry.answers.iter().find(|answer| answer.value == id);
    ExportedNote {
        prompt: asked.map(|answer| answer.prompt.as_str()),
        question: asked.map(|answer| answer.question.as_str()),
        duration_ms: note.duration_ms(),
    }
}

pub(super) fn write(book: &Book<'_>) -> Zeroizing<Vec<u8>> {
    let file = File {
        format: "waymark-diary",
        version: 1,
        exported_at: book.now.wall.to_rfc3339_opts(SecondsFormat::Secs, false),
        from: book.export.from.map(|day| day.to_string()),
        to: book.export.to.map(|day| day.to_string()),
        revisions: match book.export.revisions {
            ExportRevisions::Latest => "latest",
            ExportRevisions::All => "all",
        },
        study: book.study.as_deref(),
        entries: book
            .entries
            .iter()
            .map(|entry| ExportedEntry {
                entry: entry.latest().entry.to_string(),
                place: place(entry.place),
                revisions: entry.revisions.iter().map(|entry| revision(book, entry)).collect(),
            })
            .collect(),
    };
    let mut out = Zeroizing::new(Vec::with_capacity(book.room()));
    serde_json::to_writer_pretty(&mut *out, &file).expect("text and numbers are JSON");
    out.push(b'\n');
    out
}

fn revision<'a>(book: &'a Book<'_>, entry: &'a Entry) -> Revision<'a> {
    Revision {
        revision: entry.revision.to_string(),
        parents: entry.parents.iter().map(ToString::to_string).collect(),
        about: entry.about.to_string(),
        written_at: entry.written_at.to_rfc3339_opts(SecondsFormat::Millis, false),
        phase: entry.phase.as_deref(),
        prompt_set: &entry.prompt_set,
        answers: voice::written_answers(entry)
            .map(|answer| ExportedAnswer {
                prompt: &answer.prompt,
                question: &answer.question,
                value: &answer.value,
                shown: book.value(answer),
            })
            .collect(),
        text: &entry.text,
        voice: entry.attachments.iter().map(|note| voice_note(entry, note)).collect(),
        weight: entry.weight.map(|weight| match weight {
            Weight::Light => "light",
            Weight::Okay => "okay",
            Weight::Heavy => "heavy",
            Weight::NotSaid => "not-said",
        }),
        tags: &entry.tags,
        document_version: entry.document_version,
    }
}

fn place(place: Place) -> &'static str {
    match place {
        Place::OnThisPhone => "on-this-phone",
        Place::BackedUp => "backed-up",
        Place::Held(_) => "held",
        Place::Waiting => "waiting",
        Place::WithStudy => "with-study",
        Place::Withdrawing => "withdrawing",
        Place::Withdrawn => "withdrawn",
    }
}
