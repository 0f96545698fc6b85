//! Folders that are not a server's, and say so.

use std::path::Path;

use super::error::OpenError;

/// A backup's own description; no server's folder has it.
pub const MANIFEST: &str = "manifest.json";
/// Is in a folder while it is being restored.
pub const UNFINISHED: &str = "restore-unfinished";

/// Refuses a folder that is a backup, or whose restore was not finished.
pub fn refuse_marked(folder: &Path) -> Result<(), OpenError> {
    if folder.join(UNFINISHED).exists() {
        return Err(OpenError::Unfinished(folder.to_owned()));
    }
    if folder.join(MANIFEST).exists() {
        return Err(OpenError::Backup(folder.to_owned()));
    }
    Ok(())
}
