//! A name on the disk: what was made, renamed or removed is so after a power cut only once its folder is synced. What is synced in a
//! folder is lost with it.

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

/// Makes last what became of the name `path`, where folders can be synced: on Unix. A folder that one may write to and not read cannot
/// be synced, and keeps its names as its file system does.
///
/// # Errors
///
/// Those of the folder.
pub fn sync_name(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match File::open(folder) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        opened => opened?.sync_all(),
    }
}
