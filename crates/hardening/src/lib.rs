//! What each of our programs does before anything else, so that its memory stays its own.
//!
//! A core dump is a program's memory, written to disk when it crashes: keys, passphrases and open entries in the clear. The limit
//! for it is set to nothing, for good and for every program that this one starts, the web view's among them. What a system hands
//! dumps to instead of writing them (`systemd-coredump`, Apport) is told the limit, and keeps to it.

/// Lets the system write no memory of this program, or of any that it starts, to disk when it crashes. Where a system has no such
/// limit, or refuses, nothing changes: a program that would not start would help nobody.
pub fn no_core_dumps() {
    #[cfg(unix)]
    let _ = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0);
}
