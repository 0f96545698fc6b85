//! The desk against phones that are real and a server that may be anything.

mod certificate;
mod certified_exports;
mod commands;
mod compared;
mod erasing;
mod exports;
mod faults;
mod honest;
mod mutations;
mod phone;
mod recordings;
mod server;
mod transport;
mod withdrawal;
mod world;
