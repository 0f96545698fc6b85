//! The diaries as one document to read: a heading per participant with what was told besides entries, one per entry revision and interview,
//! by day, and text as it was written. Markdown and Word write the same one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Row, one_line};
use crate::transcripts::Interview;

/// A part of the document.
pub(super) enum Block<'a> {
    /// The study's title.
    Title(String),
    /// A participant.
    Person(String),
    /// A day.
    Day(String),
    /// Short lines about what follows.
    Facts(Vec<Fact<'a>>),
    /// A question, in one line.
    Question(String),
    /// What was written or said, as it was.
    Text(&'a str),
    /// Room for notes.
    Notes,
}

/// A short line.
pub(super) struct Fact<'a> {
    pub text: String,
    /// The file that it is about, by its path from the document's folder.
    pub file: Option<&'a str>,
}

/// The blocks, in their order.
pub(super) fn blocks<'a>(
    title: &str,
    rows: &'a [Row],
    interviews: &'a [Interview],
    told: &'a BTreeMap<String, Vec<String>>,
) -> Vec<Block<'a>> {
    let mut blocks = vec![Block::Title(title.to_owned())];
    // Who wrote nothing may have said why: they were off.
    let wrote = rows.iter().map(|row| &row.participant);
    let talked = interviews.iter().map(|interview| &interview.participant);
    let participants: BTreeSet<&String> = wrote.chain(talked).chain(told.keys()).collect();
    for participant in participants {
        blocks.push(Block::Person(one_line(participant)));
        blocks.extend(told.get(participant).map(|lines| Block::Facts(lines.iter().map(|line| fact(line)).collect())));
        let own = rows.iter().skip_while(|row| row.participant != *participant);
        let mut own = own.take_while(|row| row.participant == *participant).peekable();
        // What was written on the day of an interview stands before it.
        for interview in interviews.iter().filter(|interview| interview.participant == *participant) {
            while let Some(row) = own.next_if(|row| row.about <= interview.transcript.about.day) {
                add_entry(row, &mut blocks);
            }
            add_interview(interview, &mut blocks);
        }
        own.for_each(|row| add_entry(row, &mut blocks));
    }
    blocks
}

fn add_interview<'a>(Interview { transcript, .. }: &'a Interview, blocks: &mut Vec<Block<'a>>) {
    let about = &transcript.about;
    blocks.push(Block::Day(format!("{} · Interview {}", about.day, one_line(&about.name()))));
    blocks.push(Block::Facts(vec![fact(&format!("Interview: {}", transcript.id))]));
    blocks.push(Block::Text(&transcript.text));
}

fn add_entry<'a>(row: &'a Row, blocks: &mut Vec<Block<'a>>) {
    blocks.push(Block::Day(row.about.to_string()));
    let mut facts = vec![fact(&format!("Written: {}", row.written_at))];
    facts.extend(row.phase.as_ref().map(|phase| fact(&format!("Phase: {phase}"))));
    if !row.prompt_set.is_empty() {
        facts.push(fact(&format!("Prompts: {}", row.prompt_set)));
    }
    facts.extend(row.weight.map(|weight| fact(&format!("Weight: {weight}"))));
    if !row.tags.is_empty() {
        facts.push(fact(&format!("Tags: {}", row.tags.join(", "))));
    }
    facts.extend(row.voice.iter().map(|voice| match &voice.file {
        Some(file) => {
            Fact { text: format!("Voice note: {} s, {}", voice.seconds, voice.r#type), file: Some(file.as_str()) }
        }
        None => fact(&format!("Voice note: {} s, has not come yet", voice.seconds)),
    }));
    facts.push(fact(&format!("Entry: {}, revision {}", row.entry, row.revision)));
    blocks.push(Block::Facts(facts));
    add_words(row, blocks);
}

/// What was asked and answered, and what was written besides.
pub(super) fn add_words<'a>(row: &'a Row, blocks: &mut Vec<Block<'a>>) {
    for answer in &row.answers {
        let question = one_line(&answer.question);
        blocks.push(Block::Question(if question.is_empty() { one_line(&answer.prompt) } else { question }));
        blocks.push(Block::Text(&answer.value));
    }
    if !row.text.is_empty() {
        blocks.push(Block::Text(&row.text));
    }
}

pub(super) fn fact(text: &str) -> Fact<'static> {
    Fact { text: one_line(text), file: None }
}
