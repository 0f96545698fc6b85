//! What holds on each engine.

mod backups;
mod bucket;
mod damaged_backups;
mod erasing;
mod joining;
mod killing;
mod limits;
mod ordering;
pub mod parts;
mod process;
mod pushing;
mod reading;
mod restoring;
mod roles;
mod stopping;
mod studies;

use super::{Data, Running};
