//! Where the diary lies.

use std::path::PathBuf;

use tauri::{App, Manager};

/// The app's own data folder; `WAYMARK_DIR` names another one, for tests and for showing the app.
pub fn of(app: &App) -> tauri::Result<PathBuf> {
    match std::env::var_os("WAYMARK_DIR") {
        Some(folder) if !folder.is_empty() => Ok(PathBuf::from(folder)),
        _ => app.path().app_data_dir(),
    }
}
