//! What the page shows, made from the diary.

use chrono::SecondsFormat;
use waymark_protocol::EntryId;
use waymark_protocol::content;
use waymark_protocol::hex;
use waymark_protocol::met::met_words;
use waymark_protocol::study::{self, Plan};

use super::ErrorCode;
use super::pauses::pause_view;
use super::phase;
use super::phones;
use super::types::*;
use crate::answers::Choices;
use crate::diary::{Revision, heads};
use crate::entries::{self, Finished};
use crate::store::NoteId;
use crate::{Diary, Error, Now, Preview, voice};

const OPENING_CHARS: usize = 80;
/// How far an entry may look back in a diary without a study.
const ABOUT_DAYS_BACK: u32 = 7;
/// The prompt set of free writing.
const FREE: &str = "free";

pub(super) fn entry_id(text: &str) -> Result<EntryId, Error> {
    text.parse().map_err(|_| Error::Plain(ErrorCode::EntryUnknown))
}

/// A note is named by the page alone, so what is no id is a mistake of its own.
pub(super) fn note_id(text: &str) -> Result<NoteId, Error> {
    text.parse().map_err(|_| Error::Plain(ErrorCode::Internal))
}

pub(super) fn open_status(diary: &mut Diary, language: &str) -> Result<Status, Error> {
    let slots = diary.vault.slots()?;
    let lock = match slots.contains(&waymark_vault::SlotKind::Pin) {
        true => LockKind::Pin,
        false => LockKind::Passphrase,
    };
    let study = match diary.has_joined() {
        true => Some(diary.membership()?.trusted()?.document.plan.title.get(language).to_owned()),
        false => None,
    };
    Ok(Status { state: DiaryState::Open, lock: Some(lock), study, words_confirmed: diary.words_confirmed() })
}

pub(super) fn invitation(preview: &Preview, earlier: usize, language: &str) -> InvitationView {
    let plan = &preview.study.document.plan;
    InvitationView {
        title: plan.title.get(language).to_owned(),
        about: plan.about.as_ref().map(|text| text.get(language).to_owned()),
        run_by: plan.run_by.as_ref().map(|text| text.get(language).to_owned()),
        server: preview.invitation.server.host().to_owned(),
        hold_hours: plan.hold.hours(),
        consent: plan
            .consent
            .iter()
            .map(|item| ConsentItem {
                id: item.id.clone(),
                text: item.text.get(language).to_owned(),
                language: item.text.language(language).to_owned(),
                required: item.required,
            })
            .collect(),
        earlier_entries: u32::try_from(earlier).unwrap_or(u32::MAX),
    }
}

pub(super) fn study(diary: &Diary, now: Now, language: &str) -> Result<Option<StudyView>, Error> {
    let Some(membership) = &diary.membership else {
        return Ok(None);
    };
    let plan = &membership.trusted()?.document.plan;
    let answer = |id: &str| membership.consent.iter().find(|(item, _)| item == id).map(|(_, agreed)| *agreed);
    let device_key = membership.device_key()?.verifying_key();
    Ok(Some(StudyView {
        title: plan.title.get(language).to_owned(),
        hold_hours: plan.hold.hours(),
        server: membership.server()?.host().to_owned(),
        consent: plan
            .consent
            .iter()
            .map(|item| ConsentChoice {
                id: item.id.clone(),
                text: item.text.get(language).to_owned(),
                language: item.text.language(language).to_owned(),
                required: item.required,
                agreed: answer(&item.id),
            })
            .collect(),
        met_words: met_words(&membership.study, &device_key).map(str::to_owned).to_vec(),
        left: membership.left.map(|left| LeftStudy {
            at: time(now, left.at),
            erased: left.erased,
            told: !diary.has_joined(),
        }),
        phase: phase::view(diary, plan, now, language)?,
    }))
}

