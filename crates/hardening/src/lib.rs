//! What each of our programs does before anything else, so that its memory stays its own.
//!
//! A core dump is a program's memory, written to disk when it crashes: keys, passphrases and open entries in the clear. On Linux the
//! kernel is told to dump nothing of this program, wherever dumps go, and to let no other program of the same person read its memory.
//! On every Unix the limit for dumps is set to nothing as well, for this program and for all that it starts: the web view's
//! processes are that. There it binds the kernel's own files and `systemd-coredump`; Apport may keep a dump of a packaged program all the
//! same.

/// Keeps this program's memory off the disk when it crashes, as far as the system lets it: see the module. Where it does not,
/// nothing changes: a program that would not start would help nobody.
pub fn no_core_dumps() {
    #[cfg(unix)]
    let _ = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0);
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}
