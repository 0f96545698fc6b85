//! A phone to look at: a real diary in a folder that goes with it, in the trial study.

use std::sync::Arc;

use serde_json::{Value, json};
use tempfile::TempDir;
use waymark_diary::page::{Clock, CommandError as DiaryError, Diaries, ErrorCode as DiaryCode};
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::study::StudyFile;

use super::super::ErrorCode;
use super::trial::Trial;

/// What opens the lock of a phone that has joined already. It is said on the page, and keeps nobody from anything.
pub(super) const PIN: &str = "123456";
/// What the phone's page asks besides the diary's own commands: how it begins.
const BEGINNING: &str = "beginning";

/// A diary, and the folder in which it lies.
pub(super) struct Phone {
    pub language: String,
    diaries: Diaries,
    trial: Arc<Trial>,
    days_ahead: u32,
    _folder: TempDir,
}

impl Phone {
    /// One that speaks `language`: before its first run, or on a day after it has joined, from 1.
    pub async fn new(
        file: Arc<StudyFile>,
        server: ServerUrl,
        language: String,
        day: Option<u32>,
    ) -> Result<Self, ErrorCode> {
        let clock = Clock::default();
        let trial = Arc::new(Trial::of(&file, server, clock.clone()).map_err(|_| ErrorCode::DraftUnfit)?);
        let folder = folder().map_err(|_| ErrorCode::PreviewFailed)?;
        let (timed, served) = (clock.clone(), trial.clone());
        let diaries = Diaries::new(folder.path().to_owned(), move |app| {
            app.with_clock(timed.clone()).with_server(served.clone())
        });
        let days_ahead = day.map_or(0, |day| day.saturating_sub(1));
        let phone = Self { language, diaries, trial, days_ahead, _folder: folder };
        phone.set_up(&file, day.is_some()).await.map_err(|error| match error.code {
            DiaryCode::DiskFull => ErrorCode::DiskFull,
            _ => ErrorCode::PreviewFailed,
        })?;
        clock.set_days_ahead(days_ahead);
        Ok(phone)
    }

    async fn set_up(&self, file: &StudyFile, joined: bool) -> Result<(), DiaryError> {
        let ask = async |name: &str, input: Value| self.diaries.call(name, input).await;
        ask("set_appearance", json!({ "language": self.language, "text": "100", "theme": "system" })).await?;
        if !joined {
            return Ok(());
        }
        ask("create_diary", json!({ "lock": "pin", "secret": PIN })).await?;
        let agreed: Vec<&str> = file.plan.consent.iter().map(|item| item.id.as_str()).collect();
        let invitation = self.trial.link();
        ask("join_study", json!({ "invitation": invitation, "agreed": agreed, "back_up_earlier": false })).await?;
        // Whoever has taken part for some days has the words on paper.
        let words = ask("recovery_words", json!({})).await?;
        let known: Vec<Value> = (1..=3).map(|place| json!([place, words["words"][place - 1]])).collect();
        ask("confirm_words", json!({ "words": known })).await?;
        ask("sync_now", json!({})).await?;
        Ok(())
    }

    /// Carries out a command of the diary's page.
    pub async fn call(&self, name: String, input: Value) -> Result<Value, Value> {
        let answer = match name.as_str() {
            BEGINNING => self.beginning().await,
            _ => self.diaries.call(&name, input).await,
        };
        answer.map_err(|error| serde_json::to_value(error).unwrap_or_else(|_| json!({ "code": "internal" })))
    }

    /// How its page begins: by what clock, and with which invitation, as if somebody had just tapped it.
    async fn beginning(&self) -> Result<Value, DiaryError> {
        let status = self.diaries.call("status", json!({})).await?;
        let invitation = (status["state"] == "none").then(|| self.trial.link());
        Ok(json!({ "days_ahead": self.days_ahead, "invitation": invitation }))
    }

    /// It is over: whoever waits for its lock is answered.
    pub fn end(&self) {
        self.diaries.lock_now();
    }
}

/// A folder that only its owner can look into, and that goes when this is dropped.
fn folder() -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("waymark-preview-");
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::EXAMPLE;

    #[tokio::test(flavor = "multi_thread")]
    async fn its_folder_is_its_owners_alone_and_goes_with_it() {
        let file = Arc::new(StudyFile::parse(EXAMPLE).unwrap());
        let server = ServerUrl::parse("https://server.example").unwrap();
        let phone = Phone::new(file, server, "en".to_owned(), Some(1)).await.unwrap();
        let folder = phone._folder.path().to_owned();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        }
        assert!(std::fs::read_dir(&folder).unwrap().count() > 0);
        phone.end();
        drop(phone);
        assert!(!folder.exists());
    }
}
