//! Reading aloud with the system's own voice: on Linux by `spd-say` of Speech Dispatcher, where it is installed. Other systems get theirs with
//! the phone's plugin; until then nothing offers it there.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use waymark_diary::page::Speaking;

/// Speech Dispatcher's command.
const PROGRAM: &str = "spd-say";

/// The system's voice.
#[derive(Clone)]
pub struct SpeechDispatcher {
    program: PathBuf,
}

impl SpeechDispatcher {
    /// Where it is installed in one of these folders, separated as in `PATH`.
    pub fn find(path: &OsStr) -> Option<Self> {
        std::env::split_paths(path)
            .map(|folder| folder.join(PROGRAM))
            .find(|program| is_program(program))
            .map(|program| Self { program })
    }

    fn run(&self, arguments: &[&str], text: &str) -> std::io::Result<()> {
        // The words go through a pipe: a command line can be read by every other program.
        let mut child = Command::new(&self.program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let written = child.stdin.take().map_or(Ok(()), |mut pipe| pipe.write_all(text.as_bytes()));
        // It ends by itself; until then nobody waits for it.
        std::thread::spawn(move || child.wait());
        written
    }
}

impl Speaking for SpeechDispatcher {
    fn speak(&self, text: &str, language: &str) -> bool {
        self.stop();
        let primary = language.split('-').next().unwrap_or(language);
        self.run(&["--pipe-mode", "--language", primary], text).is_ok()
    }

    fn stop(&self) {
        // Nothing is being read, or the service is away: then nothing is to be stopped.
        let _ = Command::new(&self.program).arg("--cancel").stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;

    std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::Duration;

    use super::*;

    /// A program in its place that notes how it was called and what it was given.
    fn in_its_place(folder: &Path) -> SpeechDispatcher {
        let program = folder.join(PROGRAM);
        let script = "#!/bin/sh\nnoted=$(dirname \"$0\")/noted\ntest \"$1\" = --cancel && text= || text=$(cat)\necho \"$* | $text\" >> \"$noted\"\n";
        std::fs::write(&program, script).expect("written");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("made a program");
        SpeechDispatcher::find(folder.as_os_str()).expect("found")
    }

    fn noted(folder: &Path, lines: usize) -> Vec<String> {
        // It runs beside us: it is waited for.
        for _ in 0..500 {
            let noted = std::fs::read_to_string(folder.join("noted")).unwrap_or_default();
            if noted.lines().count() >= lines {
                return noted.lines().map(str::to_owned).collect();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("nothing was noted");
    }

    #[test]
    fn the_words_go_through_a_pipe_in_their_language_and_not_on_the_command_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let speech = in_its_place(folder.path());
        assert!(speech.speak("May the study read them?", "en-GB"));
        assert_eq!(noted(folder.path(), 2), ["--cancel | ", "--pipe-mode --language en | May the study read them?"]);
    }

    #[test]
    fn where_it_is_not_installed_or_is_no_program_there_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(SpeechDispatcher::find(folder.path().as_os_str()).is_none());
        std::fs::write(folder.path().join(PROGRAM), "text").expect("written");
        assert!(SpeechDispatcher::find(folder.path().as_os_str()).is_none());
    }
}
