//! Acts that need a connection: joining, syncing, a new phone, the desk's pull.

use std::collections::BTreeSet;

use axum::http::Method;
use waymark_desk::Progress;
use waymark_desk::pull::{Pulled, pull_over};
use waymark_diary::page::ErrorCode;
use waymark_diary::sync::{self, Outcome};
use waymark_diary::{Error, LockSecret, Place, join, preview, restore, stop_phone};
use waymark_protocol::document::SignedDocument;
use waymark_protocol::invitation::{Invitation, ServerUrl};
use waymark_protocol::study::{Document, Envelope, StudyFile};

use crate::fault::Trouble;
use crate::model::Synced;
use crate::phone::Phone;
use crate::template::{PASSPHRASE, STUDY};
use crate::wire::{HOST, PhoneEnd};
use crate::world::{Broken, World, broken, trouble};

/// How many phones a person has at once.
const MOST_PHONES: usize = 2;

impl World {
    /// Somebody joins with their first phone; says why not.
    pub async fn join(
        &mut self,
        person: usize,
        back_up: bool,
        troubles: &[Trouble],
    ) -> Result<Option<ErrorCode>, Broken> {
        let first = self.phones.iter().find(|phone| phone.person == person && phone.alive && !phone.joined);
        let Some(id) = first.map(|phone| phone.id) else { return Ok(None) };
        let invitation = Invitation::parse(&self.people[person].link).map_err(trouble)?;
        let (line, now) = (PhoneEnd(self.wire.clone()), self.time.on_a_phone(self.phones[id].hours_off));
        let diary = self.phones[id].diary.clone();
        let joining = async {
            let preview = preview(invitation, &line).await?;
            join(&diary, &preview, &["text".to_owned()], back_up, now, &line).await
        };
        let joined = self.wire.with(troubles, joining).await;
        let name = self.phones[id].name();
        match joined {
            None => {
                self.tell(format!("{name} joins; its process ends meanwhile."));
                self.crash_phone(id)?;
                // Joining is one transaction at the end, so the file says whether it happened.
                let has_joined = self.phones[id].diary.with(|diary| Ok(diary.has_joined())).unwrap_or(false);
                if has_joined {
                    self.has_joined(id, back_up);
                }
            }
            Some(Ok(())) => {
                self.tell(format!("{name} joins."));
                self.has_joined(id, back_up);
            }
            Some(Err(error)) => {
                self.tell(format!("{name} joins; it says: {error}."));
                let code = error.code();
                if code == ErrorCode::AlreadyJoined {
                    return broken("3: all converge", format!("{name} has joined without knowing it"));
                }
                return Ok(Some(code));
            }
        }
        Ok(None)
    }

    fn has_joined(&mut self, id: usize, back_up: bool) {
        self.phones[id].joined = true;
        if back_up {
            let on_it: BTreeSet<_> = self.phones[id].must.clone();
            on_it.into_iter().for_each(|text| self.model.texts[text].local = false);
        }
    }

