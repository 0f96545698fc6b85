//! What must hold of any bytes from outside, whoever made them up.
//!
//! Each module is a *target*: a family of decoders, or a way that bytes take through the programs, with properties that panic when they
//! do not hold. Two run them:
//!
//! ```text
//! seeds/TARGET    made by the target's own code ─┐
//! corpus/TARGET   found by the fuzzer, the least ─┼─► tests/corpus.rs   with cut and flipped ones: in every `cargo xtask test`
//!                 that reaches what was reached  ─┴─► cargo-fuzz/       libFuzzer over the same functions: `cargo xtask fuzz`
//! ```
//!
//! An input that made a target fail is put into its corpus, and stays there. Where a family has several decoders, or a target starts
//! from something whole and changes it, the bytes say which and how ([`script`]).

mod answers;
pub mod api;
pub mod attachment;
pub mod certificate;
pub mod content;
pub mod desk;
pub mod export;
pub mod invitation;
pub mod phone;
pub mod proof;
pub mod record;
pub mod script;
pub mod sealed;
pub mod server;
pub mod signed;
mod stand;
pub mod study;
pub mod transcript;
pub mod vault;
pub mod wire;
mod world;

/// A family of decoders, or a way through the programs.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// As its module, its program and its folders are called.
    pub name: &'static str,
    /// Panics when something does not hold.
    pub run: fn(&[u8]),
    /// Inputs to begin with, by name: the same ones each time.
    pub seeds: fn() -> Vec<(&'static str, Vec<u8>)>,
    /// How many changed inputs an ordinary test runs: fewer where each takes longer.
    pub changed: u32,
}

/// A target of the name of its module.
macro_rules! target {
    ($name:ident, $changed:literal) => {
        Target { name: stringify!($name), run: $name::run, seeds: $name::seeds, changed: $changed }
    };
}

/// All of them.
pub const TARGETS: &[Target] = &[
    target!(wire, 2000),
    target!(record, 1000),
    target!(sealed, 1000),
    target!(content, 4000),
    target!(attachment, 300),
    target!(signed, 500),
    target!(proof, 500),
    target!(invitation, 4000),
    target!(study, 300),
    target!(api, 4000),
    target!(vault, 100),
    target!(certificate, 200),
    target!(export, 200),
    target!(transcript, 2000),
    target!(desk, 60),
    target!(server, 100),
    target!(phone, 100),
];
