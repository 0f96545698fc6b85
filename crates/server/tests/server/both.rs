//! What holds on each engine.

mod bucket;
mod clocks;
mod edges;
mod ending;
mod erasing;
mod joining;
mod killing;
mod limits;
mod matrix;
mod ordering;
pub mod parts;
mod process;
mod pushing;
mod reading;
mod recovering;
mod roles;
mod stewardship;
mod stopping;
mod studies;

use super::{Data, Running};