    /// A phone syncs as far as the connection goes.
    pub async fn sync(&mut self, id: usize, troubles: &[Trouble]) -> Result<Option<Outcome>, Broken> {
        let name = self.phones[id].name();
        if !self.phones[id].joined {
            return Ok(None);
        }
        let (line, now) = (PhoneEnd(self.wire.clone()), self.time.on_a_phone(self.phones[id].hours_off));
        let diary = self.phones[id].diary.clone();
        let synced = self.wire.with(troubles, sync::run(&diary, &line, now)).await;
        if self.wire.was_changed() {
            self.phones[id].unsteady = true;
        }
        let steady = !self.phones[id].unsteady && !self.phones[id].doubtful();
        let mut sync = Synced { through: false, read: false, doubted: false, steady };
        let outcome = match synced {
            None => {
                self.tell(format!("{name} syncs; its process ends meanwhile."));
                self.model.synced(id, now.millis(), self.time.now(), sync);
                self.phones[id].incomplete |= self.wire.was_changed_again();
                self.crash_phone(id)?;
                return Ok(None);
            }
            // Who has left and said so has nobody to talk to.
            Some(Err(Error::Plain(ErrorCode::NoStudy))) if self.phones[id].left || self.phones[id].left_elsewhere => {
                self.phones[id].left = true;
                return Ok(None);
            }
            Some(Err(error)) => {
                return broken("3: all converge", format!("{name} cannot sync: {error}"));
            }
            Some(Ok(outcome)) => outcome,
        };
        self.tell(format!("{name} syncs: {}.", told(&outcome)));
        sync.through = outcome.stopped.is_none();
        sync.read = !outcome.noticed.contains(&ErrorCode::OtherPhoneMissing);
        self.phones[id].incomplete |= !sync.read && self.wire.was_changed_again();
        sync.doubted = outcome.noticed.contains(&ErrorCode::ClockJumped);
        if sync.doubted && steady {
            return broken("3: all converge", format!("{name} says that its clock has jumped, and it never has"));
        }
        let refused =
            matches!(outcome.stopped, Some(ErrorCode::Diverged | ErrorCode::Revoked | ErrorCode::PhoneStopped));
        if refused
            && outcome.stopped == Some(ErrorCode::Diverged)
            && (self.phones[id].set_back || self.wire.was_changed())
        {
            self.phones[id].diverged |= self.phones[id].set_back;
        } else if refused && self.phones[id].stop_asked && outcome.stopped != Some(ErrorCode::Diverged) {
            self.phones[id].stopped = true;
        } else if refused && !self.wire.was_changed() {
            return broken("3: all converge", format!("{name} is told {:?}, for no reason", outcome.stopped));
        }
        self.model.synced(id, now.millis(), self.time.now(), sync);
        self.what_is_said_to_have_arrived_was_receipted(id)?;
        // A receipt that was of another time, or that was changed, keeps nothing safe.
        if sync.through && !self.wire.was_changed() {
            // What the server has lies in this phone's log: the copy was no older than that.
            self.phones[id].set_back &= self.server_set_back;
        }
        if sync.through && !self.wire.was_changed() && !self.phones[id].stop_asked {
            let sent = self.phones[id].must.iter().filter(|text| !self.model.texts[**text].local);
            self.model.safe.extend(sent.copied());
        }
        Ok(Some(outcome))
    }

    /// Only a receipt makes a phone say that something has arrived.
    fn what_is_said_to_have_arrived_was_receipted(&self, id: usize) -> Result<(), Broken> {
        let (phone, now) = (&self.phones[id], self.time.on_a_phone(self.phones[id].hours_off));
        let arrived = phone.diary.with(|diary| {
            let mut arrived = Vec::new();
            for entry in diary.entry_ids() {
                if matches!(diary.place(&entry, now)?, Place::WithStudy | Place::BackedUp) {
                    let latest = diary.revisions(&entry)?.first().map(|latest| latest.text.clone());
                    arrived.extend(latest);
                }
            }
            Ok(arrived)
        });
        let arrived = arrived.map_err(trouble)?;
        let never = |words: &&String| !self.wire.tape(|tape| tape.receipted_words.contains(*words));
        // Of several revisions the one that has come farthest decides, so of one that was changed the latest may not have arrived.
        let alone = |words: &&String| {
            let text = self.model.find(words).map(|text| &self.model.texts[text]);
            text.is_some_and(|text| self.model.texts.iter().filter(|other| other.line == text.line).count() == 1)
        };
        match arrived.iter().filter(alone).find(never) {
            Some(words) => broken(
                "2: a receipted record is on the server",
                format!("{} says that {words:?} has arrived, and nothing receipted it", phone.name()),
            ),
            None => Ok(()),
        }
    }

    /// The desk pulls, as far as the connection goes.
    pub async fn pull(&mut self, troubles: &[Trouble]) -> Result<Option<Pulled>, Broken> {
        let (server, now) = (self.connection()?, self.time.now());
        let mut desk = self.desk.take().ok_or_else(|| trouble("the desk is not open"))?;
        let progress = Progress::silent();
        let pulled = self.wire.with(troubles, pull_over(&server, &mut desk, now, &progress)).await;
        self.desk = Some(desk);
        self.desk_misled |= self.wire.was_changed();
        match pulled {
            None => {
                self.tell("The desk pulls; its process ends meanwhile.");
                self.reopen_desk()?;
                Ok(None)
            }
            Some(Err(error)) => {
                self.tell(format!("The desk pulls: {error}."));
                Ok(None)
            }
            Some(Ok(pulled)) => {
                let states: Vec<String> = pulled
                    .report
                    .devices
                    .iter()
                    .map(|device| {
                        format!(
                            "{} of {}: {:?} {}",
                            &device.device.to_string()[..4],
                            device.participant,
                            device.state,
                            device.seq
                        )
                    })
                    .collect();
                self.tell(format!("The desk pulls; {} opened; {}.", pulled.totals.opened, states.join("; ")));
                Ok(Some(pulled))
            }
        }
    }

