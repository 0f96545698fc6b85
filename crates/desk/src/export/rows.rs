//! From what was opened to the rows of an export.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use waymark_protocol::content::{Entry, Weight};
use waymark_protocol::keys::ContentKey;
use waymark_protocol::record::Target;
use waymark_protocol::study::Plan;
use waymark_protocol::{EntryId, ParticipantId, RevisionId};

use super::{AnswerRow, Row, VoiceRow};
use crate::account::{Account, Class, PersonAccount};
use crate::participants::Labels;

/// The rows of an export, and what they were made from.
pub(crate) struct Drawn {
    /// By participant, day and time of writing.
    pub rows: Vec<Row>,
    /// The record of each row.
    pub sources: Vec<Source>,
    /// Records of revisions that have a row already, word for word the same.
    pub doubles: Vec<Source>,
    /// Whose rows they are.
    pub people: Vec<Person>,
}

/// A record that was opened.
pub(crate) struct Source {
    pub target: Target,
    pub key: ContentKey,
    /// How many recordings it has.
    pub recordings: usize,
}

/// What a row says of its participant. It is the desk's word: no signature says it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    /// The number, which signatures do say.
    pub participant: ParticipantId,
    /// How the desk calls them.
    pub label: String,
    /// The day of consent, where the phase of one of their entries is counted from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<NaiveDate>,
}

/// The rows of an account, by participant, day and time of writing.
pub fn rows(account: Account<'_>, labels: &Labels, plan: &Plan) -> Vec<Row> {
    draw(account, labels, plan).rows
}

/// The same, with what they were made from.
pub(super) fn draw(account: Account<'_>, labels: &Labels, plan: &Plan) -> Drawn {
    let mut drawn: Vec<(Row, Source)> = Vec::new();
    let (mut doubles, mut people) = (Vec::new(), Vec::new());
    for account in account.people {
        let Some(participant) = account.participant else { continue };
        let mut person = Person { participant, label: labels.of(&participant), joined: joined_on(&account) };
        let mut opened: Vec<_> = account
            .lines
            .into_iter()
            .filter_map(|line| match (line.class, line.key) {
                (Class::Opened(entry), Some(key)) => {
                    let source = Source { target: *line.target, key, recordings: entry.attachments.len() };
                    Some((line.server_seq, source, *entry))
                }
                _ => None,
            })
            .collect();
        opened.sort_by_key(|(server_seq, source, _)| (*server_seq, source.target));
        // A revision that came in two logs, word for word the same, is one revision.
        let mut seen: HashSet<(RevisionId, Vec<u8>)> = HashSet::new();
        let is_new = |(_, _, entry): &(u64, Source, Entry)| seen.insert((entry.revision, entry.to_bytes()));
        let (mut opened, again): (Vec<_>, Vec<_>) = opened.into_iter().partition(is_new);
        doubles.extend(again.into_iter().map(|(_, source, _)| source));
        opened.sort_by_key(|(server_seq, _, entry)| (entry.about, entry.written_at, *server_seq));
        if opened.is_empty() {
            continue;
        }
        let counted = opened.iter().any(|(_, _, entry)| entry.phase.is_none());
        let rows = opened.into_iter().map(|(_, source, entry)| (row(&person, entry, &source.target, plan), source));
        drawn.extend(rows);
        person.joined = person.joined.filter(|_| counted);
        people.push(person);
    }
    drawn.sort_by(|(a, _), (b, _)| a.participant.cmp(&b.participant));
    let (rows, sources) = drawn.into_iter().unzip();
    Drawn { rows, sources, doubles, people }
}

/// The row of one entry, without the files of its recordings. Whoever checks an export makes it anew by the same means.
pub(crate) fn row(person: &Person, entry: Entry, target: &Target, plan: &Plan) -> Row {
    let phase = entry.phase.or_else(|| Some(plan.phase_at(person.joined?, entry.about).id.clone()));
    Row {
        participant: person.label.clone(),
        entry: entry.entry,
        revision: entry.revision,
        parents: entry.parents,
        phase,
        prompt_set: entry.prompt_set,
        written_at: entry.written_at.to_rfc3339_opts(chrono::SecondsFormat::Millis, false),
        about: entry.about,
        weight: entry.weight.map(weight),
        tags: entry.tags,
        answers: entry.answers.into_iter().map(AnswerRow::from).collect(),
        text: entry.text,
        document_version: entry.document_version,
        device: target.device.into(),
        seq: target.seq,
        voice: entry.attachments.into_iter().map(|voice| VoiceRow::new(person.participant, voice)).collect(),
    }
}

