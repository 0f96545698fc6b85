//! PostgreSQL: what holds on each engine, and what several processes over one database have to get right.

// The same file for each engine: its tests run once on each, under the engine's name.
mod backups;
#[allow(clippy::duplicate_mod)]
#[path = "../both.rs"]
mod both;
mod busy;
mod database;
mod full_disk;
mod restarting;
mod several;
mod sweeping;
mod tls;

use crate::support::{DataOn, OnPostgres, RunningOn};

type Running = RunningOn<OnPostgres>;
type Data = DataOn<OnPostgres>;
