//! What each person wrote and chose, kept by the simulation and by nothing that it checks.
//!
//! Every revision has words of its own, so a revision is known by its words wherever it turns up: under another entry id after it was
//! taken back, on another phone, at the desk. What must be at the desk follows from what was chosen:
//!
//! ```text
//!          share            the hold is over, and a sync went through
//! Private ───────► Held ──────────────────────────────────────────────► Shared
//!    ▲               │                                                    │
//!    └───────────────┴──────── keep private, take back, delete ───────────┘
//! ```
//!
//! Where a fault or another phone of the same person leaves more than one right outcome, it is [`Choice::Unsure`], and neither is
//! demanded: that must be rare, and is counted.

use std::collections::BTreeSet;

use crate::time::HOUR;

/// The study's hold.
pub const HOLD: u64 = 48 * HOUR;

/// A revision, by its number.
pub type TextId = usize;
/// A voice note, by its number.
pub type SoundId = usize;
/// A phone, by its number.
pub type PhoneId = usize;

/// What was chosen for a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Its writer's alone.
    Private,
    /// To be shared when the hold is over.
    Held(Hold),
    /// With the study, once everything has arrived.
    Shared,
    /// Either is right.
    Unsure,
}

/// A hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// On which phone it was chosen.
    pub phone: PhoneId,
    /// When, in truth.
    pub chosen_at: u64,
    /// When it is over, by that phone's clock.
    pub until: u64,
    /// Whether a sync that did not go through may have granted it already.
    pub tried: bool,
}

/// A revision.
#[derive(Debug, Clone)]
pub struct Text {
    /// Who wrote it.
    pub person: usize,
    /// What was written.
    pub words: String,
    /// On which phone.
    pub written_on: PhoneId,
    /// The first revision of its entry.
    pub line: TextId,
    /// What was chosen.
    pub choice: Choice,
    /// Whether it may ever have been granted: else nothing that left a phone may open it.
    pub may_have_been_granted: bool,
    /// Whether somebody ever chose to share it.
    pub ever_held: bool,
    /// Whether somebody took it back or deleted it: its writer's phones have a copy of it, or nothing.
    pub taken_back: bool,
    /// Whether somebody deleted it everywhere.
    pub deleted: bool,
    /// Whether it is on one phone alone: it was written before joining, and not backed up.
    pub local: bool,
    /// Where the last choice was made.
    pub chosen_on: PhoneId,
    /// Whether a sync of that phone went through since.
    pub published: bool,
    /// The phones that know the last choice.
    pub known_on: BTreeSet<PhoneId>,
    /// What was spoken with it.
    pub sound: Option<SoundId>,
    /// Whether it may have lost what was spoken with it: another phone took the entry back before this one had heard it, and has it
    /// in a copy of its own.
    pub may_be_mute: bool,
}

/// What somebody spoke: all revisions of an entry have the same.
#[derive(Debug, Clone)]
pub struct Sound {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The phone that has them, and may be the only one.
    pub on: PhoneId,
    /// Whether the server has them too: a sync of that phone went through since, and no old backup came.
    pub safe: bool,
}

impl Text {
    /// Either outcome is right from now on.
    pub fn unsettle(&mut self) {
        (self.choice, self.may_have_been_granted) = (Choice::Unsure, true);
    }
}

/// All that was written.
#[derive(Debug, Default)]
pub struct Model {
    /// The revisions, in the order in which they were written.
    pub texts: Vec<Text>,
    /// What was spoken.
    pub sounds: Vec<Sound>,
    /// Revisions that a phone has shown as receipted, by person, and that no old backup has taken away since.
    pub safe: BTreeSet<TextId>,
}

