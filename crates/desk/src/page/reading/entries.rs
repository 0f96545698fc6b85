//! What was shared, entry by entry, with interviews between them, and how both are found.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use memchr::memmem::Finder;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use waymark_protocol::EntryId;
use waymark_protocol::study::Plan;

use super::super::interviews::{Found, FoundKind};
use super::super::types::*;
use super::interviews::Interview;
use super::{count, place, slice};
use crate::collection::Collection;
use crate::export::rows::by_entry;
use crate::export::{Row, VoiceRow};
use crate::time_points::TimePoints;
use crate::transcripts::{Transcript, TranscriptId};

/// Every entry with its revisions, by participant, day and time of writing.
pub(super) struct Shelf {
    entries: Vec<Kept>,
    /// Where each entry is, by participant and id.
    places: HashMap<(String, EntryId), usize>,
    interviews: Vec<Interview>,
    /// Both, by participant and day; on one day entries stand before interviews.
    timeline: Vec<Place>,
    titles: Titles,
    /// What their writers want to talk about, by participant and id.
    talk: BTreeSet<(String, EntryId)>,
    /// Voice notes of which all has come.
    sounds: HashMap<String, (VoiceRow, EntryId)>,
}

/// One entry.
struct Kept {
    /// The newest revision first.
    revisions: Vec<Row>,
    /// What is searched, of the newest: folded.
    folded: String,
}

impl Kept {
    fn newest(&self) -> &Row {
        &self.revisions[0]
    }
}

/// Where something on the timeline is.
#[derive(Clone, Copy)]
enum Place {
    Entry(usize),
    Interview(usize),
}

/// How the study calls its phases and prompt sets.
struct Titles {
    phases: HashMap<String, String>,
    sets: HashMap<String, String>,
}

impl Titles {
    fn of(plan: &Plan) -> Self {
        let language = language(plan);
        let phases = plan.phases.iter().map(|phase| (phase.id.clone(), phase.title.get(language).to_owned()));
        let sets = plan
            .prompt_sets
            .iter()
            .filter_map(|set| set.title.as_ref().map(|title| (set.id.clone(), title.get(language).to_owned())));
        Self { phases: phases.collect(), sets: sets.collect() }
    }
}

/// How the study calls a phase; its id where it does not know it.
pub(super) fn phase_title(plan: &Plan, id: &str) -> String {
    plan.phases.get(id).map_or(id, |phase| phase.title.get(language(plan))).to_owned()
}

fn language(plan: &Plan) -> &str {
    plan.languages.first().map_or("", String::as_str)
}

