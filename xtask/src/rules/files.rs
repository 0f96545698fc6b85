//! What may not be in a file.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::repo;

/// Where the attacks stand, with the tests that show who notices.
const ATTACKS: &str = "SECURITY.md";
/// The one folder that may know the shell.
const SHELL_FOLDER: &str = "ui/common/host/";

/// The desk's own code, and the one folder in it that may name the diary: it shows a study as phones show it.
const DESK: &str = "crates/desk/src/";
const PREVIEW: &str = "crates/desk/src/page/previewing/";

/// The text files of the repository by path; what Git ignores is left out.
pub struct Files {
    files: Vec<(String, String)>,
}

impl Files {
    /// Reads all of them.
    pub fn read() -> Result<Self, Failure> {
        let output = Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
            .current_dir(repo::root())
            .output()
            .map_err(|error| Failure::system("git does not start", error))?;
        if !output.status.success() {
            return Err(Failure::because(String::from_utf8_lossy(&output.stderr)));
        }
        let names = String::from_utf8_lossy(&output.stdout).into_owned();
        let text = |name: &str| Some((name.to_owned(), fs::read_to_string(repo::root().join(name)).ok()?));
        Ok(Self { files: names.split('\0').filter(|name| !name.is_empty()).filter_map(text).collect() })
    }

    /// Scripts that import the shell although they are not in the folder that may.
    pub fn imports_of_the_shell(&self) -> Vec<String> {
        let is_script = |name: &str| {
            let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
            matches!(extension, Some("ts" | "js" | "mjs" | "svelte"))
        };
        self.files
            .iter()
            .filter(|(name, text)| is_script(name) && !name.starts_with(SHELL_FOLDER) && text.contains("@tauri-apps/"))
            .map(|(name, _)| format!("{name} imports the shell; only {SHELL_FOLDER} may."))
            .collect()
    }

    /// Files of the desk that name the diary although they are not in the folder that may: the desk verifies what the diary wrote.
    pub fn the_diary_in_the_desk(&self) -> Vec<String> {
        let of_desk = |name: &str| name.starts_with(DESK) && !name.starts_with(PREVIEW);
        let naming = self.files.iter().filter(|(name, text)| of_desk(name) && text.contains("waymark_diary"));
        naming
            .map(|(name, _)| format!("{name} names the diary, whose words the desk verifies; only {PREVIEW} may."))
            .collect()
    }

    /// Paths that exist on somebody's machine only.
    pub fn machine_paths(&self) -> Vec<String> {
        let mut breaches = Vec::new();
        for (name, text) in &self.files {
            for (number, line) in text.lines().enumerate() {
                if has_machine_path(line) {
                    breaches.push(format!("{name}:{} has a path of somebody's machine.", number + 1));
                }
            }
        }
        breaches
    }

    /// Tests that the table of attacks names and that no Rust file has.
    pub fn tests_that_are_not_there(&self) -> Vec<String> {
        let table = self.files.iter().find(|(name, _)| name == ATTACKS).map_or("", |(_, text)| text.as_str());
        let rust: Vec<&str> =
            self.files.iter().filter(|(name, _)| name.ends_with(".rs")).map(|(_, text)| text.as_str()).collect();
        let is_there = |test: &&str| rust.iter().any(|text| text.contains(&format!("fn {test}(")));
        let missing = named_tests(table).into_iter().filter(|test| !is_there(test));
        missing.map(|test| format!("{ATTACKS} names the test {test}, and there is none.")).collect()
    }

    /// Packages of the page that name an address: they come from whichever registry npm is set up for, by name and hash.
    pub fn foreign_packages(&self) -> Vec<String> {
        let lock = self.files.iter().filter(|(name, _)| name.ends_with("package-lock.json"));
        let told =
            |name: &str, url: String| format!("{name}: {url} is an address; install with the .npmrc that lies here.");
        lock.flat_map(|(name, text)| foreign(text).into_iter().map(move |url| told(name, url))).collect()
    }
}

