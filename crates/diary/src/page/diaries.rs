//! The diaries of the people who share a device: each in a folder of its own, with a lock of its own. One of them is in front.
//!
//! ```text
//! DIR/             the first one, and front.json: whose diary was opened last
//! DIR/people/2/    another person's
//! DIR/people/3/    …
//! ```
//!
//! Each has its own keys, its own sync and its own memory: what is under way for one cannot reach another that comes to the front meanwhile. Of
//! those behind, the reminders ring, and the lock is looked after.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::app::blocking;
use super::appearance;
use super::auto_lock::Moment;
use super::beside::PlainFile;
use super::{CommandError, DiaryApp, ErrorCode, Media};
use crate::{Error, lock};

/// The most that one device has room for.
const MOST: u32 = 6;
const FILE: PlainFile = PlainFile { name: "front.json", longest: 64 };
/// What opens a diary.
const OPENING: &[&str] = &["create_diary", "reset_lock", "restore_backup", "restore_diary", "unlock"];
const LOOK_EVERY: Duration = Duration::from_secs(1);
const RING_EVERY: Duration = Duration::from_secs(10);

/// Which diaries there are, and which of them is in front.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DiariesView {
    /// The places that have one, from 1.
    pub places: Vec<u32>,
    /// The place of the one in front, which may be a new one's.
    pub front: u32,
    /// The place for a new one; none when there is no more room.
    pub free: Option<u32>,
    /// The most that there can be.
    pub most: u32,
}

/// A diary by its place.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct DiaryPlace {
    /// One that has a diary, or the one for a new one.
    pub place: u32,
}

#[derive(Serialize, Deserialize)]
struct Front {
    front: u32,
}

/// Where the diaries of a device lie, and which of them is in front.
#[derive(Clone)]
pub(super) struct Shelf {
    root: Arc<PathBuf>,
    front: Arc<AtomicU32>,
}

impl Shelf {
    fn new(root: PathBuf) -> Self {
        let shelf = Self { root: Arc::new(root), front: Arc::new(AtomicU32::new(1)) };
        let there = shelf.places();
        let front = shelf.kept().filter(|kept| there.contains(kept)).or(there.first().copied()).unwrap_or(1);
        shelf.front.store(front, Ordering::SeqCst);
        shelf
    }

    fn kept(&self) -> Option<u32> {
        let kept: Option<Front> = FILE.read(&self.root).and_then(|bytes| serde_json::from_slice(&bytes).ok());
        kept.map(|Front { front }| front)
    }

    fn front(&self) -> u32 {
        self.front.load(Ordering::SeqCst)
    }

    /// One has been opened: the next start begins with it. Where that cannot be kept, it begins with the one before.
    fn keep(&self, front: u32) {
        if self.kept() != Some(front)
            && let Ok(bytes) = serde_json::to_vec(&Front { front })
        {
            let _ = FILE.write(&self.root, &bytes);
        }
    }

    fn folder(&self, place: u32) -> PathBuf {
        match place {
            1 => self.root.to_path_buf(),
            _ => self.root.join("people").join(place.to_string()),
        }
    }

    fn places(&self) -> Vec<u32> {
        (1..=MOST).filter(|place| lock::exists(&self.folder(*place))).collect()
    }

    fn view(&self) -> DiariesView {
        let places = self.places();
        let free = (1..=MOST).find(|place| !places.contains(place));
        DiariesView { places, front: self.front(), free, most: MOST }
    }

    fn turn_to(&self, place: u32) -> Result<DiariesView, Error> {
        let view = self.view();
        if !view.places.contains(&place) && view.free != Some(place) {
            return Err(Error::Plain(ErrorCode::NotNow));
        }
        self.front.store(place, Ordering::SeqCst);
        Ok(DiariesView { front: place, ..view })
    }
}

/// All diaries of a device: what a shell holds. The page's commands go to the one in front.
#[derive(Clone)]
pub struct Diaries {
    shelf: Shelf,
    /// Those that were needed so far, by place.
    apps: Arc<Mutex<BTreeMap<u32, DiaryApp>>>,
    fit: Arc<dyn Fn(DiaryApp) -> DiaryApp + Send + Sync>,
}

impl Diaries {
    /// The diaries in `dir`, locked. `fit` gives each of them what the shell has for it.
    pub fn new(dir: PathBuf, fit: impl Fn(DiaryApp) -> DiaryApp + Send + Sync + 'static) -> Self {
        Self { shelf: Shelf::new(dir), apps: Arc::default(), fit: Arc::new(fit) }
    }

