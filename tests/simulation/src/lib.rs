//! Phones, network, server and desk under faults: one seed, one schedule, the same each time.
//!
//! ```text
//! seed ─► schedule: a list of steps ─► run, step by step ─► faults end, everybody syncs ─► check "What must hold"
//!                       ▲                    │                                                     │
//!                       │          the real diary, server and desk          the model: what each person wrote and chose
//!                       └──── shrink: fewer steps, while the same thing is broken ◄── broken ──────┘
//! ```
//!
//! Real are the diary with its vault file and its sync, the server's calls over its SQLite store with backup and restore, and the
//! desk from the pull to the account. Simulated are time, the network, the processes' ends, chance, and the cost of a passphrase.
//! Everything runs on one thread; no clock of the machine decides anything. `docs/decisions/0037` says why it is so.
//!
//! ```text
//! cargo xtask simulate --seed 7            one schedule, told
//! cargo xtask simulate --seeds 1000        many, counted; the first that fails is shrunk and told
//! ```

mod acts;
pub mod chance;
mod check;
mod connections;
pub mod fault;
mod model;
mod phone;
mod rest;
pub mod run;
pub mod schedule;
mod shrink;
pub mod step;
mod tape;
pub mod template;
pub mod time;
pub mod wire;
mod world;
