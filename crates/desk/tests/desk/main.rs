//! The desk against phones that are real and a server that may be anything.

mod archive;
mod certificate;
mod certified_exports;
mod certified_files;
mod commands;
mod compared;
mod custody;
mod docx;
mod erasing;
mod exported;
mod exports;
mod faults;
mod honest;
mod mutations;
mod page;
mod phone;
mod prepare;
mod prepared_page;
mod recordings;
mod refi;
mod server;
mod setup;
mod transcripts;
mod transport;
mod withdrawal;
mod world;
