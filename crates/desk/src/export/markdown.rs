//! Markdown, to be read: a heading per participant with what was told besides entries, one per entry revision and interview, by day,
//! questions in italics, text as it was written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use waymark_protocol::study::Plan;

use super::{Interview, Row};

pub(super) fn write(
    rows: &[Row],
    interviews: &[Interview],
    told: &BTreeMap<String, Vec<String>>,
    plan: &Plan,
    out: &mut dyn Write,
) -> io::Result<()> {
    let language = plan.languages.first().map_or("", String::as_str);
    writeln!(out, "# {}", one_line(plan.title.get(language)))?;
    // Who wrote nothing may have said why: they were off.
    let wrote = rows.iter().map(|row| &row.participant);
    let talked = interviews.iter().map(|interview| &interview.participant);
    let participants: BTreeSet<&String> = wrote.chain(talked).chain(told.keys()).collect();
    for participant in participants {
        writeln!(out, "\n## {}", one_line(participant))?;
        if let Some(lines) = told.get(participant) {
            writeln!(out)?;
            lines.iter().try_for_each(|line| writeln!(out, "- {}", one_line(line)))?;
        }
        let own = rows.iter().skip_while(|row| row.participant != *participant);
        let mut own = own.take_while(|row| row.participant == *participant).peekable();
        // What was written on the day of an interview stands before it.
        for interview in interviews.iter().filter(|interview| interview.participant == *participant) {
            while let Some(row) = own.next_if(|row| row.about <= interview.transcript.about.day) {
                write_entry(row, out)?;
            }
            write_interview(interview, out)?;
        }
        own.try_for_each(|row| write_entry(row, out))?;
    }
    Ok(())
}

fn write_interview(Interview { transcript, .. }: &Interview, out: &mut dyn Write) -> io::Result<()> {
    let about = &transcript.about;
    writeln!(out, "\n### {} · Interview {}\n", about.day, one_line(&about.name()))?;
    writeln!(out, "- Interview: {}\n\n{}", transcript.id, transcript.text)
}

fn write_entry(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n### {}\n", row.about)?;
    writeln!(out, "- Written: {}", row.written_at)?;
    if let Some(phase) = &row.phase {
        writeln!(out, "- Phase: {}", one_line(phase))?;
    }
    if !row.prompt_set.is_empty() {
        writeln!(out, "- Prompts: {}", one_line(&row.prompt_set))?;
    }
    if let Some(weight) = row.weight {
        writeln!(out, "- Weight: {weight}")?;
    }
    if !row.tags.is_empty() {
        writeln!(out, "- Tags: {}", one_line(&row.tags.join(", ")))?;
    }
    for voice in &row.voice {
        match &voice.file {
            Some(file) => writeln!(out, "- Voice note: {} s, {}: [listen](<{file}>)", voice.seconds, voice.r#type)?,
            None => writeln!(out, "- Voice note: {} s, has not come yet", voice.seconds)?,
        }
    }
    writeln!(out, "- Entry: {}, revision {}", row.entry, row.revision)?;
    for answer in &row.answers {
        let question = one_line(&answer.question);
        let question = if question.is_empty() { one_line(&answer.prompt) } else { question };
        writeln!(out, "\n*{}*\n\n{}", question.replace('*', "\\*"), answer.value)?;
    }
    if !row.text.is_empty() {
        writeln!(out, "\n{}", row.text)?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
