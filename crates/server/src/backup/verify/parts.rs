//! The parts' files.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use waymark_protocol::Hash;

use super::super::making;
use super::findings::{Fault, Findings};
use crate::store::Object;
use crate::store::sqlite::column;

/// The folder of parts in a backup.
const FOLDER: &str = "parts";

/// Every part that the database names is there and has its hash; none of them belongs to erased records alone.
pub fn check(connection: &Connection, folder: &Path, findings: &mut Findings) -> rusqlite::Result<()> {
    let sql = "SELECT study, participant, hash, name, len, state,
                   EXISTS (SELECT 1 FROM record_part l
                           WHERE (l.study, l.participant, l.hash) = (part.study, part.participant, part.hash)),
                   EXISTS (SELECT 1 FROM record_part l JOIN record r ON r.id = l.record
                           WHERE (l.study, l.participant, l.hash) = (part.study, part.participant, part.hash)
                             AND r.body IS NOT NULL)
               FROM part";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let object = making::object(row)?;
        let (len, state) = (column::unsigned(row, 4)?, column::unsigned(row, 5)?);
        let (listed, standing): (bool, bool) = (row.get(6)?, row.get(7)?);
        let key = object.key;
        let mut wrong = |fault, what: &str| {
            let of = format!("part {} of person {}: {what}", key.hash, key.participant);
            findings.add(fault, Some(key.study), of);
        };
        if state != 1 {
            wrong(Fault::Part, "it is not one that is kept");
        }
        if listed && !standing {
            wrong(Fault::Erasure, "all records that list it were erased, and it is here");
        }
        match read(folder, &object) {
            Err(error) => wrong(Fault::Part, &format!("its file cannot be read: {error}")),
            Ok(bytes) if bytes.len() as u64 != len || Hash::of(&bytes) != key.hash => {
                wrong(Fault::Part, "its file is not what was sent");
            }
            Ok(_) => {}
        }
    }
    Ok(())
}

fn read(folder: &Path, object: &Object) -> io::Result<Vec<u8>> {
    let digit = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    // A name that leads out of the folder is never opened.
    if object.name.is_empty() || !object.name.bytes().all(digit) {
        return Err(ErrorKind::InvalidFilename.into());
    }
    let key = &object.key;
    fs::read(folder.join(FOLDER).join(key.study.to_string()).join(key.participant.to_string()).join(&object.name))
}

/// No file lies there that the database does not know.
pub fn check_strays(connection: &Connection, folder: &Path, findings: &mut Findings) -> rusqlite::Result<()> {
    let known = "SELECT 1 FROM part WHERE study = ?1 AND participant = ?2 AND name = ?3";
    let mut known = connection.prepare(known)?;
    let mut folders = vec![folder.join(FOLDER)];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                findings.add(Fault::Part, None, format!("{} cannot be read: {error}", folder.display()));
                continue;
            }
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if !named(&path).is_some_and(|key| known.exists(key).is_ok_and(|known| known)) {
                findings.add(Fault::Stray, None, format!("the database does not know {}", path.display()));
            }
        }
    }
    Ok(())
}

/// Study, participant and name of the object in this file.
fn named(path: &Path) -> Option<(Vec<u8>, Vec<u8>, String)> {
    let name = |path: PathBuf| Some(path.file_name()?.to_str()?.to_owned());
    let (object, participant) = (name(path.to_owned())?, path.parent()?);
    let study = name(participant.parent()?.to_owned())?;
    let id = waymark_protocol::hex::decode;
    Some((id(&study)?, id(&name(participant.to_owned())?)?, object))
}
