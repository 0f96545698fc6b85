//! Picking what an act is about, and telling what came of it.

use waymark_diary::Error;
use waymark_diary::page::ErrorCode;
use waymark_protocol::EntryId;

use super::SAVED;
use crate::model::{Choice, TextId};
use crate::wire::CANARY;
use crate::world::{Broken, World, broken};

/// An entry that was picked: its id, and its revisions on that phone, newest first.
pub(super) struct Picked {
    pub entry: EntryId,
    pub texts: Vec<TextId>,
}

impl World {
    /// One of the entries on a phone, counted as they were written.
    pub(super) fn pick_entry(&self, id: usize, number: u32) -> Result<Option<Picked>, Broken> {
        self.pick_entry_where(id, number, |_| true)
    }

    /// One of those of which a revision has such a choice; where there is none, one of all.
    pub(super) fn pick_entry_where(
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
    pub(super) fn done(&mut self, id: usize, what: &str, done: &Result<(), Error>) -> Result<bool, Broken> {
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

    pub(super) fn nothing(&mut self, id: usize, what: &str) -> bool {
        self.tell(format!("On {}: there is nothing to {what}.", self.phones[id].name()));
        false
    }

    pub(super) fn new_words(&self) -> String {
        format!("{CANARY} entry {}", self.model.texts.len() + 1)
    }

    /// As long as a part and more, or a few bytes.
    pub(super) fn new_sound(&self) -> Vec<u8> {
        let number = self.model.sounds.len() + 1;
        let spoken = format!("{CANARY} spoken {number} ");
        spoken.bytes().cycle().take(1 + number * 3001 % 20_000).collect()
    }

    pub(super) fn short(&self, text: TextId) -> String {
        short(&self.model.texts[text].words)
    }
}

/// What was written, without how everything begins.
pub fn short(words: &str) -> String {
    words.trim_start_matches(CANARY).trim().to_owned()
}
