//! Running one of the programs, and what must hold however it ends: no panic, no hang, one of the promised exit codes, and on
//! failure one sentence.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::Value;

/// What every diary and desk of these tests is locked with.
pub const PASSPHRASE: &str = "a passphrase for tests";
/// Longer than any client waits for a server. What takes longer hangs.
pub const TIMEOUT: Duration = Duration::from_secs(150);

/// How often something is killed, unless the environment says how often.
pub fn rounds(usually: usize) -> usize {
    std::env::var("WAYMARK_TEST_KILLS").map_or(usually, |rounds| rounds.parse().expect("a number of rounds"))
}

/// The path of a built program: from the environment, else beside this test.
pub fn program(variable: &str, name: &str) -> PathBuf {
    let path = std::env::var_os(variable).map_or_else(
        || {
            let test = std::env::current_exe().expect("a running test has a path");
            let profile = test.ancestors().nth(2).expect("a test lies in target/<profile>/deps");
            profile.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
        },
        PathBuf::from,
    );
    assert!(
        path.exists(),
        "{} is missing: build it with `cargo build --workspace --bins`, or say where it is in {variable}",
        path.display()
    );
    path
}

/// The study file that the tests run on.
pub fn study_file() -> PathBuf {
    let path = std::env::var_os("WAYMARK_STUDY")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("studies/transitions.toml"), PathBuf::from);
    assert!(path.exists(), "{} is missing: say in WAYMARK_STUDY where a study file is", path.display());
    path
}

/// Where the programs would put temporary files: a folder of their own, so that it can be searched.
pub fn scratch() -> &'static Path {
    static SCRATCH: OnceLock<PathBuf> = OnceLock::new();
    SCRATCH.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scratch");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder for temporary files can be made");
        folder
    })
}

/// A program that is running, its input and output in files.
pub struct Running {
    pub child: Child,
    what: String,
    stdout: File,
    stderr: File,
    started: Instant,
}

/// How a program ended.
pub struct Ended {
    what: String,
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Starts a program with some input.
pub fn start(program: &Path, arguments: &[&str], passphrase: &str, stdin: &[u8]) -> Running {
    start_with(program, arguments, &[("WAYMARK_PASSPHRASE", passphrase)], stdin)
}

/// Starts a program with these variables and some input.
pub fn start_with(program: &Path, arguments: &[&str], variables: &[(&str, &str)], stdin: &[u8]) -> Running {
    let mut input = tempfile::tempfile().expect("a temporary file");
    input.write_all(stdin).and_then(|()| input.seek(SeekFrom::Start(0))).expect("a temporary file can be written");
    let output = || tempfile::tempfile().expect("a temporary file");
    let (stdout, stderr) = (output(), output());
    let handle = |file: &File| Stdio::from(file.try_clone().expect("a file has another handle"));
    let child = Command::new(program)
        .args(arguments)
        .env("TMPDIR", scratch())
        .envs(variables.iter().copied())
        .stdin(Stdio::from(input))
        .stdout(handle(&stdout))
        .stderr(handle(&stderr))
        .spawn()
        .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
    let name = program.file_stem().unwrap_or_default().to_string_lossy();
    let what = format!("{name} {}", arguments.join(" "));
    Running { child, what, stdout, stderr, started: Instant::now() }
}

impl Running {
    /// Waits for the end, and checks what must hold at every end.
    #[track_caller]
    pub fn end(mut self) -> Ended {
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                break status;
            }
            if self.started.elapsed() > TIMEOUT {
                self.child.kill().expect("a child can be killed");
                let printed = self.printed();
                panic!("`{}` hangs: {printed}", self.what);
            }
            std::thread::sleep(Duration::from_millis(3));
        };
        let ended = Ended {
            code: status.code().unwrap_or_else(|| panic!("`{}` died: {status}", self.what)),
            stdout: read(&self.stdout),
            stderr: read(&self.stderr),
            what: self.what,
        };
        assert!(!ended.stderr.contains("panicked at"), "{ended}");
        assert!((0..=3).contains(&ended.code), "{ended}");
        ended
    }

    /// SIGKILL; what it had printed until then.
    pub fn kill(mut self) -> String {
        // It may have ended already.
        let _ = self.child.kill();
        self.child.wait().expect("a child can be waited for");
        read(&self.stdout)
    }

    /// What it has printed until now.
    pub fn printed(&self) -> String {
        read(&self.stdout)
    }
}

/// Without moving the place at which the program, which has the same open file, writes on.
fn read(file: &File) -> String {
    let length = file.metadata().expect("a temporary file has a length").len();
    let mut bytes = vec![0; usize::try_from(length).expect("a program prints little")];
    file.read_exact_at(&mut bytes, 0).expect("a temporary file can be read");
    String::from_utf8(bytes).expect("programs print UTF-8")
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` ended with {}\nstdout: {}\nstderr: {}", self.what, self.code, self.stdout, self.stderr)
    }
}

impl Ended {
    /// What it printed; it must have ended well.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self}");
        self.stdout
    }

    /// The JSON that it printed; it must have ended well.
    #[track_caller]
    pub fn json(self) -> Value {
        assert_eq!(self.code, 0, "{self}");
        self.json_of(&[0])
    }

    /// The JSON that it printed, with one of these exit codes.
    #[track_caller]
    pub fn json_of(&self, codes: &[i32]) -> Value {
        assert!(codes.contains(&self.code), "{self}");
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// It failed, with one sentence on stderr that says this, and nothing on stdout.
    #[track_caller]
    pub fn fails(self, says: &str) {
        assert_eq!(self.code, 1, "{self}");
        assert!(self.stdout.is_empty(), "{self}");
        assert_eq!(self.stderr.trim_end().lines().count(), 1, "one sentence: {self}");
        assert!(self.stderr.contains(says), "expected “{says}”: {self}");
    }

    /// It was called wrongly, or not confirmed: nothing on stdout, and this on stderr.
    #[track_caller]
    pub fn misused(self, says: &str) {
        assert_eq!(self.code, 2, "{self}");
        assert!(self.stdout.is_empty(), "{self}");
        assert!(self.stderr.contains(says), "expected “{says}”: {self}");
    }

    /// It was done, and somebody must look.
    #[track_caller]
    pub fn warns(self, says: &str) -> String {
        assert_eq!(self.code, 3, "{self}");
        assert!(self.stderr.contains(says), "expected “{says}”: {self}");
        self.stdout
    }
}
