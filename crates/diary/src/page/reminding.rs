//! Reminders as the page sees them, and how a shell shows them.
//!
//! The diary plans, the shell shows. What is to ring is known while the diary is locked too: the times of the next 14 days and
//! the neutral sentence lie beside the vault in a small plain file, `reminders.json` (`docs/decisions/0017`).
//!
//! ```json
//! { "text": "Time for your notes", "at": ["2026-03-02T18:30:00"] }
//! ```
//!
//! They are times on the wall: which moments those are is found when it is looked, where the phone is then.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration as Span, NaiveDateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::beside::PlainFile;
use super::{DiaryApp, ErrorCode};
use crate::reminders::plan::{Zone, moment};
use crate::reminders::{MOST_REMINDERS, Reminder, Reminders, here};
use crate::{Diary, Error, Now};

/// 60 times and a sentence are far shorter.
const FILE: PlainFile = PlainFile { name: "reminders.json", longest: 4096 };
/// The longest sentence that a reminder may say, in characters.
const LONGEST_TEXT: usize = 100;
/// A reminder that the device slept through is shown for so long afterwards, and then no more.
const LATE: Span = Span::minutes(15);
/// No wall on earth shows a time that is farther than this from what it shows in UTC, even at the end of the longest gap.
const NEAR: Span = Span::days(3);

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
    /// Times on the wall, earliest first.
    #[serde(default)]
    at: Vec<NaiveDateTime>,
}

/// What is ahead, and how far it has come.
struct Course {
    ahead: Ahead,
    /// Whether the file holds the same.
    on_disk: bool,
    /// When it was looked last: what came due before has been shown.
    since: DateTime<Utc>,
}

/// The shell's way to show reminders, and what it is to show.
#[derive(Clone)]
pub(super) struct Reminded {
    shell: Arc<dyn Reminding>,
    course: Arc<Mutex<Course>>,
}

impl Reminded {
    pub fn new(shell: impl Reminding, dir: &Path) -> Self {
        // What cannot be read rings nothing until the diary is opened.
        let read: Option<Ahead> = FILE.read(dir).and_then(|text| serde_json::from_slice(&text).ok());
        let course =
            Course { on_disk: read.is_some(), ahead: read.unwrap_or_default(), since: Now::from_clock().wall.to_utc() };
        Self { shell: Arc::new(shell), course: Arc::new(Mutex::new(course)) }
    }

    fn course(&self) -> MutexGuard<'_, Course> {
        self.course.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows what has come due, where the phone is, since it was looked last.
    fn look(&self, now: DateTime<Utc>, zone: &Zone<'_>) {
        let text = {
            let mut course = self.course();
            let since = std::mem::replace(&mut course.since, now);
            let is_near = |wall: &&NaiveDateTime| wall.signed_duration_since(now.naive_utc()).abs() <= NEAR;
            let mut moments = course.ahead.at.iter().filter(is_near).filter_map(|wall| moment(*wall, zone));
            let is_due = moments.any(|at| since < at && at <= now && now - at.to_utc() <= LATE);
            is_due.then(|| course.ahead.text.clone())
        };
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.shell.show(&text);
        }
    }

    /// From when on a plan made now has to reach: what came due and was not looked for yet is still to be shown.
    fn unseen(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.course().since.clamp(now - LATE, now)
    }

    /// Keeps what is ahead, here and beside the vault.
    fn keep(&self, dir: &Path, next: Ahead) {
        let mut course = self.course();
        if course.on_disk && course.ahead == next {
            return;
        }
        let written = serde_json::to_vec(&next).is_ok_and(|bytes| FILE.write(dir, &bytes).is_ok());
        if !written {
            // After another start, silence is better than what no longer holds. Until then it rings from memory, and whoever
            // keeps next, tries again.
            let _ = FILE.remove(dir);
        }
        course.on_disk = written;
        course.ahead = next;
    }
}

impl DiaryApp {
    /// The same, with a shell that can show reminders while it runs.
    pub fn with_reminding(mut self, shell: impl Reminding) -> Self {
        self.reminded = Some(Reminded::new(shell, &self.dir));
        self
    }

    /// Shows what has come due since it was looked last, with the diary open or locked.
    pub(super) fn ring_if_due(&self) {
        self.ring_at(self.clock.now().wall.to_utc());
    }

    pub(super) fn ring_at(&self, now: DateTime<Utc>) {
        if let Some(reminded) = &self.reminded {
            reminded.look(now, &here);
        }
    }

    /// Plans anew; when the next reminder comes, where this shell can show one.
    pub(super) fn plan(&self, diary: &Diary, now: Now) -> Option<String> {
        let reminded = self.reminded.as_ref()?;
        let unseen = reminded.unseen(now.wall.to_utc()).with_timezone(now.wall.offset());
        let ringing = diary.planned(Now { wall: unseen, ..now }, &here).window;
        let text = reminded.course().ahead.text.clone();
        reminded.keep(&self.dir, Ahead { text, at: ringing.iter().map(DateTime::naive_local).collect() });
        diary.planned(now, &here).next.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, false))
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
            Ok(app.reminders_view(diary, app.clock.now()))
        })
        .await
    }

    pub(super) async fn set_reminders_now(&self, input: SetReminders) -> Result<RemindersView, Error> {
        let app = self.clone();
        self.with(move |diary| {
            let now = app.clock.now();
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
                let text = reminded.course().ahead.text.clone();
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
            let at = reminded.course().ahead.at.clone();
            reminded.keep(&self.dir, Ahead { text: text.to_owned(), at });
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "reminding_tests.rs"]
mod tests;
