//! Acts of people: each is done on the real diary, and in the model.

mod choosing;
mod picking;
mod saving;

use waymark_diary::LockSecret;

pub(crate) use self::picking::short;
use crate::model::{Choice, TextId};
use crate::phone::Phone;
use crate::world::{Broken, World, broken};

pub(crate) const SAVED: &str = "1: what was saved is there";

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
}
