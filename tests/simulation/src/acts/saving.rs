//! Saving what somebody wrote: as a draft, and as an entry or a revision of one.

use waymark_diary::page::{Draft, ErrorCode};
use waymark_diary::{Diary, Error, Finished, Now, Readers};
use waymark_protocol::AttachmentId;

use super::SAVED;
use super::picking::{Picked, short};
use crate::model::Choice;
use crate::world::{Broken, World, broken};

impl World {
    /// Finishes a new entry, or a revision of one.
    pub(super) fn finish(
        &mut self,
        id: usize,
        of: Option<Picked>,
        draft: Option<String>,
        words: String,
        share: bool,
    ) -> Result<bool, Broken> {
        let phone = &self.phones[id];
        let share = share && phone.takes_part();
        let now = self.time.on_a_phone(phone.hours_off);
        let finished = Finished {
            entry: of.as_ref().map(|picked| picked.entry),
            draft,
            about: now.date(),
            prompt_set: "free".into(),
            answers: Vec::new(),
            text: words.clone(),
            weight: None,
            tags: Vec::new(),
        };
        let readers = if share { Readers::Study } else { Readers::OnlyMe };
        let saved = phone.diary.with(|diary| diary.finish(finished, readers, now));
        let (person, local) = (phone.person, !phone.takes_part() || phone.stop_asked || phone.left_elsewhere);
        let what = match &of {
            None => format!("write {}", short(&words)),
            Some(picked) => format!("change {} to {}", self.short(picked.texts[0]), short(&words)),
        };
        let what = if share { format!("{what} and choose to share it") } else { what };
        if !self.done(id, &what, &saved.map(drop))? {
            return Ok(false);
        }
        let set_back = self.may_come_to_nothing(id);
        let doubtful = of.as_ref().map_or(set_back, |picked| self.is_doubtful(id, &picked.texts));
        let before = of.as_ref().map(|picked| picked.texts[0]);
        for text in of.into_iter().flat_map(|picked| picked.texts) {
            match self.model.texts[text].choice {
                Choice::Held(hold) if hold.phone == id && !hold.tried => {
                    self.model.choose(text, id, set_back, Choice::Private);
                }
                Choice::Held(_) => self.model.choose(text, id, true, Choice::Unsure),
                _ => {}
            }
        }
        let text = self.model.wrote(person, words, id, before, local);
        if share {
            let hold = self.hold(id);
            self.model.choose(text, id, doubtful, Choice::Held(hold));
        }
        self.phones[id].must.insert(text);
        Ok(true)
    }

    /// Words are saved as a draft, and what is spoken with them; where the process ends after that, all of it is there.
    pub(super) fn draft(
        &mut self,
        id: usize,
        words: &str,
        sound: Option<&[u8]>,
        crash: bool,
    ) -> Result<String, Broken> {
        let now = self.time.on_a_phone(self.phones[id].hours_off);
        let draft = Draft {
            id: String::new(),
            entry: None,
            prompt_set: "free".into(),
            about: now.date().to_string(),
            answers: Vec::new(),
            text: words.into(),
            weight: None,
            tags: Vec::new(),
            caret: None,
            saved_at: None,
            voice: Vec::new(),
        };
        let saved = self.phones[id].diary.with(|diary| {
            let saved = diary.save_draft(draft, now)?;
            if let Some(sound) = sound {
                record(diary, &saved.id, sound, now)?;
            }
            Ok(saved.id)
        });
        let saved = saved.or_else(|error| broken(SAVED, format!("a draft was not saved: {error}")))?;
        if !crash {
            return Ok(saved);
        }
        self.crash_phone(id)?;
        self.tell(format!("The process of {} ends while {} is being written.", self.phones[id].name(), short(words)));
        let there = self.phones[id].diary.with(|diary| {
            let draft = diary.draft()?;
            let note = draft
                .iter()
                .flat_map(|draft| &draft.voice)
                .next()
                .and_then(|note| note.id.parse::<AttachmentId>().ok());
            let heard = note.map(|note| diary.note_bytes(&note, 0..u64::MAX)).transpose()?;
            let same = heard.as_ref().map(|heard| heard.as_slice()) == sound;
            Ok(same && draft.is_some_and(|draft| draft.id == saved && draft.text == words))
        });
        match there {
            Ok(true) => Ok(saved),
            _ => broken(SAVED, "a draft that was saved is not there after the process ended"),
        }
    }
}

/// Records what is spoken, second by second.
fn record(diary: &mut Diary, draft: &str, sound: &[u8], now: Now) -> Result<(), Error> {
    let note = diary.begin_voice(draft, "audio/webm;codecs=opus", None, now)?;
    let id: AttachmentId = note.id.parse().map_err(|_| Error::Plain(ErrorCode::Internal))?;
    for (place, chunk) in (0..).zip(sound.chunks(4_096)) {
        diary.append_voice(&id, place, chunk, 1_000 * (place + 1))?;
    }
    Ok(())
}
