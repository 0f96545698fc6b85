//! The lock falls by itself once nobody has touched the diary for a while, whatever the page does or does not do.
//!
//! ```text
//! a touch, or what somebody has to be there for ─► touched ─┐
//! every second: open, nothing under way, touched long enough ago ─┴► lock, and whoever waits for it is told
//! the device has slept ─────────────────────────────────────────────► lock
//! ```
//!
//! How long is the writer's own choice, kept in the diary.

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Notify;
use ts_rs::TS;

use super::app::blocking;
use super::{CommandError, DiaryApp, ErrorCode, Keeping, Nothing};
use crate::{Diary, Error};

/// What can be chosen, in minutes. The first one holds until another is chosen.
pub const LOCK_AFTER_MINUTES: [u32; 3] = [1, 5, 15];
const SETTING: &str = "lock-after-minutes";

/// What somebody has to be there for. Whatever else the page asks, it may ask by itself.
const TOUCHES: &[&str] = &[
    "append_voice",
    "create_diary",
    "reseal_diary",
    "reset_lock",
    "restore_backup",
    "restore_diary",
    "save_draft",
    "touch",
    "unlock",
];
/// Between these and their answers the lock may fall: they take as long as a network does, or as nobody locks.
const LONG: &[&str] = &["await_lock", "sync_now"];

/// When the lock is to fall by itself.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct SetLockAfter {
    /// One of the choices.
    pub minutes: u32,
}

/// So much later by one clock than by the other, between two looks: the device has slept, or its clock was set.
const SLEPT: Duration = Duration::from_secs(20);

/// A moment by two clocks: one of them cannot be set, the other one goes on while the device sleeps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    steady: Instant,
    wall: SystemTime,
}

impl Moment {
    pub fn now() -> Self {
        Self { steady: Instant::now(), wall: SystemTime::now() }
    }

    /// Whether the device has slept since `self`.
    pub fn is_before_a_sleep(self, now: Self) -> bool {
        let steady = now.steady.saturating_duration_since(self.steady);
        now.wall.duration_since(self.wall).is_ok_and(|wall| wall.saturating_sub(steady) >= SLEPT)
    }

    /// Whether `after` has passed since `self`, by either clock.
    fn is_past(self, after: Duration, now: Self) -> bool {
        let by_the_wall = now.wall.duration_since(self.wall).is_ok_and(|passed| passed >= after);
        by_the_wall || now.steady.saturating_duration_since(self.steady) >= after
    }
}

/// Who was there last, and what is going on.
pub(super) struct Watched {
    touched: Mutex<Moment>,
    /// Commands under way: the lock does not fall between one and its answer.
    working: AtomicUsize,
    fallen: Notify,
}

impl Default for Watched {
    fn default() -> Self {
        Self { touched: Mutex::new(Moment::now()), working: AtomicUsize::new(0), fallen: Notify::new() }
    }
}

impl Watched {
    /// The lock has fallen.
    pub fn tell(&self) {
        self.fallen.notify_waiters();
    }

    fn begin(self: &Arc<Self>, touches: bool) -> Working {
        self.working.fetch_add(1, Ordering::SeqCst);
        Working { watched: self.clone(), touches }
    }

    fn is_left(&self, after: Duration, now: Moment) -> bool {
        let touched = *self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        self.working.load(Ordering::SeqCst) == 0 && touched.is_past(after, now)
    }
}

/// A command until it is answered or given up.
struct Working {
    watched: Arc<Watched>,
    /// Whether its end counts as a touch.
    touches: bool,
}

impl Drop for Working {
    fn drop(&mut self) {
        if self.touches {
            *self.watched.touched.lock().unwrap_or_else(PoisonError::into_inner) = Moment::now();
        }
        self.watched.working.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Diary {
    /// How long nobody has touched it before it locks by itself, in minutes.
    pub fn lock_after_minutes(&self) -> u32 {
        let chosen = self.setting(SETTING).and_then(|minutes| minutes.parse().ok());
        chosen.filter(|minutes| LOCK_AFTER_MINUTES.contains(minutes)).unwrap_or(LOCK_AFTER_MINUTES[0])
    }
}

impl DiaryApp {
    /// Carries out a command by its name, from JSON to JSON.
    ///
    /// # Errors
    ///
    /// A code that the page has a sentence for.
    pub async fn call(&self, name: &str, input: Value) -> Result<Value, CommandError> {
        let _working = (!LONG.contains(&name)).then(|| self.watched.begin(TOUCHES.contains(&name)));
        self.carry_out(name, input).await
    }

    /// Locks the diary when nobody has touched it for as long as its writer has chosen, or for `after` where that is given.
    pub(super) fn lock_if_left(&self, after: Option<Duration>) {
        self.lock_if_left_at(after, Moment::now());
    }

    fn lock_if_left_at(&self, after: Option<Duration>, now: Moment) {
        let chosen = |diary: &mut Diary| Ok(Duration::from_secs(60 * u64::from(diary.lock_after_minutes())));
        // What is locked already stays so.
        let Ok(chosen) = self.diary.with(chosen) else { return };
        if self.watched.is_left(after.unwrap_or(chosen), now) {
            self.lock_now();
        }
    }

    pub(super) async fn await_lock_now(&self) -> Result<Nothing, Error> {
        loop {
            let mut fallen = pin!(self.watched.fallen.notified());
            // Told from here on: what falls between the look and the wait is not missed.
            fallen.as_mut().enable();
            let diary = self.diary.clone();
            if !blocking(move || Ok(diary.is_open())).await? {
                return Ok(Nothing {});
            }
            fallen.await;
        }
    }

    pub(super) async fn set_lock_after_now(&self, input: SetLockAfter) -> Result<Keeping, Error> {
        let clock = self.clock.clone();
        if !LOCK_AFTER_MINUTES.contains(&input.minutes) {
            return Err(Error::Plain(ErrorCode::Internal));
        }
        self.with(move |diary| diary.set_setting(SETTING, &input.minutes.to_string(), clock.now())).await?;
        self.keeping_now().await
    }
}

#[cfg(test)]
#[path = "auto_lock_tests.rs"]
mod tests;
