//! Acts of people: each is done on the real diary, and in the model.

use waymark_diary::page::{Draft, ErrorCode};
use waymark_diary::{Diary, Error, Finished, LockSecret, Now, Readers};
use waymark_protocol::{AttachmentId, EntryId};

use crate::model::{Choice, HOLD, Hold, Text, TextId};
use crate::phone::Phone;
use crate::wire::CANARY;
use crate::world::{Broken, World, broken, trouble};

pub(crate) const SAVED: &str = "1: what was saved is there";

/// An entry that was picked: its id, and its revisions on that phone, newest first.
struct Picked {
    entry: EntryId,
    texts: Vec<TextId>,
}

impl World {
    /// Somebody writes an entry.
    pub fn write(&mut self, phone: u32, share: bool, crash: bool, spoken: bool) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        let words = self.new_words();
        let sound = spoken.then(|| self.new_sound());
        let draft = match crash || spoken {
            true => Some(self.draft(id, &words, sound.as_deref(), crash)?),
            false => None,
        };
        let finished = self.finish(id, None, draft, words, share)?;
        if let Some(sound) = sound.filter(|_| finished) {
            self.model.spoke(self.model.texts.len() - 1, sound, id);
        }
        Ok(finished)
    }

    /// Somebody writes a private entry on this phone.
    pub fn write_on(&mut self, id: usize) -> Result<(), Broken> {
        let words = self.new_words();
        self.finish(id, None, None, words, false).map(drop)
    }

    /// Somebody changes an entry.
    pub fn edit(&mut self, phone: u32, entry: u32, share: bool) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        let Some(picked) = self.pick_entry(id, entry)? else { return Ok(self.nothing(id, "change")) };
        let words = self.new_words();
        let now = self.time.on_a_phone(self.phones[id].hours_off);
        let draft = self.phones[id].diary.with(|diary| diary.edit_entry(&picked.entry, now));
        let draft = draft.or_else(|error| broken(SAVED, format!("an entry cannot be changed: {error}")))?;
        self.finish(id, Some(picked), Some(draft.id), words, share)
    }

    /// Somebody chooses to share what was there.
    pub fn share(&mut self, phone: u32, entry: u32) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        let Some(picked) = self.pick_entry(id, entry)? else { return Ok(self.nothing(id, "share")) };
        let now = self.time.on_a_phone(self.phones[id].hours_off);
        let latest = picked.texts[0];
        let shared = self.phones[id].diary.with(|diary| diary.share(&picked.entry, now));
        if !self.done(id, &format!("share {}", self.short(latest)), &shared.map(drop))? {
            return Ok(false);
        }
        let (hold, doubtful) = (self.hold(id), self.is_doubtful(id, &picked.texts));
        match self.model.texts[latest].choice {
            Choice::Shared => {}
            // One that a sync without an end may have granted already is not held again.
            Choice::Held(old) if old.phone == id && !old.tried => {
                self.model.choose(latest, id, doubtful, Choice::Held(hold));
            }
            Choice::Private => self.model.choose(latest, id, doubtful, Choice::Held(hold)),
            Choice::Held(_) | Choice::Unsure => self.model.choose(latest, id, true, Choice::Unsure),
        }
        self.model.texts[latest].local &= !self.phones[id].keeps_together();
        Ok(true)
    }

    /// Somebody keeps an entry private.
    pub fn keep_private(&mut self, phone: u32, entry: u32) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        let Some(picked) = self.pick_entry_where(id, entry, |choice| choice != Choice::Private)? else {
            return Ok(self.nothing(id, "keep private"));
        };
        let kept = self.phones[id].diary.with(|diary| diary.keep_private(&picked.entry));
        let new = kept.as_ref().ok().copied();
        let what = format!("keep {} private", self.short(picked.texts[0]));
        if !self.done(id, &what, &kept.map(drop))? {
            return Ok(false);
        }
        if new.is_some_and(|new| new != picked.entry) {
            self.taken_back(id, &picked.texts)?;
            return Ok(true);
        }
        let set_back = self.may_come_to_nothing(id);
        for text in picked.texts {
            match self.model.texts[text].choice {
                Choice::Held(hold) if hold.phone == id => self.model.choose(text, id, set_back, Choice::Private),
                Choice::Private | Choice::Held(_) => {}
                // The phone holds or shares nothing of it that it knows of: what another has shared stays so until it is read.
                Choice::Shared | Choice::Unsure => self.model.texts[text].unsettle(),
            }
        }
        Ok(true)
    }

    /// Somebody takes an entry back.
    pub fn withdraw(&mut self, phone: u32, entry: u32) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        let Some(picked) = self.pick_entry_where(id, entry, |choice| choice != Choice::Private)? else {
            return Ok(self.nothing(id, "take back"));
        };
        let taken = self.phones[id].diary.with(|diary| diary.withdraw(&picked.entry));
        let what = format!("take {} back", self.short(picked.texts[0]));
        let done = self.done(id, &what, &taken.map(drop))?;
        if done {
            self.taken_back(id, &picked.texts)?;
        }
        Ok(done)
    }

    /// Somebody deletes an entry everywhere.
    pub fn delete(&mut self, phone: u32, entry: u32) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        let Some(picked) = self.pick_entry(id, entry)? else { return Ok(self.nothing(id, "delete")) };
        let deleted = self.phones[id].diary.with(|diary| diary.delete_everywhere(&picked.entry));
        let what = format!("delete {} everywhere", self.short(picked.texts[0]));
        if !self.done(id, &what, &deleted)? {
            return Ok(false);
        }
        self.taken_back(id, &picked.texts)?;
        for text in picked.texts {
            self.model.texts[text].deleted = true;
            self.model.safe.remove(&text);
            self.phones.iter_mut().for_each(|phone| {
                phone.must.remove(&text);
            });
        }
        Ok(true)
    }

    /// Somebody leaves the study.
    pub fn leave(&mut self, phone: u32, erase: bool) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        let person = self.phones[id].person;
        if !self.phones[id].takes_part() {
            return Ok(false);
        }
        let now = self.time.on_a_phone(self.phones[id].hours_off);
        let left = self.phones[id].diary.with(|diary| diary.leave(erase, now));
        let what = if erase { "leave the study and erase what it has" } else { "leave the study" };
        if !self.done(id, what, &left)? {
            return Ok(false);
        }
        (self.phones[id].left, self.phones[id].ever_left) = (true, true);
        let others = |phone: &&mut Phone| phone.person == person && phone.alive && phone.id != id;
        let mut alone = true;
        for other in self.phones.iter_mut().filter(others) {
            (other.left_elsewhere, alone) = (true, false);
            if erase {
                // What was taken back elsewhere, or written there, is erased before this phone has read it again.
                let texts = &self.model.texts;
                other.must.retain(|text| texts[*text].written_on == other.id && texts[*text].chosen_on == other.id);
            }
        }
        if !alone || self.may_come_to_nothing(id) {
            self.model.left_by_one_of_two(person);
            self.acts.push("leave by one of two phones");
            return Ok(true);
        }
        let set_back = self.phones[id].set_back;
        for text in 0..self.model.texts.len() {
            let Choice::Held(hold) = self.model.texts[text].choice else {
                if erase && self.model.texts[text].person == person {
                    self.erased_by_leaving(text, id, set_back);
                }
                continue;
            };
            match (hold.phone == id, erase) {
                (true, true) => self.erased_by_leaving(text, id, set_back),
                (true, false) => self.model.choose(text, id, set_back || hold.tried, Choice::Private),
                (false, _) => {}
            }
        }
        Ok(true)
    }

    fn erased_by_leaving(&mut self, text: TextId, id: usize, set_back: bool) {
        self.model.choose(text, id, set_back, Choice::Private);
        self.model.texts[text].local = true;
        self.model.safe.remove(&text);
        self.model.sealed_anew(text, id);
    }

    /// Somebody changes a phone's passphrase.
    pub fn change_lock(&mut self, phone: u32) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        let phone = &mut self.phones[id];
        let new = format!("{}+", phone.passphrase);
        let (old_secret, new_secret) = (LockSecret::passphrase(&phone.passphrase), LockSecret::passphrase(&new));
        let changed = phone.diary.with(|diary| diary.change_lock(&old_secret, &new_secret));
        if changed.is_ok() {
            phone.passphrase = new;
        }
        self.done(id, "change the passphrase", &changed)
    }

    /// Finishes a new entry, or a revision of one.
    fn finish(
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
    fn draft(&mut self, id: usize, words: &str, sound: Option<&[u8]>, crash: bool) -> Result<String, Broken> {
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

    /// What somebody took back on a phone.
    fn taken_back(&mut self, id: usize, texts: &[TextId]) -> Result<(), Broken> {
        let (person, set_back) = (self.phones[id].person, self.may_come_to_nothing(id));
        for (at, text) in texts.iter().enumerate() {
            // Another phone that holds it may grant it before it hears of this; the erasure wins all the same.
            let elsewhere = matches!(self.model.texts[*text].choice, Choice::Held(hold) if hold.phone != id);
            self.model.texts[*text].may_have_been_granted |= elsewhere;
            self.model.choose(*text, id, set_back, Choice::Private);
            self.model.texts[*text].local &= !self.phones[id].keeps_together();
            // One that had not come to this phone is not in its copy; where it was recorded it is put there.
            if self.phones[id].hear(&self.model.texts[*text].words).map_err(trouble)?.is_some() {
                self.model.sealed_anew(*text, id);
            } else {
                // With what the copy says now, that is.
                self.model.texts[*text].may_be_mute |= at > 0;
            }
        }
        self.model.unsettle_others(person, texts);
        Ok(())
    }

    /// Whether what is chosen on a phone may come to nothing: who has left tells a server that was set back nothing again.
    fn may_come_to_nothing(&self, id: usize) -> bool {
        let phone = &self.phones[id];
        phone.doubtful() || (phone.left && self.server_set_back)
    }

    /// Whether what is chosen for an entry on a phone may not be the last word: another phone may have taken back or deleted what
    /// this one still shows, or this one's file is an old copy.
    fn is_doubtful(&self, id: usize, texts: &[TextId]) -> bool {
        // A revision that another phone made of it, and that has not come to this one, takes the choice with it.
        let of_it = |text: &Text| texts.iter().any(|known| self.model.texts[*known].line == text.line);
        let unknown = |text: &Text| of_it(text) && !text.known_on.contains(&id);
        self.may_come_to_nothing(id) || self.model.texts.iter().any(unknown)
    }

    /// A hold that begins now, by what the phone says that now is.
    fn hold(&self, id: usize) -> Hold {
        let until = self.time.on_a_phone(self.phones[id].hours_off).millis() + HOLD;
        Hold { phone: id, chosen_at: self.time.now(), until, tried: false }
    }

    /// One of the entries on a phone, counted as they were written.
    fn pick_entry(&self, id: usize, number: u32) -> Result<Option<Picked>, Broken> {
        self.pick_entry_where(id, number, |_| true)
    }

    /// One of those of which a revision has such a choice; where there is none, one of all.
    fn pick_entry_where(
        &self,
        id: usize,
        number: u32,
        wanted: impl Fn(Choice) -> bool,
    ) -> Result<Option<Picked>, Broken> {
        let on_phone = match self.phones[id].texts() {
            Ok(texts) => texts,
            Err(error) => return broken(SAVED, error),
        };
        let mut known = Vec::new();
        for (entry, words) in &on_phone {
            match self.model.find(words) {
                Some(text) => known.push((text, *entry)),
                None => {
                    return broken(SAVED, format!("on a phone stands {words:?}, which nobody wrote"));
                }
            }
        }
        known.sort_by_key(|(text, _)| *text);
        let such: Vec<_> = known.iter().filter(|(text, _)| wanted(self.model.texts[*text].choice)).copied().collect();
        let known = if such.is_empty() { known } else { such };
        let Some((_, entry)) = known.get(number as usize % known.len().max(1)).copied() else { return Ok(None) };
        let texts = on_phone.iter().filter(|(of, _)| *of == entry).filter_map(|(_, words)| self.model.find(words));
        Ok(Some(Picked { entry, texts: texts.collect() }))
    }

    /// Tells what was done or could not be; only a refusal that a person would understand is right.
    fn done(&mut self, id: usize, what: &str, done: &Result<(), Error>) -> Result<bool, Broken> {
        let name = self.phones[id].name();
        match done {
            Ok(()) => {
                self.tell(format!("On {name}: {what}."));
                Ok(true)
            }
            Err(error) => {
                self.tell(format!("On {name}: {what}; it says: {error}."));
                let understood = matches!(
                    error.code(),
                    ErrorCode::NotNow
                        | ErrorCode::NoStudy
                        | ErrorCode::PhoneStopped
                        | ErrorCode::Revoked
                        | ErrorCode::EntryUnknown
                        | ErrorCode::VoiceNotHere
                );
                match understood {
                    true => Ok(false),
                    false => broken(SAVED, format!("on {name}, to {what} fails: {error}")),
                }
            }
        }
    }

    fn nothing(&mut self, id: usize, what: &str) -> bool {
        self.tell(format!("On {}: there is nothing to {what}.", self.phones[id].name()));
        false
    }

    fn new_words(&self) -> String {
        format!("{CANARY} entry {}", self.model.texts.len() + 1)
    }

    /// As long as a part and more, or a few bytes.
    fn new_sound(&self) -> Vec<u8> {
        let number = self.model.sounds.len() + 1;
        let spoken = format!("{CANARY} spoken {number} ");
        spoken.bytes().cycle().take(1 + number * 3001 % 20_000).collect()
    }

    fn short(&self, text: TextId) -> String {
        short(&self.model.texts[text].words)
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

/// What was written, without how everything begins.
pub fn short(words: &str) -> String {
    words.trim_start_matches(CANARY).trim().to_owned()
}
