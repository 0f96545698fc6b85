//! Columns: unsigned numbers, and byte strings of fixed width that stay readable when a byte of the file has flipped.

use rusqlite::Row;
use rusqlite::types::ValueRef;
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

/// The signed number with the same bits; what SQLite keeps.
pub fn signed(number: u64) -> i64 {
    number.cast_signed()
}

/// The number in this column; 0 when the column no longer holds one.
pub fn unsigned(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    Ok(match row.get_ref(at)? {
        ValueRef::Integer(number) => number.cast_unsigned(),
        _ => 0,
    })
}

/// The bytes in this column, whatever type a flipped byte has given them; none for NULL.
pub fn bytes<'a>(row: &'a Row<'_>, at: usize) -> rusqlite::Result<Option<&'a [u8]>> {
    Ok(match row.get_ref(at)? {
        ValueRef::Blob(bytes) | ValueRef::Text(bytes) => Some(bytes),
        _ => None,
    })
}

/// A byte string of fixed width; zeros, which prove nothing, when the column no longer holds one.
pub fn fixed<const N: usize>(row: &Row<'_>, at: usize) -> rusqlite::Result<[u8; N]> {
    Ok(bytes(row, at)?.and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; N]))
}

/// A hash or link.
pub fn hash(row: &Row<'_>, at: usize) -> rusqlite::Result<Hash> {
    fixed(row, at).map(Hash)
}

/// A study's name.
pub fn study(row: &Row<'_>, at: usize) -> rusqlite::Result<StudyId> {
    fixed(row, at).map(StudyId)
}

/// A participant's number.
pub fn participant(row: &Row<'_>, at: usize) -> rusqlite::Result<ParticipantId> {
    fixed(row, at).map(ParticipantId)
}

/// A device's name.
pub fn device(row: &Row<'_>, at: usize) -> rusqlite::Result<DeviceId> {
    fixed(row, at).map(DeviceId)
}
