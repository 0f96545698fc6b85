//! Acts of people: each is done on the real diary, and in the model.

use waymark_diary::page::{Draft, ErrorCode};
use waymark_diary::{Error, Finished, LockSecret, Readers};
use waymark_protocol::EntryId;

use crate::model::{Choice, HOLD, Hold, TextId};
use crate::wire::CANARY;
use crate::world::{Broken, World, broken};

/// An entry that was picked: its id, and its revisions on that phone, newest first.
struct Picked {
    entry: EntryId,
    texts: Vec<TextId>,
}

impl World {
    /// Somebody writes an entry.
    pub fn write(&mut self, phone: u32, share: bool, crash: bool) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        let words = self.new_words();
        let draft = if crash { Some(self.draft_and_crash(id, &words)?) } else { None };
        self.finish(id, None, draft, words, share)
    }

    /// Somebody changes an entry.
    pub fn edit(&mut self, phone: u32, entry: u32, share: bool) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        let Some(picked) = self.pick_entry(id, entry)? else { return Ok(self.nothing(id, "change")) };
        let words = self.new_words();
        self.finish(id, Some(picked), None, words, share)
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
            Choice::Held(old) if old.phone == id => {
                self.model.choose(latest, id, doubtful, Choice::Held(Hold { tried: old.tried, ..hold }));
            }
            Choice::Private => self.model.choose(latest, id, doubtful, Choice::Held(hold)),
            Choice::Held(_) | Choice::Unsure => self.model.choose(latest, id, true, Choice::Unsure),
        }
        self.model.texts[latest].local = false;
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
            self.taken_back(id, &picked.texts);
            return Ok(true);
        }
        let set_back = self.phones[id].set_back;
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
            self.taken_back(id, &picked.texts);
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
        self.taken_back(id, &picked.texts);
        for text in picked.texts {
            self.model.texts[text].deleted = true;
            self.model.safe.remove(&text);
            self.phones.iter_mut().for_each(|phone| {
                phone.must.remove(&text);
            });
        }
        Ok(true)
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
        let share = share && phone.joined;
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
        let (person, local) = (phone.person, !phone.joined);
        let what = match &of {
            None => format!("write {}", short(&words)),
            Some(picked) => format!("change {} to {}", self.short(picked.texts[0]), short(&words)),
        };
        let what = if share { format!("{what} and choose to share it") } else { what };
        if !self.done(id, &what, &saved.map(drop))? {
            return Ok(false);
        }
        let set_back = self.phones[id].set_back;
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

    /// Words are saved as a draft, the process ends, and the draft is there.
    fn draft_and_crash(&mut self, id: usize, words: &str) -> Result<String, Broken> {
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
        let saved = self.phones[id].diary.with(|diary| diary.save_draft(draft, now));
        let saved = match saved {
            Ok(draft) => draft.id,
            Err(error) => return broken("1: what was saved is there", format!("a draft was not saved: {error}")),
        };
        if let Err(error) = self.phones[id].crash() {
            return broken("1: what was saved is there", error);
        }
        self.tell(format!("The process of {} ends while {} is being written.", self.phones[id].name(), short(words)));
        let draft = self.phones[id].diary.with(|diary| diary.draft());
        match draft {
            Ok(Some(draft)) if draft.id == saved && draft.text == words => Ok(saved),
            _ => broken("1: what was saved is there", "a draft that was saved is not there after the process ended"),
        }
    }

    /// What somebody took back on a phone.
    fn taken_back(&mut self, id: usize, texts: &[TextId]) {
        let (person, set_back) = (self.phones[id].person, self.phones[id].set_back);
        for text in texts {
            self.model.choose(*text, id, set_back, Choice::Private);
            self.model.texts[*text].local = false;
        }
        self.model.unsettle_others(person, texts);
    }

    /// Whether what is chosen for an entry on a phone may not be the last word: another phone may have taken back or deleted what
    /// this one still shows, or this one's file is an old copy.
    fn is_doubtful(&self, id: usize, texts: &[TextId]) -> bool {
        self.phones[id].set_back || texts.iter().any(|text| !self.model.texts[*text].known_on.contains(&id))
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
            Err(error) => return broken("1: what was saved is there", error),
        };
        let mut known = Vec::new();
        for (entry, words) in &on_phone {
            match self.model.find(words) {
                Some(text) => known.push((text, *entry)),
                None => {
                    return broken(
                        "1: what was saved is there",
                        format!("on a phone stands {words:?}, which nobody wrote"),
                    );
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
                );
                match understood {
                    true => Ok(false),
                    false => broken("1: what was saved is there", format!("on {name}, to {what} fails: {error}")),
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

    fn short(&self, text: TextId) -> String {
        short(&self.model.texts[text].words)
    }
}

/// What was written, without how everything begins.
pub fn short(words: &str) -> String {
    words.trim_start_matches(CANARY).trim().to_owned()
}
