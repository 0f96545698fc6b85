//! The server over real HTTP on loopback: joining, pushing, erasing, reading, refusing, stopping, crashing.

mod configured;
mod counts;
mod damage;
mod erasing;
mod joining;
mod limits;
mod logs;
mod ordering;
mod parts;
mod process;
mod pushing;
mod rates;
mod reading;
mod roles;
mod slow;
mod stopping;
mod studies;
mod support;
mod tls;
