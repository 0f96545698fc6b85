//! A pack for whoever interviews one person: what that person wants to talk about and has shared, and room for notes. Each entry is as it
//! is now, in the order of its days, with what was asked.
//!
//! It holds somebody's own words, and is made only for people: who may see it, and of what time it is, stand at its head.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use serde::Deserialize;
use ts_rs::TS;
use waymark_protocol::study::Plan;
use waymark_protocol::{EntryId, ParticipantId, RevisionId};

use super::document::{Block, add_words, fact};
use super::{ExportError, Exported, Row, audio, end, markdown, one_line, proofs, rows, word};
use crate::Desk;
use crate::account::Account;
use crate::collection::Collection;
use crate::ending;
use crate::exported::{About, Held, Noted};
use crate::now_ms;
use crate::participants::Labels;
use crate::prepare::WhoAndWhy;
use crate::verify::Report;
use crate::whole::Unnamed;

/// In which form a pack is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PackFormat {
    /// Markdown.
    Md,
    /// For word processors.
    Docx,
}

impl fmt::Display for PackFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Md => "md",
            Self::Docx => "docx",
        })
    }
}

/// A pack that somebody wants.
#[derive(Debug, Clone)]
pub struct WantedPack {
    /// Of whom, as the desk calls them.
    pub participant: String,
    /// The form.
    pub format: PackFormat,
    /// Who wants it, and why.
    pub said: Option<WhoAndWhy>,
}

/// What people want to talk about, as far as it was opened: by their labels. Those who `left`, as this desk has said, are not asked about anything.
pub(crate) fn wanted_of(
    account: &Account<'_>,
    labels: &Labels,
    left: &BTreeMap<ParticipantId, u64>,
) -> BTreeSet<(String, EntryId)> {
    let gone = account.judged.iter().filter(|person| ending::has_left(left, person));
    let gone: BTreeSet<ParticipantId> = gone.filter_map(|person| person.participant).collect();
    let stay = account.people.iter().filter(|person| person.participant.is_some_and(|id| !gone.contains(&id)));
    let people = stay.filter_map(|person| Some((labels.of(&person.participant?), &person.told.talk)));
    people.flat_map(|(label, talk)| talk.iter().map(move |entry| (label.clone(), *entry))).collect()
}

/// Notes that a pack is printed: nobody can look where paper is, and a later withdrawal has to name it all the same. Notes nothing, and says
/// so by `false`, where the pack holds anything else by now than what is `shown`.
///
/// # Errors
///
/// [`ExportError::NobodyCalled`] and [`ExportError::NothingToTalkAbout`]; what goes wrong with the desk's file.
pub fn note_printed(
    desk: &mut Desk,
    participant: &str,
    shown: &BTreeSet<(EntryId, RevisionId)>,
    said: Option<WhoAndWhy>,
) -> Result<bool, ExportError> {
    let collection = Collection::load(desk.vault.reader())?;
    let Drawn { entries, .. } = Drawn::of(desk, &collection, participant)?;
    if entries.iter().map(|row| (row.entry, row.revision)).collect::<BTreeSet<_>>() != *shown {
        return Ok(false);
    }
    let noted = Noted::begin(
        &mut desk.vault,
        About::of_paper(participant, said, now_ms()),
        &entries.iter().filter_map(Row::held).collect::<Vec<_>>(),
    )?;
    noted.end(&mut desk.vault)?;
    Ok(true)
}

/// What stands in a pack.
struct Drawn {
    entries: Vec<Row>,
    /// Whether the collection lacks something, and so may the pack.
    needs_attention: bool,
}

