//! A name on the disk: what was made, renamed or removed is so after a power cut only once its folder is synced. What is synced in a
//! folder is lost with it.
//!
//! Some places cannot do this: folders that one may write to and not read, and file systems that sync no folder (shared folders of
//! virtual machines, some that come over a network). They keep names as they do, and nobody is locked out there. A disk that fails
//! is an error.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Runs `make`, which makes `folder` and those above it that are missing, and makes their names last.
///
/// # Errors
///
/// Those of `make`, and of the folders.
pub fn make_durably(folder: &Path, make: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
    make()?;
    missing.into_iter().try_for_each(sync_name)
}

/// Makes last what became of the name `path`, where folders can be synced: on Unix.
///
/// # Errors
///
/// Those of the folder.
pub fn sync_name(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).or_else(forgive)
}

/// Of a place that cannot do it.
fn forgive(error: io::Error) -> io::Result<()> {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::InvalidInput | ErrorKind::Unsupported => Ok(()),
        _ => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_syncs_no_folder_locks_nobody_out_and_a_disk_that_fails_is_said() {
        // EACCES, EINVAL, EOPNOTSUPP; then EIO, ENOSPC and ENOENT.
        for (code, forgiven) in [(13, true), (22, true), (95, true), (5, false), (28, false), (2, false)] {
            if cfg!(target_os = "linux") {
                assert_eq!(forgive(io::Error::from_raw_os_error(code)).is_ok(), forgiven, "{code}");
            }
        }
    }

    #[test]
    fn a_name_in_this_folder_is_synced_too() {
        assert!(sync_name(Path::new("Cargo.toml")).is_ok());
        assert!(cfg!(not(unix)) || sync_name(Path::new("no such folder/name")).is_err());
    }
}
