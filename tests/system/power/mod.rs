//! The power goes at any moment: what was called done is there, what was under way is there whole or not at all, and every
//! program opens what it finds without help.
//!
//! No file system of this machine can be made to lose what was not synced yet, so a recording stands in for one. The real programs run under
//! `strace` ([`strace`]), which writes down each call that changes a file or a name, each sync, and what was said to others, in
//! their order. From that, [`disk`] makes what a disk may hold after a cut at any line, [`story`] chooses the cuts, and the real
//! program opens the result. After every recording the replayed disk must be, byte for byte, what the program left: so nothing has been
//! misread.
//!
//! A few cuts are right after something was called done, and take all that they may; the others come at moments of chance,
//! `WAYMARK_TEST_KILLS` of them.

mod app;
mod desk;
mod diary;
mod disk;
mod migration;
mod server;
mod story;
mod strace;