impl Model {
    /// Somebody saved a revision; what was spoken with the one before stays with it.
    pub fn wrote(&mut self, person: usize, words: String, on: PhoneId, before: Option<TextId>, local: bool) -> TextId {
        let id = self.texts.len();
        let sound = before.and_then(|before| self.texts[before].sound);
        self.texts.push(Text {
            person,
            words,
            written_on: on,
            line: before.map_or(id, |before| self.texts[before].line),
            choice: Choice::Private,
            may_have_been_granted: false,
            ever_held: false,
            taken_back: false,
            deleted: false,
            local,
            chosen_on: on,
            published: false,
            known_on: BTreeSet::from([on]),
            sound,
            may_be_mute: before
                .filter(|_| sound.is_some())
                .is_some_and(|before| self.texts[before].may_be_mute || !self.texts[before].known_on.contains(&on)),
        });
        id
    }

    /// Somebody spoke with the revision that they saved.
    pub fn spoke(&mut self, text: TextId, bytes: Vec<u8>, on: PhoneId) {
        self.texts[text].sound = Some(self.sounds.len());
        self.sounds.push(Sound { bytes, on, safe: false });
    }

    /// A phone seals what was spoken anew: until it has been sent, nobody else has it in that form.
    pub fn sealed_anew(&mut self, text: TextId, on: PhoneId) {
        if let Some(sound) = self.texts[text].sound {
            (self.sounds[sound].on, self.sounds[sound].safe) = (on, false);
        }
    }

    /// The revision with these words.
    pub fn find(&self, words: &str) -> Option<TextId> {
        self.texts.iter().position(|text| text.words == words)
    }

    /// A choice is made on a phone. One that does not know the last choice, or whose file is an old copy, leaves it open what
    /// comes of the two.
    pub fn choose(&mut self, id: TextId, on: PhoneId, doubtful: bool, choice: Choice) {
        let text = &mut self.texts[id];
        text.ever_held |= matches!(choice, Choice::Held(_));
        let contested = doubtful || !text.known_on.contains(&on);
        let nothing_to_open = text.choice == Choice::Private && choice == Choice::Private;
        text.choice = choice;
        if contested && !nothing_to_open {
            text.unsettle();
        }
        // Of two choices that were made apart nobody knows the last.
        let apart = !text.known_on.contains(&on);
        let known_on = if apart { BTreeSet::new() } else { BTreeSet::from([on]) };
        (text.chosen_on, text.published, text.known_on) = (on, false, known_on);
    }

    /// What may come of the other revisions of an entry of which these were taken back or deleted.
    pub fn unsettle_others(&mut self, person: usize, these: &[TextId]) {
        let lines: BTreeSet<TextId> = these.iter().map(|id| self.texts[*id].line).collect();
        for (id, text) in self.texts.iter_mut().enumerate() {
            let other = text.person == person && lines.contains(&text.line) && !these.contains(&id);
            text.may_be_mute |= other && text.sound.is_some();
            if other && text.choice != Choice::Private {
                text.unsettle();
            }
        }
    }

    /// A phone is gone, or is another than it was: what was chosen on it and never went through may or may not have been said.
    pub fn phone_gone(&mut self, phone: PhoneId) {
        for text in &mut self.texts {
            match text.choice {
                Choice::Held(hold) if hold.phone == phone => {
                    text.choice = Choice::Private;
                    if hold.tried || (!text.published && text.may_have_been_granted) {
                        text.unsettle();
                    }
                }
                _ if text.chosen_on == phone && !text.published && text.may_have_been_granted => text.unsettle(),
                _ => {}
            }
        }
    }

