//! Running a program under `strace`, and reading what that wrote down: one call of the system a line, with all its bytes.
//!
//! Strings and paths come in hexadecimal (`-xx`), so that a comma or a bracket is always strace's own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Set by whoever knows that the machine lets no program be traced and wants the other tests all the same.
const WITHOUT: &str = "WAYMARK_NO_POWER_CUTS";

/// Whatever changes a file or a name or waits for the disk, what moves a file's place or its number, and what goes to others.
const CALLS: &str = "open,openat,openat2,creat,close,dup,dup2,dup3,fcntl,lseek,mmap,\
    write,writev,pwrite64,pwritev,pwritev2,copy_file_range,sendfile,splice,sendto,sendmsg,\
    truncate,ftruncate,fallocate,fsync,fdatasync,sync,syncfs,\
    rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,mkdir,mkdirat";

/// Whether programs can be traced here.
///
/// # Panics
///
/// When they cannot, unless that has been said beforehand: a test that tests nothing does not pass.
pub fn is_allowed() -> bool {
    static ALLOWED: OnceLock<bool> = OnceLock::new();
    let allowed = *ALLOWED.get_or_init(|| {
        let traced = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).output();
        traced.is_ok_and(|output| output.status.success())
    });
    if !allowed {
        assert!(
            std::env::var_os(WITHOUT).is_some(),
            "this machine has no `strace`, or does not let it trace a program, so no power cut was tested; \
             set {WITHOUT}=1 to go without"
        );
        eprintln!("nothing was tested: {WITHOUT} is set");
    }
    allowed
}

/// The arguments with which strace runs a program and writes its calls into a file.
pub fn arguments(into: &Path, program: &Path) -> Vec<String> {
    let path = |path: &Path| path.to_str().expect("a temporary folder has a plain name").to_owned();
    // `--seccomp-bpf` stops the program at these calls alone.
    let mut arguments: Vec<String> =
        ["--seccomp-bpf", "-f", "-qq", "-xx", "-y", "-s", "67108864"].map(str::to_owned).into();
    arguments.extend(["-e".to_owned(), format!("trace={CALLS}"), "-e".to_owned(), "signal=none".to_owned()]);
    arguments.extend(["-o".to_owned(), path(into), path(program)]);
    arguments
}

/// The process that a recording begins with: strace's child.
///
/// # Panics
///
/// When it has done nothing yet.
pub fn process(recording: &Path) -> u32 {
    let recording = std::fs::read_to_string(recording).expect("the recording can be read");
    recording.split(' ').next().and_then(|id| id.parse().ok()).expect("a line begins with a process")
}

/// A call that ended well. Between the lines `began` and `ended` it was under way.
#[derive(Debug)]
pub struct Call {
    pub began: usize,
    pub ended: usize,
    pub name: String,
    pub arguments: Vec<String>,
    /// What it returned.
    pub result: i64,
    /// The file behind a number that it returned.
    pub opened: Option<PathBuf>,
}

/// The calls of a recording that ended well, in the order of their ends; the first line has this number.
pub fn read(recording: &str, first: usize) -> Vec<Call> {
    let mut begun: Vec<(&str, usize, &str)> = Vec::new();
    let mut calls = Vec::new();
    for (number, line) in (first..).zip(recording.lines()) {
        let (process, rest) = line.split_once(' ').unwrap_or_else(|| panic!("no process: {line}"));
        let rest = rest.trim_start();
        if rest.starts_with("+++") || rest.starts_with("---") {
            continue;
        }
        if let Some(rest) = rest.strip_suffix("<unfinished ...>") {
            begun.push((process, number, rest));
        } else if let Some(resumed) = rest.strip_prefix("<... ") {
            let (_, end) = resumed.split_once(" resumed>").unwrap_or_else(|| panic!("resumes nothing: {line}"));
            let place = begun.iter().position(|(other, ..)| *other == process).expect("what goes on has begun");
            let (_, began, start) = begun.swap_remove(place);
            calls.extend(call(&format!("{start}{end}"), began, number));
        } else {
            calls.extend(call(rest, number, number));
        }
    }
    calls
}

/// `name(arguments) = result`; nothing when it failed or never ended.
fn call(text: &str, began: usize, ended: usize) -> Option<Call> {
    let (called, result) = text.rsplit_once(" = ").unwrap_or_else(|| panic!("no result: {text}"));
    let (name, arguments) = called.trim_end().split_once('(').expect("a call has arguments");
    let arguments = split(arguments.strip_suffix(')').expect("a call's arguments end"));
    let word = result.split([' ', '<']).next().expect("a result has a beginning");
    let parsed = match word.strip_prefix("0x") {
        Some(address) => i64::from_str_radix(address, 16).ok(),
        None => word.parse().ok(),
    };
    // A program that ends does not hear the result of its last call, which is `?`.
    let result_number = parsed.filter(|number| *number >= 0)?;
    Some(Call { began, ended, name: name.to_owned(), arguments, result: result_number, opened: file(result) })
}

