//! The diaries of the people who share a device: each in a folder of its own, with a lock of its own. One of them is in front.
//!
//! ```text
//! DIR/             the first one, and front.json: whose diary was in front last
//! DIR/people/2/    another person's
//! DIR/people/3/    …
//! ```
//!
//! Each has its own keys, its own sync and its own page: what is under way for one cannot reach another that comes to the front meanwhile. Of
//! those behind, the reminders ring, and nothing else.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::app::blocking;
use super::beside::PlainFile;
use super::{CommandError, DiaryApp, ErrorCode, Media};
use crate::{Error, lock};

/// The most that one device has room for.
const MOST: u32 = 6;
const FILE: PlainFile = PlainFile { name: "front.json", longest: 64 };
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How many diaries there are, and which of them is in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct DiariesView {
    /// How many there are.
    pub count: u32,
    /// The place of the one in front, from 1. One behind the last is a new one's.
    pub front: u32,
    /// The most that there can be.
    pub most: u32,
}

/// A diary by its place.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct DiaryPlace {
    /// From 1; one behind the last begins a new one.
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
        let kept: Option<Front> = FILE.read(&shelf.root).and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if let Some(Front { front }) = kept.filter(|kept| (1..=shelf.count()).contains(&kept.front)) {
            shelf.front.store(front, Ordering::SeqCst);
        }
        shelf
    }

    fn folder(&self, place: u32) -> PathBuf {
        match place {
            1 => self.root.to_path_buf(),
            _ => self.root.join("people").join(place.to_string()),
        }
    }

    fn count(&self) -> u32 {
        (1..=MOST)
            .take_while(|place| lock::exists(&self.folder(*place)))
            .zip(1..)
            .map(|(_, count)| count)
            .last()
            .unwrap_or(0)
    }

    fn view(&self) -> DiariesView {
        DiariesView { count: self.count(), front: self.front.load(Ordering::SeqCst), most: MOST }
    }

    fn turn_to(&self, place: u32) -> Result<DiariesView, Error> {
        if place < 1 || place > (self.count() + 1).min(MOST) {
            return Err(Error::Plain(ErrorCode::NotNow));
        }
        self.front.store(place, Ordering::SeqCst);
        // Without it the one that was in front before comes back after the next start, and can be turned from again.
        let _ = serde_json::to_vec(&Front { front: place }).is_ok_and(|bytes| FILE.write(&self.root, &bytes).is_ok());
        Ok(self.view())
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
        self.at(self.shelf.front.load(Ordering::SeqCst))
    }

    /// Carries out a command by its name, from JSON to JSON, on the diary in front.
    ///
    /// # Errors
    ///
    /// A code that the page has a sentence for.
    pub async fn call(&self, name: &str, input: Value) -> Result<Value, CommandError> {
        self.front().call(name, input).await
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

    /// Shows the reminders of every diary when they are due, open or locked, and locks one that nobody has touched for as long as its
    /// writer has chosen, or for `after` where that is given; as long as the app runs. Whoever gives reminders to show has this run.
    pub async fn watch(self, lock: LockWhenLeft) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let diaries = self.clone();
            // A system may take its time, and whatever a diary is busy with is waited for elsewhere.
            let looked = tokio::task::spawn_blocking(move || diaries.look(lock)).await;
            debug_assert!(looked.is_ok(), "looking after the diaries does not panic");
        }
    }

    fn look(&self, lock: LockWhenLeft) {
        for place in 1..=self.shelf.count() {
            let app = self.at(place);
            app.ring_if_due();
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
            // This command alone: an unlocking that is under way would open a diary that nobody sees.
            if app.diary.is_open() || app.watched.at_work() > 1 {
                return Err(Error::Plain(ErrorCode::NotNow));
            }
            app.shelf.turn_to(input.place)
        })
        .await
    }
}

#[cfg(test)]
#[path = "diaries_tests.rs"]
mod tests;