impl Drawn {
    fn of(desk: &Desk, collection: &Collection, participant: &str) -> Result<Self, ExportError> {
        let labels = Labels::load(desk.vault.reader())?;
        let plan = &desk.identity.document.document.plan;
        let account = Account::of(&desk.identity, &desk.keys, collection);
        if !labels.has(participant, account.people.iter().filter_map(|person| person.participant)) {
            return Err(ExportError::NobodyCalled(participant.to_owned()));
        }
        let needs_attention = Report::of(&account, &labels).needs_attention();
        let talk = wanted_of(&account, &labels, &ending::said_to_have_left(desk.vault.reader())?);
        let rows = rows::rows(account, &labels, plan).into_iter().filter(|row| row.participant == participant);
        let entries = rows::by_entry(rows.collect::<Vec<Row>>()).into_iter();
        let newest = entries.filter_map(|revisions| revisions.into_iter().next());
        let entries: Vec<Row> = newest.filter(|row| talk.contains(&(row.participant.clone(), row.entry))).collect();
        if entries.is_empty() { Err(ExportError::NothingToTalkAbout) } else { Ok(Self { entries, needs_attention }) }
    }
}

/// Writes a pack. It is among the exports that were made, so that it is known where something is that was taken back since.
///
/// # Errors
///
/// [`ExportError::NobodyCalled`] and [`ExportError::NothingToTalkAbout`]; what goes wrong with the desk's file or the pack's.
pub fn export_pack(desk: &mut Desk, wanted: &WantedPack, path: &Path) -> Result<Exported, ExportError> {
    let unwritable = |error| ExportError::Unwritable(path.to_owned(), error);
    let collection = Collection::load(desk.vault.reader())?;
    let Drawn { entries, needs_attention } = Drawn::of(desk, &collection, &wanted.participant)?;
    proofs::remove_unfinished(path).map_err(unwritable)?;
    let Desk { identity, vault, .. } = desk;
    let blocks = blocks(&entries, &wanted.participant, &identity.document.document.plan);
    let held: Vec<Held> = entries.iter().filter_map(Row::held).collect();
    let noted = Noted::begin(vault, About::of_pack(wanted, path, now_ms()), &held)?;
    // A pack has no voice notes, and those of an export whose place it takes do not stay beside it.
    let written = audio::write(vault.reader(), path, &mut []).and_then(|_| {
        let written = Unnamed::write(path, |out| write(&blocks, wanted.format, out)).map_err(unwritable)?;
        proofs::remove(path).and_then(|()| written.name()).map_err(unwritable)
    });
    end(vault, noted, path, written)?;
    Ok(Exported {
        revisions: entries.len(),
        transcripts: 0,
        recordings: 0,
        left_out: 0,
        left_out_interviews: 0,
        needs_attention,
    })
}

fn write(blocks: &[Block<'_>], format: PackFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        PackFormat::Md => markdown::write(blocks, out),
        PackFormat::Docx => word::write(blocks, out),
    }
}

fn blocks<'a>(entries: &'a [Row], participant: &str, plan: &Plan) -> Vec<Block<'a>> {
    let language = plan.languages.first().map_or("", String::as_str);
    let days = entries.iter().map(|row| row.about);
    let range = match (days.clone().min(), days.max()) {
        (Some(first), Some(last)) if first != last => format!("About: {first} to {last}"),
        (Some(day), _) => format!("About: {day}"),
        _ => String::new(),
    };
    let mut blocks = vec![
        Block::Title(format!("What {} wants to talk about", one_line(participant))),
        Block::Facts(vec![
            fact("Confidential: for the interviewer alone. Keep it locked away, and destroy it after the interview."),
            fact(&format!("Study: {}", plan.title.get(language))),
            fact(&range),
            fact(&format!(
                "Entries: {}, each as it is now. {} shared them and asked to talk about them.",
                entries.len(),
                participant
            )),
        ]),
    ];
    for row in entries {
        blocks.push(Block::Day(row.about.to_string()));
        let phase = row.phase.as_ref().map(|id| {
            let title = plan.phases.get(id).map_or(id.as_str(), |phase| phase.title.get(language));
            fact(&format!("Phase: {title}"))
        });
        // A voice may be known: it stays at the desk, where it can be heard.
        let spoken =
            row.voice.iter().map(|voice| fact(&format!("Voice note: {} s, to be heard at the desk", voice.seconds)));
        let facts: Vec<_> =
            [fact(&format!("Written: {}", row.written_at))].into_iter().chain(phase).chain(spoken).collect();
        blocks.push(Block::Facts(facts));
        add_words(row, &mut blocks);
        blocks.push(Block::Notes);
    }
    blocks
}
