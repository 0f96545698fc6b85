//! What every schedule begins with: a study, a desk that has invited everybody, and diaries that nobody has written in. Made once,
//! and copied for each.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use waymark_desk::transport::Server;
use waymark_desk::{Desk, invite, study};
use waymark_diary::{LockSecret, create};
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::study::StudyFile;
use waymark_server::Role;
use waymark_vault::ArgonParams;

use crate::schedule::PEOPLE;
use crate::time::Time;
use crate::wire::{self, DeskEnd, HOST, Wire};

/// The study, as its researchers wrote it.
pub const STUDY: &str = include_str!("../study.toml");
/// What opens everything at first.
pub const PASSPHRASE: &str = "correct horse battery staple";

/// Somebody who has been invited.
pub struct Invited {
    /// The folder of their diary.
    pub folder: PathBuf,
    /// Their 24 words.
    pub words: String,
    /// Their invitation.
    pub link: String,
}

/// What every schedule begins with.
pub struct Template {
    folder: TempDir,
    /// Who has been invited.
    pub invited: Vec<Invited>,
}

impl Template {
    /// Makes it.
    pub async fn make() -> Result<Self, String> {
        let folder = temporary()?;
        let time = Time::beginning();
        let (server, desk) = (folder.path().join("server"), folder.path().join("desk"));
        let first = wire::open(server.clone(), &time).await?;
        let admin = first.token(Role::Admin, time.now()).await?;
        drop(first);
        let wire = Wire::to(server, time.clone()).await?;
        let carrier = || Arc::new(DeskEnd(wire.clone()));
        let file = StudyFile::parse(STUDY).map_err(|problems| format!("the study file: {problems:?}"))?;
        let url = ServerUrl::parse(&format!("http://{HOST}")).map_err(|error| error.to_string())?;
        let connection = Server::over(carrier(), admin);
        let made = study::new_over(&connection, &desk, &file, url, PASSPHRASE, &ArgonParams::FLOOR).await;
        made.map_err(|error| error.to_string())?;
        let mut desk = Desk::open(&desk, PASSPHRASE).map_err(|error| error.to_string())?;
        let connection = Server::over(carrier(), desk.dangerously_token());
        let mut invited = Vec::new();
        for person in 0..PEOPLE {
            let label = format!("person {}", person + 1);
            let made = invite::invite_over(&connection, &mut desk, &label, time.now()).await;
            let link = made.map_err(|error| error.to_string())?.link;
            let folder = folder.path().join(format!("diary-{person}"));
            let diary = create(&folder, &LockSecret::passphrase(PASSPHRASE)).map_err(|error| error.to_string())?;
            let words = diary.recovery_words().ok_or("a new diary has no words")?.join(" ");
            diary.lock().map_err(|error| error.to_string())?;
            invited.push(Invited { folder, words, link });
        }
        drop(desk);
        wire.stop_server();
        Ok(Self { folder, invited })
    }

    /// The folder of the server's data.
    pub fn server(&self) -> PathBuf {
        self.folder.path().join("server")
    }

    /// The desk's folder.
    pub fn desk(&self) -> PathBuf {
        self.folder.path().join("desk")
    }
}

/// A folder that is gone when it is dropped, in memory where there is such a place: what is told of kills holds there as well, and
/// what is told of power cuts is other tests' concern.
pub fn temporary() -> Result<TempDir, String> {
    let memory = Path::new("/dev/shm");
    let made =
        if memory.is_dir() { TempDir::with_prefix_in("waymark-", memory) } else { TempDir::with_prefix("waymark-") };
    made.map_err(|error| format!("no temporary folder: {error}"))
}

/// Copies the files of a folder as they are at this moment.
pub fn copy_files(from: &Path, to: &Path) -> Result<(), String> {
    let copy = || {
        std::fs::create_dir_all(to)?;
        for file in std::fs::read_dir(from)? {
            let file = file?;
            let target = to.join(file.file_name());
            if file.file_type()?.is_dir() {
                copy_files(&file.path(), &target).map_err(std::io::Error::other)?;
            } else {
                std::fs::copy(file.path(), target)?;
            }
        }
        Ok::<_, std::io::Error>(())
    };
    copy().map_err(|error| format!("{} cannot be copied: {error}", from.display()))
}
