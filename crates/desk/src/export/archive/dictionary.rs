//! The data dictionary: each field of an entry and each question, the columns of consent.csv and each item, with what can stand there.

use std::io::{self, Write};

use waymark_protocol::study::{Plan, PromptKind, Text};

use super::super::Text as Words;
use super::super::agreed::{AGREED_AT_OF_COPIES, CHOICE, COLUMNS};
use super::super::csv::write_row;

const HEADER: [&str; 5] = ["field", "question", "type", "meaning", "values"];

/// The fields of an entry, as they are called in `entries.jsonl` and `entries.csv`: name, type, meaning.
const FIELDS: [(&str, &str, &str); 16] = [
    ("participant", "text", "How the study calls the participant."),
    ("entry", "id", "The entry. All its revisions have the same."),
    ("revision", "id", "The revision: each time that an entry is changed after sharing is another one."),
    ("parents", "list of ids", "The revisions that it was made from."),
    ("phase", "id", "The phase of the role, as the phone knew it; else counted from the day of consent."),
    ("prompt_set", "id", "The questions that were asked together; empty where the entry was written freely."),
    ("written_at", "date and time", "When it was written, by the phone's clock, with its offset from UTC."),
    ("about", "date", "The day that it is about."),
    ("weight", "choice", "How the day weighed, as its writer chose."),
    ("tags", "list of texts", "Words by which its writer sorted it."),
    ("answers", "list", "In entries.jsonl: question and answer, in the order in which they were given."),
    ("text", "text", "What was written freely."),
    ("document_version", "number", "The version of the study's document that was answered: study/version-N.json."),
    ("device", "id", "The phone that wrote it."),
    ("seq", "number", "Its place in the phone's signed log."),
    ("voice", "list", "Voice notes: file, seconds, media type. No file where it had not come."),
];

/// Fields that are otherwise in copies.
const FIELDS_OF_COPIES: [(&str, &str, &str); 4] = [
    (
        "written_at",
        "day and part of the day",
        "When it was written, by the phone's clock: night is from 0 to 5 o'clock, morning to 12, afternoon to 18, evening to 24.",
    ),
    ("device", "number", "The phone that wrote it: a number for each phone of one person."),
    ("seq", "number", "In which order the phone wrote those that are here."),
    ("voice", "list", "Empty: no voice notes are in copies."),
];

pub(super) fn write(plan: &Plan, words: Words, out: &mut dyn Write) -> io::Result<()> {
    write_row(out, HEADER.map(str::to_owned).into_iter())?;
    let in_all = |text: &Text| in_all_languages(plan, text);
    for (name, kind, meaning) in FIELDS {
        let of_copies =
            FIELDS_OF_COPIES.into_iter().find(|(of, ..)| matches!(words, Words::Copy { .. }) && *of == name);
        let (_, kind, meaning) = of_copies.unwrap_or((name, kind, meaning));
        let values = match name {
            "phase" => named(plan.phases.iter().map(|phase| (phase.id.as_str(), in_all(&phase.title)))),
            "prompt_set" => named(
                plan.prompt_sets
                    .iter()
                    .map(|set| (set.id.as_str(), set.title.as_ref().map(in_all).unwrap_or_default())),
            ),
            "weight" => "light; okay; heavy; not-said".to_owned(),
            _ => String::new(),
        };
        write_row(out, [name.to_owned(), String::new(), kind.to_owned(), meaning.to_owned(), values].into_iter())?;
    }
    for prompt in &plan.prompts {
        let options = prompt.options.iter().map(|option| (option.id.as_str(), in_all(&option.text)));
        let row = [
            format!("answer:{}", prompt.id),
            in_all(&prompt.text),
            prompt.kind.as_str().to_owned(),
            meaning(&prompt.kind, &prompt.set),
            named(options),
        ];
        write_row(out, row.into_iter())?;
    }
    for (name, kind, meaning) in COLUMNS {
        let is_of_copies = matches!(words, Words::Copy { .. }) && name == AGREED_AT_OF_COPIES.0;
        let (name, kind, meaning) = if is_of_copies { AGREED_AT_OF_COPIES } else { (name, kind, meaning) };
        let values = if kind == "choice" { CHOICE } else { "" };
        let meaning = format!("In consent.csv: {meaning}");
        let row = [format!("consent:{name}"), String::new(), kind.to_owned(), meaning, values.to_owned()];
        write_row(out, row.into_iter())?;
    }
    for item in &plan.consent {
        let meaning = if item.required {
            "In consent.csv: nobody can join without it."
        } else {
            "In consent.csv: a free choice."
        };
        let row = [
            format!("consent-item:{}", item.id),
            in_all(&item.text),
            "choice".to_owned(),
            meaning.to_owned(),
            CHOICE.to_owned(),
        ];
        write_row(out, row.into_iter())?;
    }
    Ok(())
}

fn meaning(kind: &PromptKind, set: &str) -> String {
    let how = match kind {
        PromptKind::Choice => "The option that was chosen.",
        PromptKind::Scale => "The step that was chosen; steps are in order.",
        PromptKind::Voice => "Spoken: see voice.",
        PromptKind::Text | PromptKind::Other(_) => "In the writer's words.",
    };
    format!("{how} Of the prompt set {set}.")
}

fn named<'n>(all: impl Iterator<Item = (&'n str, String)>) -> String {
    all.map(|(id, text)| if text.is_empty() { id.to_owned() } else { format!("{id} = {text}") })
        .collect::<Vec<_>>()
        .join("; ")
}

fn in_all_languages(plan: &Plan, text: &Text) -> String {
    let mut all: Vec<&str> = Vec::new();
    for text in plan.languages.iter().map(|language| text.get(language)) {
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all.join(" / ")
}