pub(super) fn today(diary: &Diary, now: Now, language: &str) -> Result<Today, Error> {
    let free = PromptSet { id: FREE.to_owned(), when: PromptSetWhen::Day, title: None, prompts: Vec::new() };
    let (mut sets, about_days_back) = match diary.plan()? {
        Some((plan, joined)) => {
            let phase = diary.phase_on(&plan, joined, now.date());
            let sets = plan.sets_in(&phase.id, phase.began, now.date());
            (sets.into_iter().map(|set| prompt_set(&plan, set, language)).collect::<Vec<_>>(), plan.about_days_back)
        }
        None => (Vec::new(), ABOUT_DAYS_BACK),
    };
    let daily = sets.iter().position(|set| set.when == PromptSetWhen::Day).map_or(free, |place| sets.remove(place));
    let mut held = Vec::new();
    let choices = diary.choices(language)?;
    for id in diary.entry_ids() {
        let shares_at = match diary.place(&id, now)? {
            entries::Place::Held(until) => Some(time(now, until)),
            _ if diary.is_doubted(&id)? => None,
            _ => continue,
        };
        let EntrySummary { about, opening, .. } = summary(diary, &id, now, &choices)?;
        held.push(Held { entry: id.to_string(), about, opening, shares_at });
    }
    held.sort_by(|a, b| a.shares_at.cmp(&b.shares_at));
    let draft = diary.draft()?;
    let on_offer = |id: &str| daily.id == id || sets.iter().any(|set| set.id == id);
    let study = diary.study_document()?;
    let draft_set = draft.as_ref().filter(|draft| !on_offer(&draft.prompt_set)).and_then(|draft| {
        let plan = &study.as_ref()?.document.plan;
        Some(prompt_set(plan, plan.prompt_set(&draft.prompt_set)?, language))
    });
    Ok(Today {
        date: now.date().to_string(),
        daily,
        others: sets,
        draft,
        draft_set,
        held,
        sync: sync(diary, now)?,
        about_days_back,
        pause: diary.open_pause(now.date()).map(|pause| pause_view(diary, &pause)),
        reminder: None,
        new_phone: phones::new_phone(diary, now),
    })
}

fn prompt_set(plan: &Plan, set: &study::PromptSet, language: &str) -> PromptSet {
    PromptSet {
        id: set.id.clone(),
        when: match set.when {
            study::When::Day => PromptSetWhen::Day,
            study::When::Event => PromptSetWhen::Event,
            study::When::Weekly => PromptSetWhen::Weekly,
        },
        title: set.title.as_ref().map(|title| title.get(language).to_owned()),
        prompts: plan
            .prompts_in(&set.id)
            .map(|prompt| Prompt {
                id: prompt.id.clone(),
                text: prompt.text.get(language).to_owned(),
                // What this version cannot ask otherwise is asked in words.
                kind: match prompt.kind {
                    study::PromptKind::Choice => PromptKind::Choice,
                    study::PromptKind::Scale => PromptKind::Scale,
                    study::PromptKind::Voice => PromptKind::Voice,
                    study::PromptKind::Text | study::PromptKind::Other(_) => PromptKind::Text,
                },
                options: prompt
                    .options
                    .iter()
                    .map(|option| PromptOption { id: option.id.clone(), text: option.text.get(language).to_owned() })
                    .collect(),
            })
            .collect(),
    }
}

/// Where sync stands.
pub fn sync(diary: &Diary, now: Now) -> Result<SyncView, Error> {
    let waiting = diary.waiting(now)?;
    let problem = diary.progress.problem;
    let away =
        matches!(problem, Some(ErrorCode::ServerUnreachable | ErrorCode::ServerTrouble | ErrorCode::ServerRolledBack));
    let unsent = diary.membership.as_ref().is_some_and(|membership| membership.receipted_through() < diary.head.seq);
    // What the server has not got either does not wait for a connection.
    let fetching = diary.parts_coming_in()?.iter().any(|(_, part)| !part.missing);
    let state = match (diary.has_joined(), problem) {
        (false, _) => SyncState::NoStudy,
        (_, Some(_)) if !away => SyncState::NeedsAttention,
        _ if unsent || waiting > 0 || fetching => SyncState::Waiting,
        _ => SyncState::UpToDate,
    };
    let last_receipt = diary.membership.as_ref().and_then(|membership| membership.receipted);
    Ok(SyncView {
        state,
        waiting,
        fetching,
        last_receipt: last_receipt.map(|receipt| time(now, receipt.at)),
        problem,
        voice_waits: diary.voice_waits(),
        voice_waiting: diary.voice_waiting()?,
    })
}

