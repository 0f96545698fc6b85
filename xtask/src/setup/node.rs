//! Node and the page's packages.

use std::fs;
use std::process::Command;

use crate::failure::Failure;
use crate::log::Log;
use crate::repo;

/// The oldest Node that Vite works with.
const OLDEST: (u32, u32) = (20, 19);

/// Whether Vite works with a version: of Node 21 and of the first 22s it needs what they do not have.
fn will_do(version: (u32, u32)) -> bool {
    version >= OLDEST && !((21, 0)..(22, 12)).contains(&version)
}

/// Checks Node's version, and installs the page's packages when they are missing or their lock file has changed.
pub fn ensure() -> Result<(), Failure> {
    if !repo::at("package.json").exists() {
        return Ok(());
    }
    let output = Command::new("node").arg("--version").output().map_err(|_| no_node("none"))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if !parse_version(&version).is_some_and(will_do) {
        return Err(no_node(&version));
    }

    let lock = fs::read_to_string(repo::at("package-lock.json"))
        .map_err(|error| Failure::system("package-lock.json cannot be read", error))?;
    // npm removes node_modules first, so the stamp inside it never outlives what it vouches for.
    let stamp = repo::at("node_modules/.waymark-lock");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("setup: npm ci");
    let log = Log::new("setup-npm")?;
    log.must("npm ci", Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(repo::root()))?;
    fs::write(&stamp, lock).map_err(|error| Failure::system(stamp.display(), error))
}

fn no_node(found: &str) -> Failure {
    Failure::because(format!(
        "Node {}.{} or newer is needed, and of Node 22 the version 22.12 or newer ({found} is there); \
         nodejs.org/en/download tells how to get it.",
        OLDEST.0, OLDEST.1
    ))
}

/// `v20.19.1` → (20, 19).
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(parse_version("v20.9.0").expect("a version") < OLDEST);
        assert!(parse_version("v20.19.0").expect("a version") >= OLDEST);
        assert!(parse_version("v104.0.0").expect("a version") >= OLDEST);
    }

    #[test]
    fn versions_between_two_that_will_do_may_not() {
        for (text, expected) in [("v20.18.9", false), ("v20.19.0", true), ("v21.7.3", false), ("v22.11.0", false)] {
            assert_eq!(parse_version(text).is_some_and(will_do), expected, "{text}");
        }
        assert!(parse_version("v22.12.0").is_some_and(will_do) && parse_version("v24.0.0").is_some_and(will_do));
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in ["", "20.19.0", "v20", "vx.y"] {
            assert_eq!(parse_version(text), None, "{text}");
        }
    }
}
