//! Reminders as the page sees them, and how a shell shows them.
//!
//! The diary plans, the shell shows. What is to ring is known while the diary is locked too: the moments of the next 14 days and
//! the neutral sentence lie beside the vault in a small plain file, `reminders.json` (`docs/decisions/0017`).
//!
//! ```json
//! { "text": "Time for your notes", "at": [1772479800000] }
//! ```

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::SecondsFormat;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::beside::PlainFile;
use super::{DiaryApp, ErrorCode};
use crate::reminders::{MOST_REMINDERS, Reminder, Reminders, here};
use crate::{Diary, Error, Now};

/// 60 moments and a sentence are far shorter.
const FILE: PlainFile = PlainFile { name: "reminders.json", longest: 4096 };
/// The longest sentence that a reminder may say, in characters.
const LONGEST_TEXT: usize = 100;
/// How often the clock is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// A reminder that the device slept through is shown for so long afterwards, and then no more.
const LATE_MS: u64 = 15 * 60 * 1000;

/// How a shell shows a reminder while it runs.
///
/// It gets one neutral sentence and nothing else: neither what the diary holds nor that it is one.
pub trait Reminding: Send + Sync + 'static {
    /// Shows it now. Whether the system took it; whether a person saw it, no system tells.
    fn show(&self, text: &str) -> bool;
}

/// The reminders and what this shell can do about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RemindersView {
    /// Whether this shell can show any while it runs. When it is closed, it can't.
    pub can_show: bool,
    /// Whether they ring.
    pub on: bool,
    /// By time.
    pub list: Vec<ReminderView>,
    /// The most that there can be.
    pub most: u32,
    /// When the next one rings.
    pub next: Option<String>,
}

/// One reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReminderView {
    /// Its time, `HH:MM`, wherever the phone is.
    pub at: String,
    /// Its days of the week, from 0 (Monday) to 6.
    pub days: Vec<u8>,
}

/// The sentence that a reminder says, in the language of the page.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReminderText {
    /// It names neither a study nor a diary.
    pub text: String,
}

/// Other reminders.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetReminders {
    /// Whether they ring.
    pub on: bool,
    /// In any order.
    pub list: Vec<ReminderView>,
}

/// A reminder was to be shown at once.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct ReminderShown {
    /// Whether the system took it.
    pub shown: bool,
}

/// What rings next, locked or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Ahead {
    #[serde(default)]
    text: String,
    /// Milliseconds since 1970, UTC; earliest first.
    #[serde(default)]
    at: Vec<u64>,
}

/// The shell's way to show reminders, and what it is to show.
#[derive(Clone)]
pub(super) struct Reminded {
    shell: Arc<dyn Reminding>,
    ahead: Arc<Mutex<Ahead>>,
}

impl Reminded {
    pub fn new(shell: impl Reminding, dir: &Path) -> Self {
        // What cannot be read rings nothing until the diary is opened.
        let ahead = FILE.read(dir).and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        Self { shell: Arc::new(shell), ahead: Arc::new(Mutex::new(ahead)) }
    }

    fn ahead(&self) -> MutexGuard<'_, Ahead> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows what has come due since it was looked last.
    fn look(&self, since: u64, now: u64) {
        let due = |at: &u64| since < *at && *at <= now && now - *at <= LATE_MS;
        let text = {
            let ahead = self.ahead();
            ahead.at.iter().any(due).then(|| ahead.text.clone())
        };
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.shell.show(&text);
        }
    }

    /// Keeps what is ahead, here and beside the vault.
    fn keep(&self, dir: &Path, next: Ahead) {
        let mut ahead = self.ahead();
        if *ahead == next {
            return;
        }
        // Without a file it holds until the app ends, and the next opening of the diary tries again.
        if let Ok(bytes) = serde_json::to_vec(&next) {
            let _ = FILE.write(dir, &bytes);
        }
        *ahead = next;
    }
}

impl DiaryApp {
    /// The same, with a shell that can show reminders while it runs. Whoever calls this has [`Self::ring`] run, too.
    pub fn with_reminding(mut self, shell: impl Reminding) -> Self {
        self.reminded = Some(Reminded::new(shell, &self.dir));
        self
    }

    /// Shows reminders when they are due, with the diary open or locked, as long as the app runs.
    pub async fn ring(self) {
        let Some(reminded) = self.reminded else { return };
        let mut since = Now::from_clock().millis();
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let now = Now::from_clock().millis();
            let reminded = reminded.clone();
            // A system may take its time.
            let looked = tokio::task::spawn_blocking(move || reminded.look(since, now)).await;
            debug_assert!(looked.is_ok(), "showing a reminder does not panic");
            since = now;
        }
    }

    /// Plans anew; when the next reminder comes, where this shell can show one.
    pub(super) fn plan(&self, diary: &Diary, now: Now) -> Option<String> {
        let reminded = self.reminded.as_ref()?;
        let planned = diary.planned(now, &here);
        let text = reminded.ahead().text.clone();
        let at = planned.window.iter().filter_map(|at| u64::try_from(at.timestamp_millis()).ok()).collect();
        reminded.keep(&self.dir, Ahead { text, at });
        planned.next.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, false))
    }

    fn reminders_view(&self, diary: &Diary, now: Now) -> RemindersView {
        let reminders = diary.reminders();
        let view = |reminder: &Reminder| ReminderView { at: reminder.at(), days: reminder.days() };
        RemindersView {
            can_show: self.reminded.is_some(),
            on: reminders.on(),
            list: reminders.list().iter().map(view).collect(),
            most: u32::try_from(MOST_REMINDERS).unwrap_or(u32::MAX),
            next: self.plan(diary, now),
        }
    }

    pub(super) async fn reminders_now(&self, input: ReminderText) -> Result<RemindersView, Error> {
        let app = self.clone();
        self.with(move |diary| {
            app.say(&input.text)?;
            Ok(app.reminders_view(diary, Now::from_clock()))
        })
        .await
    }

    pub(super) async fn set_reminders_now(&self, input: SetReminders) -> Result<RemindersView, Error> {
        let app = self.clone();
        self.with(move |diary| {
            let now = Now::from_clock();
            let list = input.list.iter().map(|each| Reminder::new(&each.at, &each.days)).collect::<Option<Vec<_>>>();
            let reminders = list.and_then(|list| Reminders::new(input.on, list));
            diary.set_reminders(&reminders.ok_or(Error::Plain(ErrorCode::Internal))?, now)?;
            Ok(app.reminders_view(diary, now))
        })
        .await
    }

    pub(super) async fn show_reminder_now(&self) -> Result<ReminderShown, Error> {
        let app = self.clone();
        super::app::blocking(move || {
            let shown = app.reminded.as_ref().is_some_and(|reminded| {
                let text = reminded.ahead().text.clone();
                !text.is_empty() && reminded.shell.show(&text)
            });
            Ok(ReminderShown { shown })
        })
        .await
    }

    /// Takes the sentence that reminders say from now on.
    fn say(&self, text: &str) -> Result<(), Error> {
        if text.chars().count() > LONGEST_TEXT || text.chars().any(char::is_control) {
            return Err(Error::Plain(ErrorCode::Internal));
        }
        if let Some(reminded) = &self.reminded {
            let at = reminded.ahead().at.clone();
            reminded.keep(&self.dir, Ahead { text: text.to_owned(), at });
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "reminding_tests.rs"]
mod tests;
