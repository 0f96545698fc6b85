//! The server over real HTTP on loopback: joining, pushing, erasing, reading, refusing, stopping, crashing, each on both engines;
//! settings, connections and what is told of itself, which know no engine, once.

mod configured;
mod counts;
mod logs;
mod openapi;
mod postgres;
mod rates;
mod schemathesis;
mod slow;
mod sqlite;
mod support;
mod tls;