/// An entry in one line.
pub(super) fn summary(diary: &Diary, id: &EntryId, now: Now, choices: &Choices) -> Result<EntrySummary, Error> {
    let revisions = diary.find(id)?;
    let latest = &revisions.last().ok_or(Error::Plain(ErrorCode::EntryUnknown))?.entry;
    let place = diary.place(id, now)?;
    let marks = diary.marks(id);
    let answers = voice::written_answers(latest).map(|answer| choices.words(answer));
    let first_words = answers.chain([latest.text.as_str()]);
    let opening = first_words.map(str::trim).find(|text| !text.is_empty()).unwrap_or_default();
    Ok(EntrySummary {
        id: id.to_string(),
        about: latest.about.to_string(),
        written_at: latest.written_at.to_rfc3339_opts(SecondsFormat::Secs, false),
        opening: first_words_of(opening.lines().next().unwrap_or_default()),
        place: match place {
            entries::Place::OnThisPhone => Place::OnThisPhone,
            entries::Place::BackedUp => Place::BackedUp,
            entries::Place::Held(_) => Place::Held,
            entries::Place::Waiting => Place::Waiting,
            entries::Place::WithStudy => Place::WithStudy,
            entries::Place::Withdrawing => Place::Withdrawing,
            entries::Place::Withdrawn => Place::Withdrawn,
        },
        shares_at: match place {
            entries::Place::Held(until) => Some(time(now, until)),
            _ => None,
        },
        earlier_with_study: diary.study_has_earlier(id)?,
        can_keep_private: matches!(place, entries::Place::Held(_) | entries::Place::Waiting)
            && diary.can_keep_private(id)?,
        weight: latest.weight.map(weight),
        tags: latest.tags.clone(),
        revisions: u32::try_from(revisions.len()).unwrap_or(u32::MAX),
        apart: heads(revisions).nth(1).is_some(),
        interview: marks.interview,
        supervision: marks.supervision,
        talk: diary.talks_about(id),
        can_talk: diary.can_talk_about(id)?,
        voice: u32::try_from(latest.attachments.len()).unwrap_or(u32::MAX),
    })
}

/// A line, or as many of its words as a list has room for.
fn first_words_of(line: &str) -> String {
    let Some((end, _)) = line.char_indices().nth(OPENING_CHARS) else {
        return line.to_owned();
    };
    let room = &line[..end];
    let whole = if line[end..].starts_with(char::is_whitespace) {
        room
    } else {
        room.rsplit_once(char::is_whitespace).map_or(room, |(words, _)| words)
    };
    format!("{}…", whole.trim_end())
}

/// An entry, whole. Choices are in their words, in this language where the study has it.
pub fn entry(diary: &Diary, id: &EntryId, now: Now, language: &str) -> Result<EntryView, Error> {
    let choices = diary.choices(language)?;
    let revisions = diary.find(id)?;
    let heads: Vec<_> = heads(revisions).map(|head| head.entry.revision).collect();
    let mut phones = numbered_phones(diary);
    let views = revisions.iter().map(|revision| {
        let Revision { entry, .. } = revision;
        Ok(RevisionView {
            id: entry.revision.to_string(),
            written_at: entry.written_at.to_rfc3339_opts(SecondsFormat::Secs, false),
            head: heads.contains(&entry.revision),
            phone: phones(revision),
            answers: voice::written_answers(entry)
                .map(|given| Answer { value: choices.words(given).to_owned(), ..answer(given) })
                .collect(),
            text: entry.text.clone(),
            voice: diary.entry_notes(entry)?,
        })
    });
    let mut views: Vec<RevisionView> = views.collect::<Result<_, Error>>()?;
    views.reverse();
    Ok(EntryView {
        summary: summary(diary, id, now, &choices)?,
        prompt_set: revisions.last().map(|latest| latest.entry.prompt_set.clone()).unwrap_or_default(),
        revisions: views,
    })
}

