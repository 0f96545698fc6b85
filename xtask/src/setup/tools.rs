//! Rust's parts: rustfmt and clippy, the Android target, and pinned tools in `target/tools`.

use std::process::Command;

use super::Purpose;
use crate::failure::Failure;
use crate::log::Log;
use crate::repo;

/// The target that the app is type-checked for.
pub const ANDROID: &str = "aarch64-linux-android";

struct Tool {
    name: &'static str,
    version: &'static str,
    for_demo: bool,
}

const TOOLS: &[Tool] = &[
    Tool { name: "tauri-driver", version: "2.1.0", for_demo: true },
    Tool { name: "cargo-deny", version: "0.20.2", for_demo: false },
];

/// Runs libFuzzer over the targets of `tests/fuzz`.
const FUZZER: Tool = Tool { name: "cargo-fuzz", version: "0.13.2", for_demo: false };

/// What `rustup` and the fuzzer call the Rust that the fuzzer takes.
pub const NIGHTLY: &str = "nightly";

/// Installs what fuzzing takes and nothing else here needs: nightly Rust, for the instructions that tell the fuzzer which way an input
/// went are not in stable Rust, and cargo-fuzz.
pub fn ensure_fuzzer() -> Result<(), Failure> {
    let there = Command::new("rustup").args(["run", NIGHTLY, "rustc", "--version"]).output();
    let there =
        there.map_err(|error| Failure::system("fuzzing takes nightly Rust, and rustup does not start", error))?;
    if !there.status.success() {
        println!(
            "setup: rustup toolchain install {NIGHTLY} (fuzzing takes it; everything else stays with stable Rust)"
        );
        Log::new("setup-rustup")?.must(
            "Installing nightly Rust",
            Command::new("rustup").args(["toolchain", "install", NIGHTLY, "--profile", "minimal"]),
        )?;
    }
    if is_installed(&FUZZER) { Ok(()) } else { install(&FUZZER) }
}

/// Installs the target and the tools that are missing.
pub fn ensure(purpose: Purpose) -> Result<(), Failure> {
    if purpose == Purpose::Test {
        let rustup = |arguments: &[&str]| {
            println!("setup: rustup {}", arguments.join(" "));
            Log::new("setup-rustup")?.must("rustup", Command::new("rustup").args(arguments).current_dir(repo::root()))
        };
        // A small installation of Rust comes without them.
        if !runs("fmt") || !runs("clippy") {
            rustup(&["component", "add", "rustfmt", "clippy"])?;
        }
        if !has_android() {
            rustup(&["target", "add", ANDROID])?;
        }
    }
    for tool in TOOLS {
        if (purpose == Purpose::Test || tool.for_demo) && !is_installed(tool) {
            install(tool)?;
        }
    }
    Ok(())
}

/// Whether Cargo has a command.
fn runs(command: &str) -> bool {
    Command::new("cargo").args([command, "--version"]).output().is_ok_and(|output| output.status.success())
}

fn has_android() -> bool {
    Command::new("rustc")
        .args(["--print", "target-libdir", "--target", ANDROID])
        .output()
        .is_ok_and(|output| std::path::Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

/// `cargo install` keeps a list of what it has installed: `"name version (registry…)" = […]`.
fn is_installed(tool: &Tool) -> bool {
    let list = std::fs::read_to_string(repo::at("target/tools/.crates.toml")).unwrap_or_default();
    repo::tool(tool.name).exists() && list.contains(&format!("\"{} {} (", tool.name, tool.version))
}

fn install(tool: &Tool) -> Result<(), Failure> {
    let Tool { name, version, .. } = tool;
    println!("setup: cargo install {name} {version} into target/tools");
    let log = Log::new(&format!("setup-{name}"))?;
    log.must(
        &format!("Installing {name}"),
        // A debug build: they do little work, and compile in half the time.
        Command::new("cargo")
            .args(["install", "--locked", "--debug", "--version", &format!("={version}"), name, "--root"])
            .arg(repo::at("target/tools"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0"),
    )
}
