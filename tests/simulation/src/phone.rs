//! A phone: an open diary, its file, and what must be in it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use waymark_diary::page::ErrorCode;
use waymark_diary::{Diary, DiaryHandle, Error, LockSecret, unlock};
use waymark_protocol::{DeviceId, EntryId};

use crate::model::{PhoneId, TextId};
use crate::template::copy_files;

/// A phone.
pub struct Phone {
    /// Its number.
    pub id: PhoneId,
    /// Whose it is.
    pub person: usize,
    /// The folder of its file.
    pub folder: PathBuf,
    /// The open diary.
    pub diary: DiaryHandle,
    /// What opens it.
    pub passphrase: String,
    /// How many hours its clock is off.
    pub hours_off: i32,
    /// Whether its clock has ever been off, or it has believed a reply that was changed.
    pub unsteady: bool,
    /// Whether it has joined.
    pub joined: bool,
    /// Whether its person has left the study.
    pub left: bool,
    /// Whether its person has ever left the study by it, also when an old copy of its file does not know of that.
    pub ever_left: bool,
    /// Whether its person has left the study by another phone: it may have heard of it or not.
    pub left_elsewhere: bool,
    /// Whether its person has asked, on another phone, to have it stopped: that may have arrived or not.
    pub stop_asked: bool,
    /// Whether it is known to be stopped.
    pub stopped: bool,
    /// Whether it is still there.
    pub alive: bool,
    /// Whether its file was exchanged for an old copy, and nothing has gone through since.
    pub set_back: bool,
    /// Whether its file was ever exchanged for an old copy.
    pub ever_set_back: bool,
    /// Whether it says that another record stands where its own should be.
    pub diverged: bool,
    /// What must be on it.
    pub must: BTreeSet<TextId>,
    /// Whether it said, after replies that were changed more than once, that something of another phone is missing: what it took for lost
    /// it does not ask for again.
    pub incomplete: bool,
    /// A copy of its file that was put away.
    pub copy: Option<Box<Copied>>,
    /// How often its file has moved.
    pub moves: u32,
    /// Its device, once it is gone.
    pub was: Option<DeviceId>,
}

/// A copy of a phone's file, and what was true of it.
pub struct Copied {
    folder: PathBuf,
    passphrase: String,
    joined: bool,
    left: bool,
    must: BTreeSet<TextId>,
    /// What was on this phone alone.
    alone: BTreeSet<TextId>,
}

impl Phone {
    /// A phone whose diary lies in `folder`.
    pub fn new(id: PhoneId, person: usize, folder: PathBuf, diary: Diary, passphrase: &str) -> Self {
        Self {
            id,
            person,
            folder,
            diary: DiaryHandle::new(diary),
            passphrase: passphrase.into(),
            hours_off: 0,
            unsteady: false,
            joined: false,
            left: false,
            ever_left: false,
            left_elsewhere: false,
            stop_asked: false,
            stopped: false,
            alive: true,
            set_back: false,
            ever_set_back: false,
            diverged: false,
            must: BTreeSet::new(),
            incomplete: false,
            copy: None,
            moves: 0,
            was: None,
        }
    }

    /// As a story calls it.
    pub fn name(&self) -> String {
        let letter = char::from(b'A' + u8::try_from(self.id % 26).expect("a letter"));
        format!("phone {letter} of person {}", self.person + 1)
    }

    /// Whether what is shared on it goes to the study.
    pub fn takes_part(&self) -> bool {
        self.joined && !self.left
    }

    /// Whether it and the other phones of its person come to have the same.
    pub fn keeps_together(&self) -> bool {
        self.alive && self.joined && !self.diverged && !self.stop_asked && !self.left_elsewhere
    }

    /// Whether what is chosen on it may come to nothing, or already has.
    pub fn doubtful(&self) -> bool {
        self.set_back || self.stop_asked || self.left_elsewhere
    }

    /// The process ends without warning, and starts again from what is in the file and its log at this moment.
    pub fn crash(&mut self) -> Result<(), String> {
        let (from, to) = (self.folder.clone(), self.next_folder());
        copy_files(&from, &to)?;
        self.diary = DiaryHandle::default();
        let _ = std::fs::remove_dir_all(&from);
        self.reopen_in(to)
    }

    /// A copy of the file as it is, while of what must be on it this is nowhere else.
    pub fn put_copy_away(&mut self, alone: BTreeSet<TextId>) -> Result<(), String> {
        let folder = self.next_folder();
        copy_files(&self.folder, &folder)?;
        let (passphrase, must) = (self.passphrase.clone(), self.must.clone());
        self.copy = Some(Box::new(Copied { folder, passphrase, joined: self.joined, left: self.left, must, alone }));
        Ok(())
    }

    /// The copy takes the file's place; says what was on this phone alone when it was made.
    pub fn take_old_copy(&mut self) -> Result<BTreeSet<TextId>, String> {
        let Some(copy) = &self.copy else { return Ok(BTreeSet::new()) };
        let alone = copy.alone.clone();
        let (from, passphrase, must) = (copy.folder.clone(), copy.passphrase.clone(), copy.must.clone());
        (self.joined, self.left) = (copy.joined, copy.left);
        let to = self.next_folder();
        copy_files(&from, &to)?;
        self.diary = DiaryHandle::default();
        (self.passphrase, self.must) = (passphrase, must);
        (self.set_back, self.ever_set_back) = (true, true);
        self.reopen_in(to)?;
        Ok(alone)
    }

    /// The device, where the phone has joined and met the server.
    pub fn device(&self) -> Option<DeviceId> {
        self.diary
            .with(|diary| Ok(diary.phones().into_iter().find(|phone| phone.this).map(|phone| phone.device)))
            .ok()
            .flatten()
            .or(self.was)
    }

    /// Every revision on it, with the id of its entry.
    pub fn texts(&self) -> Result<Vec<(EntryId, String)>, String> {
        let texts = self.diary.with(|diary| {
            let mut texts = Vec::new();
            for entry in diary.entry_ids() {
                texts.extend(diary.revisions(&entry)?.into_iter().map(|revision| (entry, revision.text.clone())));
            }
            Ok(texts)
        });
        texts.map_err(|error| error.to_string())
    }

    /// What was spoken with a revision that has these words; none when it has not come to this phone.
    pub fn hear(&self, words: &str) -> Result<Option<Vec<u8>>, String> {
        let heard = self.diary.with(|diary| {
            for entry in diary.entry_ids() {
                for revision in diary.revisions(&entry)?.into_iter().filter(|revision| revision.text == words) {
                    let Some(note) = revision.attachments.first() else { continue };
                    match diary.note_bytes(&note.id(), 0..u64::MAX) {
                        Err(Error::Plain(ErrorCode::VoiceNotHere)) => {}
                        heard => return heard.map(|bytes| Some(bytes.to_vec())),
                    }
                }
            }
            Ok(None)
        });
        heard.map_err(|error| error.to_string())
    }

    fn reopen_in(&mut self, folder: PathBuf) -> Result<(), String> {
        let diary = unlock(&folder, &LockSecret::passphrase(&self.passphrase));
        let diary = diary.map_err(|error| format!("{} does not open again: {error}", self.name()))?;
        (self.diary, self.folder) = (DiaryHandle::new(diary), folder);
        Ok(())
    }

    fn next_folder(&mut self) -> PathBuf {
        self.moves += 1;
        self.folder.with_extension(self.moves.to_string())
    }
}
