//! What lies in the folder of an export's recordings and no line names.
//!
//! | a file | is |
//! |---|---|
//! | with a recording's name | an error: an export takes such files away, so it was put in, or its entry was taken back since |
//! | with another name | named: some systems put files of their own into every folder, and exports leave those |

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::wrong::ExportCheckError;
use crate::export::audio::{Names, folder_of, is_ours};

/// More are not named.
const MOST: usize = 100;

/// The names of such files beside an export that was written under the name `written`, in order and as they can be shown.
pub(super) fn of_no_line(
    export: &Path,
    written: &str,
    recordings: &Names,
) -> Result<BTreeSet<String>, ExportCheckError> {
    let mut others = others(&export.with_file_name(folder_of(written)), recordings)?;
    let name = export.file_name().unwrap_or_default().to_string_lossy();
    if name != written {
        // Its lines say the name that it had: a folder that fits the one that it has now is nobody's.
        others.append(&mut self::others(&export.with_file_name(folder_of(&name)), &Names::default())?);
    }
    Ok(others)
}

/// The names of such files in one folder.
fn others(folder: &Path, recordings: &Names) -> Result<BTreeSet<String>, ExportCheckError> {
    let unreadable = |error| ExportCheckError::Unreadable(folder.to_owned(), error);
    let files = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        files => files.map_err(unreadable)?,
    };
    let mut others = BTreeSet::new();
    for file in files {
        let name = file.map_err(unreadable)?.file_name();
        let name = name.to_string_lossy();
        if recordings.contains(&name) {
            continue;
        }
        let shown = name.escape_debug().to_string();
        if is_ours(&name) {
            return Err(ExportCheckError::OfNoLine(shown));
        }
        if others.len() < MOST {
            others.insert(shown);
        }
    }
    Ok(others)
}
