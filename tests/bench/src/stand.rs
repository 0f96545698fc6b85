//! A study, a server and a desk of its own for each run.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use waymark_desk::Desk;
use waymark_diary::net::HttpTransport;
use waymark_diary::{DiaryHandle, Finished, LockSecret, Now, create, join, preview};
use waymark_protocol::invitation::{Invitation, ServerUrl};
use waymark_protocol::study::StudyFile;
use waymark_vault::ArgonParams;

use crate::Result;

pub const PASSPHRASE: &str = "correct horse battery staple";
/// The study that is measured with.
pub const STUDY: &str = include_str!("../../../studies/transitions.toml");

/// About 250 words, as long as a long entry of an ordinary day.
const ENTRY_BYTES: usize = 1300;

/// Where everything is measured.
pub struct Stand {
    folder: tempfile::TempDir,
    server: Child,
    pub url: ServerUrl,
}

impl Stand {
    /// Starts the server and makes a study without a hold.
    pub async fn new() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(std::env::current_dir()?.join("target"))?;
        let data = folder.path().join("server");
        let program = std::env::current_exe()?.with_file_name("waymark-server");
        let mut server = Command::new(&program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(server.stdout.take().ok_or("the server says nothing")?).read_line(&mut line)?;
        let url = ServerUrl::parse(line.trim().strip_prefix("listening on ").ok_or("the server does not listen")?)?;
        let token = Command::new(&program).args(["token", "--role", "admin", "--data"]).arg(&data).output()?.stdout;
        let token = String::from_utf8(token)?.trim().parse()?;
        let study = STUDY.replace("hold = \"48h\"", "hold = \"0h\"");
        let file = StudyFile::parse(&study).map_err(|_| "the example study is not one")?;
        let desk = folder.path().join("desk");
        waymark_desk::study::new(&desk, &file, url.clone(), token, PASSPHRASE, &ArgonParams::FLOOR).await?;
        Ok(Self { folder, server, url })
    }

    /// A folder for something.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The study's desk, open.
    pub fn desk(&self) -> Result<Desk> {
        Ok(Desk::open(&self.path("desk"), PASSPHRASE)?)
    }

    /// A diary that has joined the study.
    pub async fn diary(&self, name: &str) -> Result<DiaryHandle> {
        let invited = waymark_desk::invite::invite(&mut self.desk()?, name, waymark_desk::now_ms()).await?;
        let diary = DiaryHandle::new(create(&self.path(name), &LockSecret::passphrase(PASSPHRASE))?);
        let transport = HttpTransport::new(self.url.clone())?;
        let preview = preview(Invitation::parse(&invited.link)?, &transport).await?;
        let agreed: Vec<String> = preview.study.document.plan.consent.iter().map(|item| item.id.clone()).collect();
        join(&diary, &preview, &agreed, false, Now::from_clock(), &transport).await?;
        Ok(diary)
    }

    /// Where the disk is that everything is measured on.
    pub fn disk(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        // It is gone already if this fails.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// An entry of an ordinary day.
pub fn entry(number: usize) -> Finished {
    let mut text = format!("Entry {number}. ");
    while text.len() < ENTRY_BYTES {
        text.push_str("We walked to the clinic and waited; he was quiet, then laughed. ");
    }
    Finished {
        entry: None,
        draft: None,
        about: Now::from_clock().date(),
        prompt_set: "free".to_owned(),
        answers: Vec::new(),
        text,
        weight: None,
        tags: Vec::new(),
    }
}
