//! The server over real HTTP on loopback: joining, pushing, erasing, reading, refusing, stopping, crashing.

mod damage;
mod erasing;
mod joining;
mod limits;
mod openapi;
mod ordering;
mod parts;
mod process;
mod pushing;
mod reading;
mod roles;
mod stopping;
mod studies;
mod support;