/// Splits at the commas that are in no bracket.
fn split(arguments: &str) -> Vec<String> {
    let mut split = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, byte) in arguments.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                split.push(arguments[start..at].trim().to_owned());
                start = at + 1;
            }
            _ => {}
        }
    }
    split.push(arguments[start..].trim().to_owned());
    split
}

/// The path of `5<\x2f…>`.
fn file(annotated: &str) -> Option<PathBuf> {
    let (_, rest) = annotated.split_once('<')?;
    let path = rest.split('>').next().expect("split gives at least one");
    Some(PathBuf::from(String::from_utf8(unescape(path)).expect("paths are UTF-8")))
}

fn unescape(hex: &str) -> Vec<u8> {
    let byte = |pair: &str| u8::from_str_radix(pair, 16).unwrap_or_else(|_| panic!("not hexadecimal: {pair}"));
    hex.split("\\x").skip(1).map(byte).collect()
}

impl Call {
    fn argument(&self, at: usize) -> &str {
        self.arguments.get(at).unwrap_or_else(|| panic!("{} has no argument {at}: {:?}", self.name, self.arguments))
    }

    /// A number.
    pub fn number(&self, at: usize) -> i64 {
        let text = self.argument(at).split('<').next().expect("split gives at least one");
        text.parse().unwrap_or_else(|_| panic!("{}: no number: {text}", self.name))
    }

    /// Whether an argument has a flag.
    pub fn has(&self, at: usize, flag: &str) -> bool {
        self.argument(at).split('|').any(|other| other == flag)
    }

    /// The path behind a number of an open file.
    pub fn behind(&self, at: usize) -> Option<PathBuf> {
        file(self.argument(at))
    }

    /// A path; one that is relative begins in the folder that the argument before it names.
    pub fn path(&self, at: usize) -> PathBuf {
        let path = PathBuf::from(String::from_utf8(unescape(quoted(self.argument(at)))).expect("paths are UTF-8"));
        if path.is_absolute() {
            return path;
        }
        let folder = at.checked_sub(1).and_then(|before| self.behind(before));
        folder.unwrap_or_else(|| panic!("{}: relative to nothing: {}", self.name, path.display())).join(path)
    }

    /// The bytes that were taken from an argument: a string, or a list of pieces.
    pub fn taken(&self, at: usize) -> Vec<u8> {
        let argument = self.argument(at);
        let mut bytes: Vec<u8> = match argument.starts_with('"') {
            true => unescape(quoted(argument)),
            false => argument.split("iov_base=").skip(1).flat_map(|piece| unescape(quoted(piece))).collect(),
        };
        bytes.truncate(usize::try_from(self.result).expect("a result that is no error"));
        bytes
    }
}

/// What stands between the first two quotation marks.
fn quoted(text: &str) -> &str {
    assert!(!text.contains("\"..."), "strace has cut something off");
    text.split('"').nth(1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_another_thread_interrupts_lasts_from_its_first_line_to_its_last() {
        let recording = "7 pwrite64(5<\\x2f\\x61>, \"\\x61\\x2c\", 2, 4096 <unfinished ...>\n\
                         8 fsync(6<\\x2f\\x62>) = 0\n\
                         7 <... pwrite64 resumed>) = 2\n\
                         8 fsync(6<\\x2f\\x62>) = -1 EIO (Input/output error)\n\
                         8 +++ exited with 0 +++\n";
        let calls = read(recording, 10);
        let spans: Vec<_> = calls.iter().map(|call| (call.name.as_str(), call.began, call.ended)).collect();
        assert_eq!(spans, [("fsync", 11, 11), ("pwrite64", 10, 12)]);
        let write = &calls[1];
        assert_eq!((write.taken(1), write.number(3)), (b"a,".to_vec(), 4096));
        assert_eq!(write.behind(0), Some(PathBuf::from("/a")));
    }

    #[test]
    fn pieces_of_a_write_are_put_together_and_cut_at_what_was_taken() {
        let recording =
            "7 writev(5<\\x2f\\x61>, [{iov_base=\"\\x61\\x62\", iov_len=2}, {iov_base=\"\\x63\", iov_len=1}], 2) = 2\n";
        assert_eq!(read(recording, 0)[0].taken(1), b"ab");
    }

    #[test]
    fn a_relative_path_begins_in_its_folder() {
        let recording = "7 unlinkat(3<\\x2f\\x61>, \"\\x62\", 0) = 0\n7 openat(AT_FDCWD<\\x2f>, \"\\x2f\\x63\", O_RDWR|O_CREAT, 0600) = 3<\\x2f\\x63>\n";
        let calls = read(recording, 0);
        assert_eq!(calls[0].path(1), Path::new("/a/b"));
        assert_eq!((calls[1].path(1), calls[1].has(2, "O_CREAT")), (PathBuf::from("/c"), true));
        assert_eq!(calls[1].opened, Some(PathBuf::from("/c")));
    }
}
