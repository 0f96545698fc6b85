//! The steps of `cargo xtask test`.

use std::process::Command;

use super::Outcome;
use super::counts::Counts;
use super::failures;
use crate::display::Display;
use crate::failure::Failure;
use crate::log::Log;
use crate::postgres::ForTests;
use crate::{programs, repo, rules, setup};

/// One step.
pub struct Step {
    /// As in `--only`.
    pub name: &'static str,
    /// What it checks.
    pub about: &'static str,
    /// Runs it; gets its own name, for its log.
    pub run: fn(&str) -> Result<Outcome, Failure>,
}

/// All steps for which there is something to check, fast ones first.
pub fn all() -> Vec<Step> {
    let step = |name, about, run| Step { name, about, run };
    let mut steps = vec![
        step("fmt", "Rust is formatted", fmt as fn(&str) -> _),
        step("rules", "who may know whom, what may not be in the tree or in a file", rules),
    ];
    if repo::at("package.json").exists() {
        steps.extend([
            step("page", "the pages build", page as fn(&str) -> _),
            step("page-format", "the pages' sources are formatted", page_format),
            step("page-types", "svelte-check and TypeScript", page_types),
            step("page-units", "unit tests of the pages", page_units),
            step("page-size", "the diary's JavaScript stays small", page_size),
        ]);
    }
    steps.extend([
        step("clippy", "clippy, warnings are errors", clippy as fn(&str) -> _),
        step("build", "all programs and all tests build", build),
        step("rust", "all Rust tests, the whole system among them", rust),
    ]);
    if repo::at("tests/browser/package.json").exists() {
        steps.push(step("browser", "the diary's page in Chromium over the real core", browser));
    }
    if repo::at("tests/native/Cargo.toml").exists() {
        steps.push(step("native", "the real app, driven through WebDriver", native));
    }
    steps.extend([
        step("deny", "licences, sources and bans of dependencies", deny as fn(&str) -> _),
        step("doc", "documentation builds without warnings", doc),
        step("android", "what goes on a phone type-checks for Android", android),
    ]);
    steps
}

fn fmt(log: &str) -> Result<Outcome, Failure> {
    check(log, cargo().args(["fmt", "--all", "--check", "--", "--color", "never"]))
}

fn rules(_: &str) -> Result<Outcome, Failure> {
    let report = rules::check()?;
    let failed = report.broken.len() as u64;
    let trouble = (failed > 0).then(|| report.broken.join("\n"));
    Ok(Outcome { counts: Counts { passed: report.held, failed }, trouble })
}

fn page(log: &str) -> Result<Outcome, Failure> {
    check(log, npm().args(["run", "build"]))
}

fn page_format(log: &str) -> Result<Outcome, Failure> {
    check(log, npm().args(["run", "format:check"]))
}

fn page_types(log: &str) -> Result<Outcome, Failure> {
    check(log, npm().args(["run", "check"]))
}

fn page_units(log: &str) -> Result<Outcome, Failure> {
    tests(log, npm().args(["run", "test"]), Counts::from_vitest)
}

fn page_size(log: &str) -> Result<Outcome, Failure> {
    check(log, npm().args(["run", "size"]))
}

fn clippy(log: &str) -> Result<Outcome, Failure> {
    check(log, cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn build(log: &str) -> Result<Outcome, Failure> {
    check(log, &mut programs::build_with_tests())
}

fn rust(log: &str) -> Result<Outcome, Failure> {
    let postgres = ForTests::start()?;
    let mut command = cargo();
    postgres.tell(&mut command);
    tests(log, command.args(["test", "--workspace", "--no-fail-fast"]), Counts::from_cargo)
}

fn browser(log: &str) -> Result<Outcome, Failure> {
    tests(log, npm().args(["run", "e2e"]), Counts::from_playwright)
}

fn native(log: &str) -> Result<Outcome, Failure> {
    let display = Display::start()?;
    let mut command = display.command("cargo");
    // The whole workspace is named so that the features, and with them the built dependencies, stay the same.
    command.args(["test", "--workspace", "--test", "journey", "--test", "shell", "--no-fail-fast"]);
    command.args(["--", "--ignored", "--test-threads", "1"]);
    tests(log, command.current_dir(repo::root()), Counts::from_cargo)
}

fn deny(log: &str) -> Result<Outcome, Failure> {
    let mut command = Command::new(repo::tool("cargo-deny"));
    check(log, command.args(["check", "bans", "licenses", "sources"]).current_dir(repo::root()))
}

fn doc(log: &str) -> Result<Outcome, Failure> {
    check(log, cargo().args(["doc", "--no-deps", "--workspace"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// The C parts compile against stand-in headers and are never linked: this checks types, and needs no Android kit.
fn android(log: &str) -> Result<Outcome, Failure> {
    check(
        log,
        cargo()
            .args(["check", "--package", "waymark", "--lib", "--target", setup::ANDROID])
            .env("CC_aarch64_linux_android", "clang")
            .env("AR_aarch64_linux_android", "llvm-ar")
            .env(
                "CFLAGS_aarch64_linux_android",
                "--target=aarch64-linux-android24 -isystem /usr/aarch64-linux-gnu/include",
            ),
    )
}

fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(repo::root());
    command
}

fn npm() -> Command {
    let mut command = Command::new("npm");
    command.current_dir(repo::root());
    command
}

/// A program that either succeeds or does not.
fn check(log: &str, command: &mut Command) -> Result<Outcome, Failure> {
    let log = Log::new(log)?;
    let held = succeeds(&log, command)?;
    Ok(Outcome { counts: Counts::one(held), trouble: (!held).then(|| log.tail()) })
}

/// A test runner. One that found no tests has not tested anything, and fails.
fn tests(log: &str, command: &mut Command, count: fn(&str) -> Counts) -> Result<Outcome, Failure> {
    let log = Log::new(log)?;
    let held = succeeds(&log, command)?;
    let text = log.text();
    let mut counts = count(&text);
    if held && counts.failed == 0 && counts.passed > 0 {
        return Ok(Outcome { counts, trouble: None });
    }
    counts.failed = counts.failed.max(1);
    let none = if counts.passed == 0 { "No test passed." } else { "" };
    // Only `cargo test` goes on for long after a failure; the other runners tell of it at the end.
    let failed = failures::of_cargo(&text);
    let (tail, path) = (log.tail(), log.path().display());
    Ok(Outcome { counts, trouble: Some(format!("{tail}\n{none}\n{failed}\nThe whole log: {path}")) })
}

fn succeeds(log: &Log, command: &mut Command) -> Result<bool, Failure> {
    command.envs(programs::environment());
    if std::env::var_os("CI").is_some() {
        // Nothing is built twice there, so keeping what a second build could use only costs time.
        command.env("CARGO_INCREMENTAL", "0");
    }
    Ok(log.run(command)?.success())
}