fn title(titles: &HashMap<String, String>, id: &str) -> String {
    titles.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

impl Shelf {
    /// `rows` by participant, day and time of writing.
    pub fn of(
        rows: Vec<Row>,
        interviews: Vec<Interview>,
        talk: BTreeSet<(String, EntryId)>,
        plan: &Plan,
        collection: &Collection,
    ) -> Self {
        let spoken =
            rows.iter().flat_map(|row| row.voice.iter().enumerate().map(move |(nth, voice)| (row, nth, voice)));
        let here = spoken.filter(|(_, _, voice)| voice.is_here(collection));
        let sounds = here.map(|(row, nth, voice)| (sound(row, nth), (voice.clone(), row.entry))).collect();
        let entries = by_entry(rows).into_iter().map(|revisions| {
            let folded = searchable(&revisions[0]);
            Kept { revisions, folded }
        });
        let entries: Vec<Kept> = entries.collect();
        let places =
            entries.iter().map(|kept| (kept.newest().participant.clone(), kept.newest().entry)).zip(0..).collect();
        let timeline = timeline(&entries, &interviews);
        Self { entries, places, interviews, timeline, titles: Titles::of(plan), talk, sounds }
    }

    /// Every entry as it is now.
    pub fn newest(&self) -> impl Iterator<Item = &Row> {
        self.entries.iter().map(Kept::newest)
    }

    /// Whose each entry is, and the day that it is about now.
    pub fn days(&self) -> impl Iterator<Item = (&str, NaiveDate)> {
        self.entries.iter().map(|kept| (kept.newest().participant.as_str(), kept.newest().about))
    }

    /// Each interview, and whose it is.
    pub fn interviews(&self) -> impl Iterator<Item = (&str, &Transcript)> {
        self.interviews.iter().map(|interview| (interview.participant.as_str(), interview.transcript()))
    }

    fn is_to_talk_about(&self, row: &Row) -> bool {
        self.talk.contains(&(row.participant.clone(), row.entry))
    }

    /// How many entries each person wants to talk about.
    pub fn talk(&self) -> BTreeMap<&str, u32> {
        let mut talk = BTreeMap::new();
        for row in self.newest().filter(|row| self.is_to_talk_about(row)) {
            *talk.entry(row.participant.as_str()).or_default() += 1;
        }
        talk
    }

    /// What one person wants to talk about: each entry as it is now, by the days that they are about.
    pub fn pack(&self, participant: &str) -> Vec<EntryView> {
        let own = self.entries.iter().filter(|kept| kept.newest().participant == participant);
        let wanted = own.filter(|kept| self.is_to_talk_about(kept.newest()));
        wanted.map(|kept| self.view(kept.newest(), kept.revisions.len())).collect()
    }

    /// The day that an entry is about now.
    pub fn day_of(&self, participant: &str, entry: &str) -> Option<String> {
        let place = *self.places.get(&(participant.to_owned(), entry.parse().ok()?))?;
        Some(self.entries[place].newest().about.to_string())
    }

    pub fn filters(&self, plan: &Plan, time_points: TimePoints, damaged: &[TranscriptId]) -> Filters {
        let rows = || self.entries.iter().map(Kept::newest);
        let talked = self.interviews.iter().map(|interview| &interview.participant);
        let participants: BTreeSet<&String> = rows().map(|row| &row.participant).chain(talked).collect();
        let days = || rows().map(|row| row.about).chain(self.interviews.iter().map(Interview::day));
        let tags: BTreeSet<&String> = rows().flat_map(|row| &row.tags).collect();
        // The study's own first, in its order.
        let named = |known: Vec<String>, used: BTreeSet<&String>, titles: &HashMap<String, String>| {
            let others = used.into_iter().filter(|id| !known.contains(id)).cloned().collect::<Vec<_>>();
            known.into_iter().chain(others).map(|id| Named { title: title(titles, &id), id }).collect()
        };
        Filters {
            participants: participants.into_iter().cloned().collect(),
            phases: named(
                plan.phases.iter().map(|phase| phase.id.clone()).collect(),
                rows().filter_map(|row| row.phase.as_ref()).collect(),
                &self.titles.phases,
            ),
            prompt_sets: named(
                plan.prompt_sets.iter().map(|set| set.id.clone()).collect(),
                rows().map(|row| &row.prompt_set).filter(|set| !set.is_empty()).collect(),
                &self.titles.sets,
            ),
            tags: tags.into_iter().cloned().collect(),
            time_points: time_points.0,
            damaged: damaged.iter().map(ToString::to_string).collect(),
            first_day: days().min().map(|day| day.to_string()),
            last_day: days().max().map(|day| day.to_string()),
        }
    }

    pub fn find(&self, wanted: &FindEntries) -> EntryPage {
        let wanted_words = Words::of(wanted.words.as_deref().unwrap_or_default());
        let [from, until] = [&wanted.from, &wanted.until].map(|day| day.as_ref().and_then(|day| day.parse().ok()));
        let fits = |place: &&Place| match place {
            Place::Entry(place) => {
                let kept = &self.entries[*place];
                wanted.kind != Some(FoundKind::Interview)
                    && (!wanted.talk || self.is_to_talk_about(kept.newest()))
                    && fits(kept.newest(), wanted, from, until)
                    && wanted_words.are_in(&kept.folded)
            }
            Place::Interview(place) => {
                let interview = &self.interviews[*place];
                talk_fits(interview, wanted, from, until) && interview.has(&wanted_words)
            }
        };
        let found: Vec<&Place> = self.timeline.iter().filter(fits).collect();
        let participants: BTreeSet<&String> = found.iter().map(|place| self.whose(place)).collect();
        EntryPage {
            total: count(found.len()),
            interviews: count(found.iter().filter(|place| matches!(place, Place::Interview(_))).count()),
            participants: count(participants.len()),
            entries: slice(&found, wanted.offset, wanted.limit)
                .iter()
                .map(|place| match place {
                    Place::Entry(place) => {
                        let kept = &self.entries[*place];
                        Found::Entry(self.view(kept.newest(), kept.revisions.len()))
                    }
                    Place::Interview(place) => Found::Interview(self.interviews[*place].view(&wanted_words)),
                })
                .collect(),
        }
    }

    fn whose(&self, place: &Place) -> &String {
        match place {
            Place::Entry(place) => &self.entries[*place].newest().participant,
            Place::Interview(place) => &self.interviews[*place].participant,
        }
    }

    pub fn versions(&self, wanted: &EntryRef) -> Option<Vec<EntryView>> {
        let place = *self.places.get(&(wanted.participant.clone(), wanted.entry.parse().ok()?))?;
        let kept = &self.entries[place];
        Some(kept.revisions.iter().map(|row| self.view(row, kept.revisions.len())).collect())
    }

    pub fn voice(&self, sound: &str) -> Option<(VoiceRow, EntryId)> {
        self.sounds.get(sound).cloned()
    }

    fn view(&self, row: &Row, revisions: usize) -> EntryView {
        EntryView {
            participant: row.participant.clone(),
            entry: row.entry.to_string(),
            revision: row.revision.to_string(),
            about: row.about.to_string(),
            written_at: row.written_at.clone(),
            phase: row.phase.as_ref().map(|id| title(&self.titles.phases, id)),
            prompt_set: self.titles.sets.get(&row.prompt_set).cloned(),
            weight: row.weight.and_then(WeightName::named),
            tags: row.tags.clone(),
            answers: row
                .answers
                .iter()
                .map(|answer| AnswerView { question: answer.question.clone(), value: answer.value.clone() })
                .collect(),
            text: row.text.clone(),
            voice: row
                .voice
                .iter()
                .enumerate()
                .map(|(nth, voice)| VoiceView {
                    sound: Some(sound(row, nth)).filter(|sound| self.sounds.contains_key(sound)),
                    seconds: voice.seconds,
                    media_type: voice.r#type.clone(),
                })
                .collect(),
            device: row.device.to_string(),
            seq: place(row.seq),
            document_version: row.document_version,
            revisions: count(revisions),
            talk: self.is_to_talk_about(row),
        }
    }
}

/// The name by which a revision's voice note is played: at a place in a phone's log one record is believed.
fn sound(row: &Row, nth: usize) -> String {
    format!("{}-{}-{nth}", row.device, row.seq)
}

fn timeline(entries: &[Kept], interviews: &[Interview]) -> Vec<Place> {
    let entry =
        |(place, kept): (usize, &Kept)| (kept.newest().participant.clone(), kept.newest().about, Place::Entry(place));
    let talk = |(place, interview): (usize, &Interview)| {
        (interview.participant.clone(), interview.day(), Place::Interview(place))
    };
    let entries = entries.iter().enumerate().map(entry);
    let mut all: Vec<_> = entries.chain(interviews.iter().enumerate().map(talk)).collect();
    all.sort_by(|(a, day_a, _), (b, day_b, _)| (a, day_a).cmp(&(b, day_b)));
    all.into_iter().map(|(.., place)| place).collect()
}

/// What only entries have, no interview has.
fn talk_fits(interview: &Interview, wanted: &FindEntries, from: Option<NaiveDate>, until: Option<NaiveDate>) -> bool {
    let of_entries = wanted.phase.is_some() || wanted.prompt_set.is_some() || wanted.tag.is_some() || wanted.talk;
    wanted.kind != Some(FoundKind::Entry)
        && !of_entries
        && wanted.weight.is_none()
        && wanted.participant.as_ref().is_none_or(|participant| *participant == interview.participant)
        && from.is_none_or(|from| interview.day() >= from)
        && until.is_none_or(|until| interview.day() <= until)
}

fn fits(row: &Row, wanted: &FindEntries, from: Option<NaiveDate>, until: Option<NaiveDate>) -> bool {
    fn is<T: PartialEq + ?Sized>(wanted: Option<&T>, found: Option<&T>) -> bool {
        wanted.is_none() || wanted == found
    }
    is(wanted.participant.as_deref(), Some(row.participant.as_str()))
        && is(wanted.phase.as_deref(), row.phase.as_deref())
        && is(wanted.prompt_set.as_deref(), Some(row.prompt_set.as_str()))
        && wanted.tag.as_ref().is_none_or(|tag| row.tags.contains(tag))
        && is(wanted.weight.as_ref(), row.weight.and_then(WeightName::named).as_ref())
        && from.is_none_or(|from| row.about >= from)
        && until.is_none_or(|until| row.about <= until)
}

impl WeightName {
    fn named(name: &str) -> Option<Self> {
        match name {
            "light" => Some(Self::Light),
            "okay" => Some(Self::Okay),
            "heavy" => Some(Self::Heavy),
            "not-said" => Some(Self::NotSaid),
            _ => None,
        }
    }
}

/// Words that are all to be there, anywhere.
pub(super) struct Words(Vec<Finder<'static>>);

impl Words {
    pub fn of(typed: &str) -> Self {
        Self(fold(typed).split_whitespace().map(|word| Finder::new(word).into_owned()).collect())
    }

    pub fn are_in(&self, folded: &str) -> bool {
        self.0.iter().all(|word| word.find(folded.as_bytes()).is_some())
    }

    pub fn any_is_in(&self, folded: &str) -> bool {
        self.0.iter().any(|word| word.find(folded.as_bytes()).is_some())
    }
}

fn searchable(row: &Row) -> String {
    let mut all = String::new();
    let answers = row.answers.iter().map(|answer| &answer.value);
    for text in [&row.text].into_iter().chain(answers).chain(&row.tags) {
        all.push_str(&fold(text));
        all.push('\n');
    }
    all
}

/// Without accents, and in small letters.
pub(super) fn fold(text: &str) -> String {
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_letters_and_accents_make_no_difference_and_all_words_have_to_be_there() {
        let folded = fold("Über den Café-Tisch,\nein Gespräch");
        for found in ["uber", "CAFÉ", "cafe tisch", "gesprach über", ""] {
            assert!(Words::of(found).are_in(&folded), "{found}");
        }
        assert!(!Words::of("cafe morgen").are_in(&folded));
    }
}
