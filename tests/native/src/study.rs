//! The study's side: a server that can be stopped and started, and the researcher's desk.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::{Trouble, programs};

const SERVER: &str = "WAYMARK_SERVER";
const DESK: &str = "WAYMARK_DESK";

/// A study in a folder: `server/`, `desk/`, and the study file.
pub struct Study {
    folder: PathBuf,
    address: String,
    server: Option<Child>,
}

/// An invitation, as the desk prints it.
#[derive(Clone)]
pub struct Invitation {
    /// `waymark://join/…`.
    pub link: String,
    /// The same, to be typed.
    pub text: String,
}

impl Study {
    /// Starts a server, and sets up the example study at a new desk.
    ///
    /// The example study holds what was shared for 48 hours. Nobody waits that long here, so this one holds nothing.
    pub fn begin(folder: &Path) -> Result<Self, Trouble> {
        fs::create_dir_all(folder).map_err(Trouble::system(folder.display().to_string()))?;
        let mut study = Self { folder: folder.to_owned(), address: "127.0.0.1:0".to_owned(), server: None };
        study.start_server()?;

        let example = programs::path("WAYMARK_STUDY")?;
        let text = fs::read_to_string(&example).map_err(Trouble::system(example.display().to_string()))?;
        let without_hold: Vec<&str> =
            text.lines().map(|line| if line.starts_with("hold = ") { "hold = \"0h\"" } else { line }).collect();
        let file = study.path("study.toml");
        fs::write(&file, without_hold.join("\n")).map_err(Trouble::system(&file))?;

        let token = programs::run(SERVER, &["token", "--data", &study.path("server"), "--role", "admin"])?;
        let url = format!("http://{}", study.address);
        let arguments =
            ["new", "--desk", &study.path("desk"), "--study", &file, "--server", &url, "--token", token.trim()];
        programs::run(DESK, &arguments)?;
        Ok(study)
    }

    /// Starts the server, at the address where it was before.
    pub fn start_server(&mut self) -> Result<(), Trouble> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.path("server.log"))
            .map_err(Trouble::system("server.log"))?;
        let mut server = Command::new(programs::path(SERVER)?)
            .args(["serve", "--data", &self.path("server"), "--listen", &self.address])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(Trouble::system(SERVER))?;
        let mut line = String::new();
        if let Some(out) = server.stdout.take() {
            BufReader::new(out).read_line(&mut line).map_err(Trouble::system("the server's first line"))?;
        }
        self.server = Some(server);
        let address = line.trim().strip_prefix("listening on http://");
        self.address = address
            .ok_or_else(|| Trouble::Answer { program: format!("{SERVER} serve"), answer: line.clone() })?
            .to_owned();
        Ok(())
    }

    /// Stops the server as a careful operator does.
    pub fn stop_server(&mut self) {
        if let Some(mut server) = self.server.take() {
            programs::end(&mut server);
        }
    }

    /// Where the server listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where the study's files lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Invites somebody.
    pub fn invite(&self, participant: &str) -> Result<Invitation, Trouble> {
        let answer = self.desk(&["invite", "--participant", participant, "--json"])?;
        let text = |key: &str| answer.get(key).and_then(Value::as_str).map(str::to_owned);
        match (text("link"), text("text")) {
            (Some(link), Some(text)) => Ok(Invitation { link, text }),
            _ => Err(Trouble::Answer { program: format!("{DESK} invite"), answer: answer.to_string() }),
        }
    }

    /// Collects what the server has.
    pub fn pull(&self) -> Result<Value, Trouble> {
        self.desk(&["pull", "--json"])
    }

    /// Proves what was collected complete, or names the gap.
    pub fn verify(&self) -> Result<Value, Trouble> {
        self.desk(&["verify", "--json"])
    }

    /// Writes what was shared into a file.
    pub fn export(&self, format: &str, to: &Path) -> Result<(), Trouble> {
        let to = to.display().to_string();
        programs::run(DESK, &["export", "--desk", &self.path("desk"), "--format", format, "--out", &to]).map(drop)
    }

    fn desk(&self, arguments: &[&str]) -> Result<Value, Trouble> {
        let desk = self.path("desk");
        let (verb, rest) = arguments.split_first().expect("a desk command has a verb");
        let answer = programs::run(DESK, &[&[*verb, "--desk", &desk], rest].concat())?;
        serde_json::from_str(&answer).map_err(|_| Trouble::Answer { program: format!("{DESK} {verb}"), answer })
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }
}

impl Drop for Study {
    fn drop(&mut self) {
        self.stop_server();
    }
}
