//! What was erased, and what was written, is in no file.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use waymark_protocol::record::{Kind, Record};

use super::desk::PRIVATE;
use super::erased;
use crate::wire::CANARY;
use crate::world::{Broken, World, broken, trouble};

const ERASED: &str = "8: what was erased is gone";

impl World {
    /// What the server still does for calls that nobody waits for ends, and its last act empties the write-ahead log.
    pub(super) async fn the_server_has_ended(&self) -> Result<(), Broken> {
        let log = self.wire.folder().join("waymark.db-wal");
        for _ in 0..1_000 {
            if std::fs::metadata(&log).map_or(0, |log| log.len()) == 0 {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        broken(ERASED, "the server's write-ahead log does not become empty")
    }

    pub(super) fn what_was_erased_is_gone(&self) -> Result<(), Broken> {
        let database = std::fs::read(self.wire.folder().join("waymark.db")).map_err(trouble)?;
        self.wire.tape(|tape| {
            let receipted: BTreeMap<_, Record> = tape
                .left
                .iter()
                .filter(|((device, seq, _), record)| {
                    // A phone that was set back may have given another record away for the same place, which never arrived.
                    let receipted = tape.receipted.get(&(*device, *seq));
                    receipted.is_some_and(|(header, _, _)| header == record.header_bytes())
                })
                .map(|(place, record)| (*place, record.clone()))
                .collect();
            let erased = erased(&receipted);
            for record in tape.left.values() {
                let granted = record.header().target.filter(|_| record.header().kind == Kind::Grant);
                let target = record.as_target();
                let secret = match granted {
                    Some(granted) if erased.contains(&granted) => record.slots_bytes(),
                    None if erased.contains(&target) => record.body(),
                    _ => continue,
                };
                let piece = &secret[secret.len() / 2..secret.len().min(secret.len() / 2 + 64)];
                if !piece.is_empty() && memchr::memmem::find(&database, piece).is_some() {
                    let place = format!("place {} of {}", target.seq, self.device_name(&target.device));
                    return broken(ERASED, format!("what was erased at {place} is still in the server's file"));
                }
            }
            Ok(())
        })
    }

    pub(super) fn no_file_holds_what_was_written(&self) -> Result<(), Broken> {
        match find_in_files(self.folder.path(), CANARY.as_bytes()).map_err(trouble)? {
            Some(file) => broken(PRIVATE, format!("{file} holds what somebody wrote, in the clear")),
            None => Ok(()),
        }
    }
}

/// The first file below a folder that holds these bytes.
fn find_in_files(folder: &Path, bytes: &[u8]) -> std::io::Result<Option<String>> {
    for file in std::fs::read_dir(folder)? {
        let file = file?;
        let found = match file.file_type()?.is_dir() {
            true => find_in_files(&file.path(), bytes)?,
            false => memchr::memmem::find(&std::fs::read(file.path())?, bytes)
                .map(|_| file.file_name().to_string_lossy().into_owned()),
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