    /// Somebody sets up a new phone with their words.
    pub async fn restore(&mut self, person: usize, lost: bool, troubles: &[Trouble]) -> Result<bool, Broken> {
        let theirs = |phone: &&Phone| phone.person == person && phone.alive;
        let alive: Vec<usize> = self.phones.iter().filter(theirs).map(|phone| phone.id).collect();
        // Without a phone that takes part there is nothing on the server that words could bring back.
        let none_joined = !alive.iter().any(|id| self.phones[*id].takes_part());
        if none_joined || (!lost && alive.len() >= MOST_PHONES) {
            return Ok(false);
        }
        let id = self.phones.len();
        let folder = self.folder.path().join(format!("phone-{id}.0"));
        let url = ServerUrl::parse(&format!("http://{HOST}")).map_err(trouble)?;
        let (line, now) = (PhoneEnd(self.wire.clone()), self.time.on_a_phone(0));
        let lock = LockSecret::passphrase(PASSPHRASE);
        let words = self.people[person].words.clone();
        let restored = self.wire.with(troubles, restore(&folder, &lock, &words, &url, now, &line)).await;
        let what = format!("Person {} sets up a new phone with the 24 words", person + 1);
        let (diary, restored) = match restored {
            None => {
                self.tell(format!("{what}; its process ends meanwhile."));
                return Ok(true);
            }
            Some(Err(error)) => {
                self.tell(format!("{what}; it says: {error}."));
                let unknown = matches!(error, Error::Plain(ErrorCode::WordsUnknown));
                let safe = self.model.safe.iter().any(|text| self.model.texts[*text].person == person);
                if unknown && safe && !self.wire.was_changed() {
                    return broken("9: a restored phone has every entry", "the server knows the words no longer");
                }
                return Ok(true);
            }
            Some(Ok(restored)) => restored,
        };
        let mut phone = Phone::new(id, person, folder, diary, PASSPHRASE);
        (phone.joined, phone.unsteady) = (true, self.wire.was_changed());
        phone.left_elsewhere = self.phones.iter().any(|other| other.person == person && other.ever_left);
        phone.incomplete = restored.missing > 0 || self.wire.was_changed_again();
        let on_it: BTreeSet<String> = phone.texts().map_err(trouble)?.into_iter().map(|(_, words)| words).collect();
        let safe = self.model.safe.iter().filter(|text| self.model.texts[**text].person == person);
        let must: BTreeSet<usize> = safe.filter(|text| !self.model.texts[**text].deleted).copied().collect();
        self.tell(format!("{what}: {} entries came back on {}.", restored.entries, phone.name()));
        let missing = must.iter().find(|text| !on_it.contains(&self.model.texts[**text].words));
        if let Some(missing) = missing
            && !self.wire.was_changed()
            && restored.missing == 0
        {
            let words = &self.model.texts[*missing].words;
            return broken("9: a restored phone has every entry", format!("{words:?} is not on {}", phone.name()));
        }
        phone.must = must.into_iter().filter(|text| on_it.contains(&self.model.texts[*text].words)).collect();
        // What was published before this phone came is known on it.
        for text in &mut self.model.texts {
            if text.person == person && text.published {
                text.known_on.insert(id);
            }
        }
        self.phones.push(phone);
        if lost {
            for gone in alive {
                self.tell(format!("{} is lost.", self.phones[gone].name()));
                self.lose(gone);
            }
        }
        Ok(true)
    }

    /// A phone is gone for good.
    fn lose(&mut self, id: usize) {
        self.phones[id].was = self.phones[id].device();
        self.phones[id].alive = false;
        self.phones[id].diary = waymark_diary::DiaryHandle::default();
        self.model.phone_gone(id);
    }

