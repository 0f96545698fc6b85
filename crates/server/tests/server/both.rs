//! What holds on each engine.

mod backups;
mod bucket;
mod clocks;
mod damaged_backups;
mod edges;
mod ending;
pub mod erasing;
mod full_folder;
mod joining;
mod joining_again;
mod killing;
mod limits;
mod matrix;
mod ordering;
pub mod parts;
mod process;
mod pushing;
mod reading;
mod records_quota;
mod recovering;
mod restoring;
mod roles;
mod stewardship;
mod stopping;
mod studies;

use super::{Data, Running};
