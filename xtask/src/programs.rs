//! The built programs, as the tests and the demo are told of them.
//!
//! Cargo names a binary to the tests of its own package only, so their paths go through the environment.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use crate::repo;

/// Variable and binary.
const PROGRAMS: &[(&str, &str)] = &[
    ("WAYMARK_SERVER", "waymark-server"),
    ("WAYMARK_DESK", "waymark-desk"),
    ("WAYMARK_PILOT", "waymark-pilot"),
    ("WAYMARK_BROWSER_HOST", "waymark-browser-host"),
    ("WAYMARK_APP", "waymark"),
];

/// Absolute paths: the development build's programs, the example study, the tool that drives the app, and the browser.
pub fn environment() -> Vec<(OsString, OsString)> {
    let pair = |name: &str, path: PathBuf| (OsString::from(name), path.into_os_string());
    let mut environment: Vec<_> =
        PROGRAMS.iter().map(|(variable, binary)| pair(variable, repo::binary(binary))).collect();
    environment.push(pair("WAYMARK_STUDY", repo::at("studies/transitions.toml")));
    environment.push(pair("WAYMARK_TAURI_DRIVER", repo::tool("tauri-driver")));
    environment.extend(chromium().map(|path| pair("WAYMARK_CHROMIUM", path)));
    environment
}

/// The same, with the release build's programs.
pub fn released() -> Vec<(OsString, OsString)> {
    let mut environment = environment();
    for (variable, value) in &mut environment {
        if let Some((_, binary)) = PROGRAMS.iter().find(|(name, _)| variable == name) {
            *value = repo::released(binary).into_os_string();
        }
    }
    environment
}

/// Builds all of them.
///
/// Always the whole workspace: with fewer packages Cargo would choose other features, and build every dependency again.
pub fn build() -> Command {
    let mut command = Command::new("cargo");
    command.args(["build", "--workspace", "--bins"]).current_dir(repo::root());
    command
}

/// Builds all of them and all tests, at once: tests ask for features of their own, and what was built without them would
/// be built a second time.
pub fn build_with_tests() -> Command {
    let mut command = build();
    command.arg("--tests");
    command
}

/// The browser that is there: the one that `WAYMARK_CHROMIUM` names, or one under a name that it is known by.
pub fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("WAYMARK_CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}
