//! The server over real HTTP on loopback: joining, pushing, erasing, reading, refusing, stopping, crashing.

mod clocks;
mod damage;
mod edges;
mod ending;
mod erasing;
mod joining;
mod limits;
mod matrix;
mod openapi;
mod ordering;
mod parts;
mod process;
mod pushing;
mod reading;
mod recovering;
mod roles;
mod schemathesis;
mod stewardship;
mod stopping;
mod studies;
mod support;
