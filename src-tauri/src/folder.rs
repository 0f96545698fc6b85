//! Where the diary lies, and where files go that leave it.

use std::path::PathBuf;

use tauri::{App, Manager};

/// The app's own data folder; `WAYMARK_DIR` names another one, for tests and for showing the app.
pub fn of(app: &App) -> tauri::Result<PathBuf> {
    match std::env::var_os("WAYMARK_DIR") {
        Some(folder) if !folder.is_empty() => Ok(PathBuf::from(folder)),
        _ => app.path().app_data_dir(),
    }
}

/// The Downloads folder; `WAYMARK_OUTBOX` names another one, as above. None on a phone, where a file leaves an app through a
/// sheet of the system and not through a folder.
pub fn outbox(app: &App) -> Option<PathBuf> {
    match std::env::var_os("WAYMARK_OUTBOX") {
        Some(folder) if !folder.is_empty() => Some(PathBuf::from(folder)),
        _ if cfg!(mobile) => None,
        _ => app.path().download_dir().ok(),
    }
}
