//! What was saved is on the phones, and can be heard there.

use std::collections::{BTreeMap, BTreeSet};

use crate::acts::{SAVED, short};
use crate::model::{Sound, Text};
use crate::phone::Phone;
use crate::world::{Broken, World, broken};

impl World {
    pub(super) fn what_was_saved_is_there(&self) -> Result<(), Broken> {
        for person in 0..self.people.len() {
            let theirs: Vec<&Phone> = self.phones.iter().filter(|phone| phone.person == person).collect();
            let together = |phone: &&&Phone| phone.keeps_together();
            let mut everywhere: BTreeSet<usize> =
                theirs.iter().filter(together).flat_map(|phone| phone.must.iter().copied()).collect();
            everywhere.extend(self.model.safe.iter().filter(|text| self.model.texts[**text].person == person));
            everywhere.retain(|text| !self.model.texts[*text].local && !self.model.texts[*text].deleted);
            let alone = theirs.len() == 1 && !theirs[0].ever_set_back;
            for phone in theirs.iter().filter(|phone| phone.alive) {
                let mut must = phone.must.clone();
                if phone.incomplete {
                    // Another may have taken back what it has not got the copy of.
                    let there = |text: &Text| !text.taken_back || text.chosen_on == phone.id;
                    must.retain(|text| there(&self.model.texts[*text]));
                }
                if together(&phone) && !phone.incomplete {
                    must.extend(&everywhere);
                }
                self.is_on(phone, &must, alone)?;
                self.can_be_heard_on(phone, &must, together(&phone) && !phone.incomplete)?;
            }
        }
        Ok(())
    }

    /// Whether these are on a phone; `once`: and nothing twice or after it was deleted.
    pub(super) fn is_on(&self, phone: &Phone, must: &BTreeSet<usize>, once: bool) -> Result<(), Broken> {
        let name = phone.name();
        let texts = phone.texts().or_else(|error| broken(SAVED, format!("{name}: {error}")))?;
        let mut seen = BTreeMap::new();
        for (_, words) in &texts {
            let Some(text) = self.model.find(words).filter(|text| self.model.texts[*text].person == phone.person)
            else {
                return broken(SAVED, format!("on {name} stands {words:?}, which its person never wrote"));
            };
            *seen.entry(text).or_insert(0) += 1;
        }
        if let Some(text) = must.iter().find(|text| !seen.contains_key(*text)) {
            return broken(SAVED, format!("{} is not on {name}", short(&self.model.texts[*text].words)));
        }
        let strange = |(text, times): &(&usize, &i32)| **times > 1 || self.model.texts[**text].deleted;
        match seen.iter().find(strange).filter(|_| once) {
            Some((text, times)) => {
                let words = short(&self.model.texts[*text].words);
                broken(SAVED, format!("{words} is on {name} {times} times, though it was written once or deleted"))
            }
            None => Ok(()),
        }
    }

    /// Whether what was spoken with these is on a phone; `together`: also what another phone recorded.
    pub(super) fn can_be_heard_on(&self, phone: &Phone, must: &BTreeSet<usize>, together: bool) -> Result<(), Broken> {
        for text in must.iter().map(|text| &self.model.texts[*text]) {
            let Some(sound) = text.sound.map(|sound| &self.model.sounds[sound]) else { continue };
            let heard = phone.hear(&text.words).or_else(|error| broken(SAVED, format!("{}: {error}", phone.name())))?;
            let (words, name) = (short(&text.words), phone.name());
            match heard {
                Some(bytes) if bytes == sound.bytes => {}
                Some(_) => return broken(SAVED, format!("what was spoken with {words} is something else on {name}")),
                None if !text.may_be_mute && self.must_be_heard(sound, phone, together) => {
                    return broken(SAVED, format!("what was spoken with {words} is not on {name}"));
                }
                None => {}
            }
        }
        Ok(())
    }

    /// Whether a voice note is on a phone: it was recorded there, or where it was recorded it can still be sent, or it has been.
    pub(super) fn must_be_heard(&self, sound: &Sound, on: &Phone, together: bool) -> bool {
        let recorded_on = &self.phones[sound.on];
        if sound.on == on.id {
            return !on.ever_set_back;
        }
        together && (sound.safe || sends(recorded_on))
    }
}

/// Whether what was recorded on a phone is on its way to the server, or there.
pub(super) fn sends(phone: &Phone) -> bool {
    phone.keeps_together() && !phone.ever_set_back
}
