//! The embedded engine: what holds on each, and what is about its file alone.

// The same file for each engine: its tests run once on each, under the engine's name.
mod backups;
#[allow(clippy::duplicate_mod)]
#[path = "../both.rs"]
mod both;
mod damage;
mod folder;
mod full_disk;
mod leftovers;
mod migrating;
mod nightly;
mod proving;
// A disk that is really full is the same wherever one is needed.
#[path = "../../../../diary/tests/small_disk/mod.rs"]
mod small_disk;

use crate::support::{DataOn, OnSqlite, Running};

type Data = DataOn<OnSqlite>;
