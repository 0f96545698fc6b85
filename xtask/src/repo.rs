//! Where things lie in the repository.

use std::path::{Path, PathBuf};

/// The repository's top folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository's top folder")
}

/// A path below the top folder.
pub fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| at("target"), |dir| root().join(dir))
}

/// A binary of the development build.
pub fn binary(name: &str) -> PathBuf {
    target().join("debug").join(name)
}

/// A binary of the build for release.
pub fn released(name: &str) -> PathBuf {
    target().join("release").join(name)
}

/// A tool that `setup` installed.
pub fn tool(name: &str) -> PathBuf {
    at("target/tools/bin").join(name)
}
