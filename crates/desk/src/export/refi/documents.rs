//! The documents of an export: entries under dated headings, each as its writer has it now, with what the diary says of it as codes; and
//! interviews, each a document of its own whatever else makes one.

use std::collections::HashMap;
use std::ops::Range;

use super::codes::{Brought, Codes};
use super::guid::Guid;
use super::names::Names;
use super::text::Text;
use super::{LineEnds, Per, Project, Row};
use crate::export::rows::by_entry;
use crate::transcripts::{About, Interview};

/// Entries in the order of people, days and times of writing, then interviews by people and days.
pub(super) struct Documents(pub Vec<Document>);

/// One document.
pub(super) struct Document {
    pub guid: Guid,
    pub name: String,
    /// Whose.
    pub participant: String,
    /// The phase, where it is of one alone.
    pub phase: Option<String>,
    /// The entry, where it is of one alone.
    pub entry: Option<Row>,
    /// What is said of the interview, where it is one.
    pub interview: Option<About>,
    pub text: String,
    pub selections: Vec<Selection>,
}

/// A part of a document with its codes, of which there is at least one.
pub(super) struct Selection {
    pub guid: Guid,
    pub name: String,
    /// In code points.
    pub range: Range<usize>,
    pub codes: Vec<(Guid, Guid)>,
}

impl Documents {
    pub fn of(project: &Project<'_>, codes: &Codes) -> Self {
        let mut documents: Vec<(Vec<String>, Vec<&Row>)> = Vec::new();
        let mut places: HashMap<Vec<String>, usize> = HashMap::new();
        for entry in by_entry(project.rows.iter().collect()) {
            let newest = entry[0];
            let key = key(newest, project.flavour.per);
            let place = *places.entry(key.clone()).or_insert(documents.len());
            match documents.get_mut(place) {
                Some((_, rows)) => rows.push(newest),
                None => documents.push((key, vec![newest])),
            }
        }
        let mut names = Names::default();
        let documents = documents.into_iter().map(|(key, rows)| document(project, codes, &mut names, &key, &rows));
        let mut documents: Vec<Document> = documents.collect();
        documents.extend(project.interviews.iter().map(|interview| interview_document(project, &mut names, interview)));
        Self(documents)
    }
}

fn interview_document(project: &Project<'_>, names: &mut Names, interview: &Interview) -> Document {
    let Interview { participant, transcript } = interview;
    // By its id alone: whose it is, and what is said of it, can be corrected.
    let parts = [line_ends(project.flavour.line_ends).as_bytes(), &transcript.id.0];
    let mut text = Text::new(project.flavour.line_ends);
    text.push(&transcript.text);
    text.line();
    Document {
        guid: Guid::of(&project.study, "transcript", &parts),
        name: names.give_file(&format!("{participant} {} {}", transcript.about.day, transcript.about.name())),
        participant: participant.clone(),
        phase: None,
        entry: None,
        interview: Some(transcript.about.clone()),
        text: text.into_string(),
        selections: Vec::new(),
    }
}

fn line_ends(line_ends: LineEnds) -> &'static str {
    match line_ends {
        LineEnds::Lf => "lf",
        LineEnds::Crlf => "crlf",
    }
}

/// What names a document.
fn key(row: &Row, per: Per) -> Vec<String> {
    let participant = row.participant.clone();
    match per {
        Per::Participant => vec![participant],
        Per::Phase => vec![participant, row.phase.clone().unwrap_or_default()],
        Per::Entry => vec![participant, row.entry.to_string()],
    }
}

fn document(project: &Project<'_>, codes: &Codes, names: &mut Names, key: &[String], rows: &[&Row]) -> Document {
    let flavour = project.flavour;
    let line_ends = line_ends(flavour.line_ends);
    let parts: Vec<&[u8]> =
        std::iter::once(line_ends).chain(key.iter().map(String::as_str)).map(str::as_bytes).collect();
    let guid = Guid::of(&project.study, "document", &parts);
    let mut text = Text::new(flavour.line_ends);
    let mut selections = Vec::new();
    for row in rows {
        write_entry(project, codes, guid, row, &mut text, &mut selections);
    }
    let first = rows[0];
    let one = |per| flavour.per == per;
    Document {
        guid,
        name: names.give_file(&match flavour.per {
            Per::Participant => first.participant.clone(),
            Per::Phase => format!("{} {}", first.participant, phase_title(project, first)),
            Per::Entry => format!("{} {}", first.participant, first.about),
        }),
        participant: first.participant.clone(),
        phase: first.phase.clone().filter(|_| !one(Per::Participant)),
        entry: one(Per::Entry).then(|| first.clone()),
        interview: None,
        text: text.into_string(),
        selections,
    }
}

pub(super) fn phase_title(project: &Project<'_>, row: &Row) -> String {
    let plan = project.plan;
    let Some(id) = &row.phase else { return String::new() };
    let language = plan.languages.first().map_or("", String::as_str);
    plan.phases.get(id).map_or(id.as_str(), |phase| phase.title.get(language)).to_owned()
}

fn write_entry(
    project: &Project<'_>,
    codes: &Codes,
    document: Guid,
    row: &Row,
    text: &mut Text,
    selections: &mut Vec<Selection>,
) {
    let mut selected: u64 = 0;
    let mut select = |name: String, range: Range<usize>, brought: Vec<Brought>| {
        // By what it is: what comes or goes elsewhere in the document gives it no other id.
        let document = document.to_string();
        let of = [document.as_bytes(), &row.entry.0, &row.revision.0, name.as_bytes(), &selected.to_be_bytes()];
        let guid = Guid::of(&project.study, "selection", &of);
        selected += 1;
        let coding = |code: Guid| {
            let of = [guid.to_string(), code.to_string()];
            (Guid::of(&project.study, "coding", &of.each_ref().map(String::as_bytes)), code)
        };
        let coded: Vec<_> = brought.iter().filter_map(|brought| codes.get(brought)).map(coding).collect();
        if !range.is_empty() && !coded.is_empty() {
            selections.push(Selection { guid, name, range, codes: coded });
        }
    };
    let begin = text.end();
    let phase = phase_title(project, row);
    text.push(&row.about.to_string());
    if !phase.is_empty() {
        text.push(&format!(" · {phase}"));
    }
    text.line();
    for answer in &row.answers {
        text.line();
        text.push(if answer.question.is_empty() { &answer.prompt } else { &answer.question });
        text.line();
        let range = text.push(&answer.value);
        text.line();
        select(answer.prompt.clone(), range, vec![Brought::Prompt(answer.prompt.clone())]);
    }
    if !row.text.is_empty() {
        text.line();
        text.push(&row.text);
        text.line();
    }
    for voice in &row.voice {
        text.line();
        text.push(&match &voice.file {
            Some(file) => format!("Voice note, {} s: {file}", voice.seconds),
            None => format!("Voice note, {} s, has not come yet", voice.seconds),
        });
        text.line();
    }
    let tags = row.tags.iter().cloned().map(Brought::Tag);
    let marks = tags.chain(row.weight.map(Brought::Weight)).collect();
    select(row.about.to_string(), begin..text.end(), marks);
    text.line();
}
