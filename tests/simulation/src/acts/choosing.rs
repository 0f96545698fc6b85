//! What a choice means to the model, by who may know of it.

use crate::model::{Choice, HOLD, Hold, Text, TextId};
use crate::world::{Broken, World, trouble};

impl World {
    /// What somebody took back on a phone.
    pub(super) fn taken_back(&mut self, id: usize, texts: &[TextId]) -> Result<(), Broken> {
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
                // With the newest revision, that is.
                self.model.texts[*text].may_be_mute |= at > 0 && self.model.texts[*text].sound.is_some();
            }
            self.model.texts[*text].taken_back = true;
        }
        self.model.unsettle_others(person, texts);
        Ok(())
    }

    /// Whether what is chosen on a phone may come to nothing: who has left tells a server that was set back nothing again.
    pub(super) fn may_come_to_nothing(&self, id: usize) -> bool {
        let phone = &self.phones[id];
        phone.doubtful() || (phone.left && self.server_set_back)
    }

    /// Whether what is chosen for an entry on a phone may not be the last word: another phone may have taken back or deleted what
    /// this one still shows, or this one's file is an old copy.
    pub(super) fn is_doubtful(&self, id: usize, texts: &[TextId]) -> bool {
        // A revision that another phone made of it, and that has not come to this one, takes the choice with it.
        let of_it = |text: &Text| texts.iter().any(|known| self.model.texts[*known].line == text.line);
        let unknown = |text: &Text| of_it(text) && !text.known_on.contains(&id);
        self.may_come_to_nothing(id) || self.model.texts.iter().any(unknown)
    }

    /// A hold that begins now, by what the phone says that now is.
    pub(super) fn hold(&self, id: usize) -> Hold {
        let until = self.time.on_a_phone(self.phones[id].hours_off).millis() + HOLD;
        Hold { phone: id, chosen_at: self.time.now(), until, tried: false }
    }
}