    /// Somebody stops another one of their phones, with their words.
    pub async fn stop(&mut self, phone: u32, troubles: &[Trouble]) -> Result<bool, Broken> {
        let id = self.pick_phone(phone);
        let (line, now) = (PhoneEnd(self.wire.clone()), self.time.on_a_phone(self.phones[id].hours_off));
        let diary = self.phones[id].diary.clone();
        let others = diary.with(|diary| {
            let others = diary.phones().into_iter().filter(|phone| !phone.this && !phone.stopped);
            Ok(others.map(|phone| phone.device).collect::<Vec<_>>())
        });
        let others = others.map_err(trouble)?;
        let other = self.phones.iter().find(|phone| phone.device().is_some_and(|device| others.contains(&device)));
        let Some((other, device)) = other.and_then(|other| Some((other.id, other.device()?))) else { return Ok(false) };
        let words = self.people[self.phones[id].person].words.clone();
        let stopped = self.wire.with(troubles, stop_phone(&diary, &device, Some(&words), now, &line)).await;
        // It syncs first, and what was due may have been granted by that.
        let steady = !self.phones[id].unsteady && !self.phones[id].doubtful();
        self.phones[id].unsteady |= self.wire.was_changed();
        self.phones[id].incomplete |= self.wire.was_changed_again();
        self.model.synced(
            id,
            now.millis(),
            self.time.now(),
            Synced { through: false, read: false, doubted: false, steady },
        );
        let what = format!("On {}: stop {}", self.phones[id].name(), self.phones[other].name());
        let sure = matches!(stopped, Some(Ok(()))) && !self.wire.was_changed() && !self.phones[id].doubtful();
        self.phones[other].stop_asked = true;
        self.phones[other].stopped |= sure;
        self.model.stopped(other, sure);
        match stopped {
            Some(Ok(())) => self.tell(format!("{what}.")),
            Some(Err(error)) => self.tell(format!("{what}; it says: {error}.")),
            None => {
                self.tell(format!("{what}; its process ends meanwhile."));
                self.crash_phone(id)?;
            }
        }
        Ok(sure)
    }

    /// The study publishes a new document.
    pub async fn publish(&mut self) -> Result<(), Broken> {
        let (version, signed) = &self.document;
        let desk = self.desk.as_ref().ok_or_else(|| trouble("the desk is not open"))?;
        let study = desk.identity.study;
        let before = signed.verify(&study).map_err(trouble)?;
        let text = STUDY.replacen("version = 1", &format!("version = {}", version + 1), 1);
        let file = StudyFile::parse(&text).map_err(|problems| trouble(format!("{problems:?}")))?;
        let envelope = Envelope {
            study: study.to_string(),
            previous: Some(before.hash.to_string()),
            keys: before.document.keys.clone(),
            key_changes: before.document.key_changes.clone(),
        };
        let document = Document::from_study_file(&file, envelope).map_err(trouble)?;
        let signed = SignedDocument::sign(&desk.keys.signing, document.to_bytes());
        let json = serde_json::to_vec(&signed).map_err(trouble)?;
        let (token, version) = (desk.dangerously_token(), version + 1);
        let (status, reply) =
            self.wire.ask(Method::PUT, format!("/v1/studies/{study}/document"), token, Some(json)).await;
        if status.is_success() {
            self.document = (version, signed);
            self.tell(format!("The study publishes version {version} of its document."));
        } else if self.server_set_back {
            self.tell("The server was set back, and refuses the next document.");
        } else {
            return Err(trouble(format!("a document was refused: {}", String::from_utf8_lossy(&reply))));
        }
        Ok(())
    }

    /// A phone's process ends.
    pub fn crash_phone(&mut self, id: usize) -> Result<(), Broken> {
        match self.phones[id].crash() {
            Ok(()) => Ok(()),
            Err(error) => broken("1: what was saved is there", error),
        }
    }
}

/// In words.
pub fn told(outcome: &Outcome) -> String {
    let noticed: Vec<String> = outcome.noticed.iter().map(|code| format!("{code:?}")).collect();
    let ended = outcome.stopped.map_or_else(|| "everything is receipted".to_owned(), |code| format!("{code:?}"));
    if noticed.is_empty() { ended } else { format!("{ended}; noticed {}", noticed.join(", ")) }
}