/// Revisions by their entries, the newest first in each; entries by participant, and by the day and time of their newest revision.
///
/// What nothing was made from is newer than what something was, whatever the phone's clock said. Copies, which have no times, stay in the order in
/// which they are given.
pub(crate) fn by_entry<R: Borrow<Row>>(rows: Vec<R>) -> Vec<Vec<R>> {
    let mut entries: Vec<Vec<R>> = Vec::new();
    let mut places: HashMap<(String, EntryId), usize> = HashMap::new();
    for row in rows {
        let place = *places.entry((row.borrow().participant.clone(), row.borrow().entry)).or_insert(entries.len());
        match entries.get_mut(place) {
            Some(revisions) => revisions.push(row),
            None => entries.push(vec![row]),
        }
    }
    for revisions in &mut entries {
        let parents: HashSet<RevisionId> = revisions.iter().flat_map(|row| row.borrow().parents.clone()).collect();
        let newness = |row: &R| {
            let row: &Row = row.borrow();
            (!parents.contains(&row.revision), written_at(row))
        };
        revisions.sort_by_key(|row| std::cmp::Reverse(newness(row)));
    }
    entries.sort_by_cached_key(|revisions| {
        let newest: &Row = revisions[0].borrow();
        (newest.participant.clone(), newest.about, written_at(newest))
    });
    entries
}

fn written_at(row: &Row) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(&row.written_at).ok()
}

fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Light => "light",
        Weight::Okay => "okay",
        Weight::Heavy => "heavy",
        Weight::NotSaid => "not-said",
    }
}

/// The day of the first consent, as the participant's own clock had it.
pub(crate) fn joined_on(person: &PersonAccount<'_>) -> Option<NaiveDate> {
    let agreed = person.consents.iter().filter_map(|consent| DateTime::parse_from_rfc3339(&consent.agreed_at).ok());
    agreed.min().map(|time| time.date_naive())
}

#[cfg(test)]
mod tests {
    use waymark_protocol::attachment::{About, seal};
    use waymark_protocol::content::Answer;
    use waymark_protocol::{DeviceId, EntryId, Hash};
    use waymark_vault::SystemRng;

    use super::super::audio::Names;
    use super::super::jsonl;
    use super::*;

    /// Exports that were proved are checked by making their lines anew: another line needs another version of the proofs.
    #[test]
    fn the_bytes_of_a_line_are_fixed() {
        let text = include_str!("../../../../studies/transitions.toml");
        let Ok(file) = waymark_protocol::study::StudyFile::parse(text) else { panic!("the example study is right") };
        let about = About { media_type: "audio/webm;codecs=opus".parse().unwrap(), duration_ms: 2_600 };
        let entry = EntryId([2; 16]);
        let (attachment, _) = seal(&entry, about, b"a voice", &mut SystemRng).unwrap();
        let id = attachment.id();
        let entry = Entry {
            entry,
            revision: RevisionId([3; 16]),
            parents: vec![RevisionId([4; 16])],
            about: "2026-05-04".parse().unwrap(),
            written_at: DateTime::parse_from_rfc3339("2026-05-04T20:11:00.120+01:00").unwrap(),
            phase: None,
            prompt_set: "daily".to_owned(),
            answers: vec![Answer {
                prompt: "stays".to_owned(),
                question: "What \"stays\"?".to_owned(),
                value: "é\n\u{1}".to_owned(),
            }],
            text: "👩🏽‍🚒 / \u{7f}".to_owned(),
            weight: Some(Weight::NotSaid),
            tags: vec!["a,b".to_owned()],
            document_version: 2,
            attachments: vec![attachment],
        };
        let joined = Some("2026-05-01".parse().unwrap());
        let person = Person { participant: ParticipantId([1; 16]), label: "P01".to_owned(), joined };
        let target = Target { device: DeviceId([5; 16]), seq: 7, link: Hash::ZERO };
        let mut row = row(&person, entry, &target, &file.plan);
        row.voice[0].place("out.jsonl", &row.entry, &mut Names::default());
        let line = String::from_utf8(jsonl::line(&row)).unwrap();
        let [two, three, four, five] = ["02", "03", "04", "05"].map(|byte| byte.repeat(16));
        let expected = format!(
            "{{\"participant\":\"P01\",\"entry\":\"{two}\",\"revision\":\"{three}\",\"parents\":[\"{four}\"],\"phase\":\"into\",\
             \"prompt_set\":\"daily\",\"written_at\":\"2026-05-04T20:11:00.120+01:00\",\"about\":\"2026-05-04\",\
             \"weight\":\"not-said\",\"tags\":[\"a,b\"],\"answers\":[{{\"prompt\":\"stays\",\"question\":\"What \\\"stays\\\"?\",\
             \"value\":\"é\\n\\u0001\"}}],\"text\":\"👩🏽‍🚒 / \u{7f}\",\"document_version\":2,\"device\":\"{five}\",\"seq\":7,\
             \"voice\":[{{\"file\":\"out.jsonl.audio/{two}-{id}.webm\",\"seconds\":3,\"type\":\"audio/webm;codecs=opus\"}}]}}"
        );
        assert_eq!(line, expected);
    }
}
