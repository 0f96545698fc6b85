//! The server over real HTTP on loopback: joining, pushing, erasing, reading, refusing, stopping, crashing; each on both engines.

mod postgres;
mod sqlite;
mod support;