/// Numbers for the phones whose logs hold an entry's revisions: 0 is this one, the others count up as they come.
fn numbered_phones(diary: &Diary) -> impl FnMut(&Revision) -> Option<u32> {
    let own = diary.own_device();
    let mut others = Vec::new();
    move |revision| {
        let device = revision.record.as_ref()?.target.device;
        if Some(device) == own {
            return Some(0);
        }
        if !others.contains(&device) {
            others.push(device);
        }
        let place = others.iter().position(|known| *known == device)?;
        u32::try_from(place + 1).ok()
    }
}

/// A draft with an entry's latest revision in it.
pub(crate) fn draft_of(diary: &Diary, id: &EntryId) -> Result<Draft, Error> {
    let latest = &diary.find(id)?.last().ok_or(Error::Plain(ErrorCode::EntryUnknown))?.entry;
    Ok(Draft {
        id: hex::encode(&entries::random::<16>()),
        entry: Some(id.to_string()),
        prompt_set: latest.prompt_set.clone(),
        about: latest.about.to_string(),
        answers: voice::written_answers(latest).map(answer).collect(),
        text: latest.text.clone(),
        weight: latest.weight.map(weight),
        tags: latest.tags.clone(),
        caret: None,
        saved_at: None,
        voice: Vec::new(),
    })
}

/// What the page sent, as the diary takes it.
pub(super) fn finished(input: FinishEntry) -> Result<(Finished, crate::Readers), Error> {
    let draft = input.draft;
    let answered = draft.answers.into_iter().filter(|answer| !answer.value.is_empty());
    let finished = Finished {
        entry: draft.entry.as_deref().map(entry_id).transpose()?,
        draft: (!draft.id.is_empty()).then_some(draft.id),
        about: draft.about.parse().map_err(|_| Error::Plain(ErrorCode::Internal))?,
        prompt_set: draft.prompt_set,
        answers: answered
            .map(|answer| content::Answer { prompt: answer.prompt, question: answer.question, value: answer.value })
            .collect(),
        text: draft.text,
        weight: draft.weight.map(|weight| match weight {
            Weight::Light => content::Weight::Light,
            Weight::Okay => content::Weight::Okay,
            Weight::Heavy => content::Weight::Heavy,
            Weight::NotSaid => content::Weight::NotSaid,
        }),
        tags: draft.tags,
    };
    let readers = match input.readers {
        Readers::OnlyMe => crate::Readers::OnlyMe,
        Readers::Study => crate::Readers::Study,
    };
    Ok((finished, readers))
}

fn answer(answer: &content::Answer) -> Answer {
    Answer { prompt: answer.prompt.clone(), question: answer.question.clone(), value: answer.value.clone() }
}

fn weight(weight: content::Weight) -> Weight {
    match weight {
        content::Weight::Light => Weight::Light,
        content::Weight::Okay => Weight::Okay,
        content::Weight::Heavy => Weight::Heavy,
        content::Weight::NotSaid => Weight::NotSaid,
    }
}

pub(super) fn time(now: Now, millis: u64) -> String {
    now.at_millis(millis).to_rfc3339_opts(SecondsFormat::Secs, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_opening_ends_after_a_whole_word_and_says_that_it_goes_on() {
        assert_eq!(first_words_of("a quiet day"), "a quiet day");
        let exactly = "x".repeat(OPENING_CHARS);
        assert_eq!(first_words_of(&exactly), exactly);
        assert_eq!(first_words_of(&format!("{exactly} y")), format!("{exactly}…"));
        assert_eq!(first_words_of(&format!("{exactly}y")), format!("{exactly}…"), "one long word is cut");
        let words = "word ".repeat(30);
        assert_eq!(first_words_of(words.trim()), format!("{}…", "word ".repeat(16).trim_end()));
        assert_eq!(first_words_of(&"é".repeat(100)), format!("{}…", "é".repeat(OPENING_CHARS)));
    }
}
