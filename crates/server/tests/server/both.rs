//! What holds on each engine.

mod bucket;
mod erasing;
mod joining;
mod killing;
mod limits;
mod ordering;
pub mod parts;
mod process;
mod pushing;
mod reading;
mod roles;
mod stopping;
mod studies;

use super::{Data, Running};