/// The names of tests in a text: words in code spans, joined by three underscores or more.
fn named_tests(text: &str) -> Vec<&str> {
    let spans = text.split('`').skip(1).step_by(2);
    let is_name = |span: &&str| {
        let plain = span.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        plain && span.matches('_').count() >= 3
    };
    spans.filter(is_name).collect()
}

/// Where people and build machines keep their own files.
const MACHINE_FOLDERS: [&str; 3] = ["root", "work", "home"];

/// Whether a line has an absolute path into a person's or a build machine's folders.
fn has_machine_path(line: &str) -> bool {
    MACHINE_FOLDERS.iter().any(|folder| {
        let path = format!("/{folder}/");
        // A folder of that name inside another, or in an address, is none: something stands right before it.
        line.match_indices(&path).any(|(at, _)| {
            !line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "._-~}*)".contains(c))
        })
    })
}

/// The addresses in a lock file.
fn foreign(lock: &str) -> Vec<String> {
    let address = |line: &str| {
        let url = line.trim().strip_prefix("\"resolved\": \"")?.trim_end_matches(['"', ',']).to_owned();
        // Without a colon it is a folder of this repository (an npm workspace).
        url.contains(':').then_some(url)
    };
    lock.lines().filter_map(address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        Files { files: files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect() }
    }

    #[test]
    fn only_one_folder_imports_the_shell() {
        let import = "import { invoke } from '@tauri-apps/api/core';";
        let files = files(&[
            ("ui/common/host/tauri.ts", import),
            ("ui/diary/src/App.svelte", import),
            ("package.json", "\"@tauri-apps/api\": \"2\""),
        ]);
        let breaches = files.imports_of_the_shell();
        assert_eq!(breaches.len(), 1);
        assert!(breaches[0].starts_with("ui/diary/src/App.svelte "));
    }

    #[test]
    fn only_one_folder_of_the_desk_names_the_diary() {
        let import = "use waymark_diary::page::Diaries;";
        let files = files(&[
            ("crates/desk/src/page/previewing/phone.rs", import),
            ("crates/desk/src/verify.rs", import),
            ("crates/pilot/src/main.rs", import),
        ]);
        let breaches = files.the_diary_in_the_desk();
        assert_eq!(breaches.len(), 1);
        assert!(breaches[0].starts_with("crates/desk/src/verify.rs "));
    }

    #[test]
    fn a_test_that_is_named_and_not_there_is_found() {
        let table = "| x | `server-garbage` | `quota_of_records` | `one_that_is_there`, `one_that_is_not_there` |";
        let test = "#[test]\nfn one_that_is_there() {}\n";
        let breaches = files(&[("SECURITY.md", table), ("a.rs", test)]).tests_that_are_not_there();
        assert_eq!(breaches, ["SECURITY.md names the test one_that_is_not_there, and there is none."]);
    }

    #[test]
    fn a_path_of_a_machine_is_found_with_its_line() {
        let path = format!("see /{}/someone/notes", "home");
        let breaches = files(&[("README.md", &format!("fine\n{path}\n"))]).machine_paths();
        assert_eq!(breaches, ["README.md:2 has a path of somebody's machine."]);
    }

    #[test]
    fn a_folder_of_the_same_name_inside_another_is_fine() {
        for name in MACHINE_FOLDERS {
            let lines = [
                format!("import './{name}/Page.svelte'"),
                format!("https://example.org/{name}/"),
                format!("src/{name}/a.rs"),
                format!("/{name}s/x"),
            ];
            for line in lines {
                assert!(!has_machine_path(&line), "{line}");
            }
        }
        assert!(has_machine_path(&format!("path = \"/{}/x\"", "root")));
    }

    #[test]
    fn packages_have_no_addresses() {
        let lock = "\"resolved\": \"ui\",\n  \"resolved\": \"https://mirror.example/b/-/b-1.tgz\",\n";
        assert_eq!(foreign(lock), ["https://mirror.example/b/-/b-1.tgz"]);
    }
}
