//! The people, their phones, the server and the desk of one schedule.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;
use waymark_desk::Desk;
use waymark_desk::transport::Server;
use waymark_diary::{LockSecret, unlock};
use waymark_protocol::DeviceId;
use waymark_protocol::document::SignedDocument;
use waymark_protocol::keys::RecoverySecret;

use crate::model::Model;
use crate::phone::Phone;
use crate::tape::Bytes;
use crate::template::{PASSPHRASE, Template, copy_files, temporary};
use crate::time::Time;
use crate::wire::{DeskEnd, Wire};

/// What must have held and did not, or what nobody can go on after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which line of "What must hold".
    pub property: &'static str,
    /// What was seen.
    pub says: String,
}

/// Says that something does not hold.
pub fn broken<T>(property: &'static str, says: impl Into<String>) -> Result<T, Broken> {
    Err(Broken { property, says: says.into() })
}

/// The simulation itself does not work: its fault, or the machine's.
// The signature is the one that `map_err` asks for.
#[allow(clippy::needless_pass_by_value)]
pub fn trouble(error: impl ToString) -> Broken {
    Broken { property: "the simulation works", says: error.to_string() }
}

/// Somebody.
pub struct Person {
    /// Their 24 words.
    pub words: String,
    /// Their invitation.
    pub link: String,
}

/// Everything.
pub struct World {
    /// Where all files lie.
    pub folder: TempDir,
    /// The true time.
    pub time: Time,
    /// The way, and the server at its end.
    pub wire: Arc<Wire>,
    /// The desk; none only while it is being opened again.
    pub desk: Option<Desk>,
    /// Who there is.
    pub people: Vec<Person>,
    /// All phones that there ever were.
    pub phones: Vec<Phone>,
    /// What everybody wrote and chose.
    pub model: Model,
    /// The server's last backup.
    pub backup: Option<Backup>,
    /// Whether the server was ever restored from one.
    pub server_set_back: bool,
    /// Whether a reply to the desk was ever changed: it may have taken down a phone that there never was, and looks for its records.
    pub desk_misled: bool,
    /// Folders that the server has had.
    pub server_folders: u32,
    /// The newest document that was published.
    pub document: (u32, SignedDocument),
    /// What was done, by the names of the steps.
    pub acts: Vec<&'static str>,
    /// What happened, in words.
    pub story: Vec<String>,
}

/// A backup of the server, and what was true when it was made.
pub struct Backup {
    /// Where it lies.
    pub folder: PathBuf,
    /// Which of them had joined.
    pub joined: Vec<usize>,
    /// What had been receipted.
    pub receipted: BTreeMap<(DeviceId, u64), Bytes>,
}

impl World {
    /// As every schedule begins.
    pub async fn new(template: &Template, people: u32) -> Result<Self, Broken> {
        let folder = temporary().map_err(trouble)?;
        let time = Time::beginning();
        let (server, desk) = (folder.path().join("server"), folder.path().join("desk"));
        copy_files(&template.server(), &server).map_err(trouble)?;
        copy_files(&template.desk(), &desk).map_err(trouble)?;
        let wire = Wire::to(server, time.clone()).await.map_err(trouble)?;
        let desk = Desk::open(&desk, PASSPHRASE).map_err(trouble)?;
        let invited = template.invited.iter().take(people as usize);
        let (mut people, mut phones) = (Vec::new(), Vec::new());
        for (person, invited) in invited.enumerate() {
            let home = folder.path().join(format!("phone-{person}.0"));
            copy_files(&invited.folder, &home).map_err(trouble)?;
            let diary = unlock(&home, &LockSecret::passphrase(PASSPHRASE)).map_err(trouble)?;
            phones.push(Phone::new(person, person, home, diary, PASSPHRASE));
            let secret = RecoverySecret::from_words(&invited.words).map_err(trouble)?;
            wire.tape(|tape| tape.writers.push(secret.backup_key()));
            people.push(Person { words: invited.words.clone(), link: invited.link.clone() });
        }
        let document = (1, desk.identity.signed.clone());
        Ok(Self {
            folder,
            time,
            wire,
            desk: Some(desk),
            people,
            phones,
            model: Model::default(),
            backup: None,
            server_set_back: false,
            desk_misled: false,
            server_folders: 0,
            document,
            acts: Vec::new(),
            story: Vec::new(),
        })
    }

    /// The phone with this number, modulo the phones that are still there.
    pub fn pick_phone(&self, number: u32) -> usize {
        let alive: Vec<usize> = self.phones.iter().filter(|phone| phone.alive).map(|phone| phone.id).collect();
        alive[number as usize % alive.len()]
    }

    /// The desk's connection.
    pub fn connection(&self) -> Result<Server, Broken> {
        let desk = self.desk.as_ref().ok_or_else(|| trouble("the desk is not open"))?;
        Ok(Server::over(Arc::new(DeskEnd(self.wire.clone())), desk.dangerously_token()))
    }

    /// Opens the desk again, as after the end of its process.
    pub fn reopen_desk(&mut self) -> Result<(), Broken> {
        self.desk = None;
        let opened = Desk::open(&self.folder.path().join("desk"), PASSPHRASE);
        match opened {
            Ok(desk) => {
                self.desk = Some(desk);
                Ok(())
            }
            Err(error) => broken("1: what was saved is there", format!("the desk does not open again: {error}")),
        }
    }

    /// Tells something.
    pub fn tell(&mut self, what: impl Into<String>) {
        self.story.push(what.into());
    }
}
