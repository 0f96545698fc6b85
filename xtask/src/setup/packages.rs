//! Packages of the system, on Debian and Ubuntu.

use std::process::Command;

use super::Purpose;
use crate::failure::Failure;
use crate::log::Log;
use crate::programs;

/// To build the app and to run it without a screen.
const APP: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
    "webkit2gtk-driver",
    "xvfb",
    "dbus-x11",
];

/// To measure the programs that have no screen.
const NUMBERS: &[&str] = &["build-essential", "openssl", "pkg-config", "postgresql"];

/// To type-check for Android, to validate exports, to test the server over PostgreSQL, to test the proof that what was erased is gone,
/// and to record what programs do to a disk.
const CHECKS: &[&str] =
    &["clang", "llvm", "libc6-dev-arm64-cross", "libxml2-utils", "openssl", "postgresql", "sqlite3", "strace"];

/// To test the page in a browser; not needed where there is one already, under whatever name.
const BROWSER: &str = "chromium";

/// Installs the packages that are missing.
pub fn ensure(purpose: Purpose) -> Result<(), Failure> {
    let mut needed = if purpose == Purpose::Numbers { NUMBERS.to_vec() } else { APP.to_vec() };
    if purpose == Purpose::Test {
        needed.extend(CHECKS);
        needed.extend(programs::chromium().is_none().then_some(BROWSER));
    }
    if Command::new("dpkg-query").arg("--version").output().is_err() {
        let names = needed.join(" ");
        eprintln!("This is not Debian or Ubuntu, so nothing is installed. What is needed is called there: {names}");
        return Ok(());
    }
    let missing: Vec<&str> = needed.into_iter().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    println!("setup: apt-get install {names}");
    let log = Log::new("setup-packages")?;
    let by_hand = |failure: Failure| {
        let why = match failure {
            Failure::Because(sentence) => format!("{sentence} "),
            Failure::Told => String::new(),
        };
        Failure::because(format!("{why}These packages are needed; install them by hand: sudo apt-get install {names}"))
    };
    // One source of packages that is away need not matter: whether it does is seen when they are installed.
    log.run(apt_get()?.arg("update")).map_err(by_hand)?;
    log.must("apt-get install", apt_get()?.args(["install", "--yes", "--no-install-recommends"]).args(&missing))
        .map_err(by_hand)
}

fn is_installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["--show", "--showformat", "${db:Status-Status}", package])
        .output()
        .is_ok_and(|output| output.status.success() && output.stdout == b"installed")
}

/// `apt-get`, as root, without questions.
fn apt_get() -> Result<Command, Failure> {
    let id =
        Command::new("id").arg("-u").output().map_err(|error| Failure::system("`id` does not start", error))?.stdout;
    let mut command = if id.trim_ascii() == b"0" {
        Command::new("apt-get")
    } else {
        let mut command = Command::new("sudo");
        // Nobody may be there to type a password: then this fails and says what to install. sudo drops the environment,
        // so what apt-get has to know is set behind it.
        command.args(["--non-interactive", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    };
    // A fresh machine may still be installing updates of its own.
    command.args(["-o", "DPkg::Lock::Timeout=300"]).env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}
