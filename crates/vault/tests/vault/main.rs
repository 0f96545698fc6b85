//! The vault from outside: what it keeps, what it refuses, and what it survives.

mod copies;
mod creation;
mod damage;
mod format;
mod full_disk;
mod killed;
mod killed_rekey;
mod opening;
mod passphrases;
mod plaintext;
mod read_only;
mod rekey;
mod round_trip;
mod slots;
mod support;
mod swapped;