    fn apps(&self) -> MutexGuard<'_, BTreeMap<u32, DiaryApp>> {
        self.apps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn at(&self, place: u32) -> DiaryApp {
        let make = || (self.fit)(DiaryApp::on(self.shelf.clone(), self.shelf.folder(place)));
        self.apps().entry(place).or_insert_with(make).clone()
    }

    fn front(&self) -> DiaryApp {
        self.at(self.shelf.front())
    }

    /// Carries out a command by its name, from JSON to JSON, on the diary in front.
    ///
    /// # Errors
    ///
    /// A code that the page has a sentence for.
    pub async fn call(&self, name: &str, input: Value) -> Result<Value, CommandError> {
        let place = self.shelf.front();
        let app = self.at(place);
        let result = app.call(name, input).await;
        if self.shelf.front() != place {
            // Another one has come to the front meanwhile: what was opened behind it, nobody sees.
            app.lock_now();
        } else if result.is_ok() && OPENING.contains(&name) {
            let shelf = self.shelf.clone();
            let _ = blocking(move || {
                shelf.keep(place);
                Ok(())
            })
            .await;
        }
        result
    }

    /// A voice note of the diary in front, or a range of it.
    pub async fn media(&self, note: &str, range: Option<&str>) -> Media {
        self.front().media(note, range).await
    }

    /// Locks at once, whichever is open.
    pub fn lock_now(&self) {
        let apps: Vec<DiaryApp> = self.apps().values().cloned().collect();
        apps.iter().for_each(DiaryApp::lock_now);
    }

    /// Shows the reminders of every diary when they are due, open or locked, and locks what has been left; as long as the app runs.
    /// Whoever gives reminders to show has this run.
    pub async fn watch(self, lock: LockWhenLeft) {
        // A system that takes for ever to show something keeps no diary open.
        tokio::join!(self.clone().ring(), self.lock_when_left(lock));
    }

    async fn ring(self) {
        loop {
            tokio::time::sleep(RING_EVERY).await;
            let diaries = self.clone();
            let rung = tokio::task::spawn_blocking(move || diaries.ring_if_due()).await;
            debug_assert!(rung.is_ok(), "showing a reminder does not panic");
        }
    }

    fn ring_if_due(&self) {
        self.shelf.places().into_iter().for_each(|place| self.at(place).ring_if_due());
    }

    async fn lock_when_left(self, lock: LockWhenLeft) {
        let mut last = Moment::now();
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let (now, diaries) = (Moment::now(), self.clone());
            let slept = lock != LockWhenLeft::Never && std::mem::replace(&mut last, now).is_before_a_sleep(now);
            // Whatever a diary is busy with is waited for elsewhere.
            let looked = tokio::task::spawn_blocking(move || match slept {
                true => diaries.lock_now(),
                false => diaries.lock_if_left(lock),
            });
            let looked = looked.await;
            debug_assert!(looked.is_ok(), "looking at the locks does not panic");
        }
    }

    fn lock_if_left(&self, lock: LockWhenLeft) {
        let apps: Vec<DiaryApp> = self.apps().values().cloned().collect();
        for app in apps {
            match lock {
                LockWhenLeft::AsChosen => app.lock_if_left(None),
                LockWhenLeft::After(time) => app.lock_if_left(Some(time)),
                LockWhenLeft::Never => {}
            }
        }
    }
}

/// When the lock falls by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockWhenLeft {
    /// As the writer of each diary has chosen.
    AsChosen,
    /// After this time, for all.
    After(Duration),
    /// Not at all: something that is no person looks on.
    Never,
}

impl DiaryApp {
    /// The diary in `dir`, locked; beside it there may be those of other people.
    pub fn new(dir: PathBuf) -> Self {
        Self::on(Shelf::new(dir.clone()), dir)
    }

    pub(super) async fn diaries_now(&self) -> Result<DiariesView, Error> {
        let shelf = self.shelf.clone();
        blocking(move || Ok(shelf.view())).await
    }

    pub(super) async fn bring_to_front_now(&self, input: DiaryPlace) -> Result<DiariesView, Error> {
        let app = self.clone();
        blocking(move || {
            if app.diary.is_open() {
                return Err(Error::Plain(ErrorCode::NotNow));
            }
            let view = app.shelf.turn_to(input.place)?;
            let folder = app.shelf.folder(input.place);
            if !lock::exists(&folder) {
                // Whoever begins one reads the language that they found it in. Without it the page speaks the phone's.
                let _ = appearance::write(&folder, &appearance::read(&app.dir));
            }
            Ok(view)
        })
        .await
    }
}

#[cfg(test)]
#[path = "diaries_tests.rs"]
mod tests;
