//! The embedded engine: what holds on each, and what is about its file alone.

#[path = "../both.rs"]
mod both;
mod damage;
mod folder;
mod leftovers;

use crate::support::{DataOn, OnSqlite, RunningOn};

type Running = RunningOn<OnSqlite>;
type Data = DataOn<OnSqlite>;