    /// A phone's sync has ended. `through`: with a receipt for everything; `read`: after reading all that other phones wrote;
    /// `doubted`: the phone said that its clock had jumped during a hold; `steady`: in truth it never has.
    pub fn synced(&mut self, phone: PhoneId, phone_now: u64, now: u64, sync: Synced) {
        if sync.through && sync.steady {
            self.sounds.iter_mut().filter(|sound| sound.on == phone).for_each(|sound| sound.safe = true);
        }
        for text in &mut self.texts {
            if let Choice::Held(hold) = &mut text.choice
                && hold.phone == phone
                && hold.until <= phone_now
            {
                text.may_have_been_granted = true;
                let early = now.saturating_sub(hold.chosen_at) < HOLD - 2 * HOUR;
                match sync {
                    Synced { through: true, read: true, doubted: false, steady, .. } => {
                        text.choice = if steady || !early { Choice::Shared } else { Choice::Private };
                    }
                    Synced { steady: true, doubted: false, .. } => hold.tried = true,
                    _ => text.unsettle(),
                }
            } else if matches!(text.choice, Choice::Held(hold) if hold.phone == phone && hold.tried) && sync.through {
                // By a clock that was set back since it is held still; granted it may have been before.
                text.unsettle();
            }
            if !sync.through {
                continue;
            }
            if text.chosen_on == phone {
                text.published = true;
            } else if text.published && sync.read {
                text.known_on.insert(phone);
            }
        }
    }
}

/// How a sync ended.
#[derive(Debug, Clone, Copy)]
pub struct Synced {
    /// With a receipt for everything.
    pub through: bool,
    /// All that other phones wrote was read before anything was granted.
    pub read: bool,
    /// The phone said that its clock had jumped during a hold.
    pub doubted: bool,
    /// In truth its clock never has, and no reply was changed.
    pub steady: bool,
}

impl Model {
    /// A phone's file is an old copy from now on: what was chosen on it since may have been said or not, and what the copy holds it
    /// may still grant. What was on that phone `alone` is so again, if nothing went through since.
    pub fn set_back(&mut self, phone: PhoneId, alone: &BTreeSet<TextId>) {
        for (id, text) in self.texts.iter_mut().enumerate() {
            text.local |= alone.contains(&id) && !text.published;
            let touched = text.chosen_on == phone || matches!(text.choice, Choice::Held(hold) if hold.phone == phone);
            let ever_chosen = text.may_have_been_granted || text.choice != Choice::Private || text.ever_held;
            if touched && ever_chosen {
                text.unsettle();
            }
        }
    }

    /// Somebody asked for a phone to be stopped: what it has said and got a receipt for stays said if the others had read it all
    /// (`sure`), and of all else nobody knows.
    pub fn stopped(&mut self, phone: PhoneId, sure: bool) {
        for (id, text) in self.texts.iter_mut().enumerate() {
            let held_there = matches!(text.choice, Choice::Held(hold) if hold.phone == phone);
            let said = sure && text.choice == Choice::Shared && text.published;
            let ever_chosen = text.may_have_been_granted || text.choice != Choice::Private || text.ever_held;
            if (text.chosen_on == phone || held_there) && ever_chosen && !said {
                text.unsettle();
            }
            if text.written_on == phone && !sure {
                self.safe.remove(&id);
            }
        }
        self.sounds.iter_mut().filter(|sound| sound.on == phone && !sure).for_each(|sound| sound.safe = false);
    }

    /// Somebody left by one phone while they have another: each keeps what it has, and what comes of choices hangs on who heard of it
    /// first.
    pub fn left_by_one_of_two(&mut self, person: usize) {
        for (id, text) in self.texts.iter_mut().enumerate().filter(|(_, text)| text.person == person) {
            if text.may_have_been_granted || text.choice != Choice::Private || text.ever_held {
                text.unsettle();
            }
            text.local = true;
            self.safe.remove(&id);
            if let Some(sound) = text.sound {
                self.sounds[sound].safe = false;
            }
        }
    }

    /// The server is one from an old backup: phones that are still there say everything again, and what others said is open.
    pub fn server_set_back(&mut self, still_there: impl Fn(PhoneId) -> bool) {
        self.safe.clear();
        self.sounds.iter_mut().for_each(|sound| sound.safe = false);
        for text in &mut self.texts {
            if !still_there(text.chosen_on) && text.may_have_been_granted {
                text.unsettle();
            }
            text.published = false;
        }
    }
}
