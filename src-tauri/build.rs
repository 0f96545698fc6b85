//! Declares the page's commands to Tauri, which makes a permission of each; a page may call only what it is granted.

use std::error::Error;

use tauri_build::{AppManifest, Attributes};

macro_rules! declare_commands {
    ($($name:ident: $input:ty => $output:ty),* $(,)?) => {
        const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}
include!("../crates/diary/src/page/commands.rs");

/// Where the built page lies; it is embedded into the program.
const PAGE: &str = "ui/dist/diary";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=crates/diary/src/page/commands.rs");
    println!("cargo:rerun-if-changed={PAGE}");
    // A fresh clone has no page yet, and must be possible to check without one.
    std::fs::create_dir_all(PAGE)?;

    let attributes = Attributes::new()
        .app_manifest(AppManifest::new().commands(COMMANDS))
        .capabilities_path_pattern("./src-tauri/capabilities/**/*");
    Ok(tauri_build::try_build(attributes)?)
}
