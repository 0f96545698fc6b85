//! Slots as rows of the table `slot`. A row is checked before it is used.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::wrap::Slot;
use super::{ArgonParams, PART, SlotKind};
use crate::Error;
use crate::vault::VaultId;

/// The kinds of slots that the file has, in the order of their numbers.
pub(crate) fn kinds(conn: &Connection) -> Result<Vec<SlotKind>, Error> {
    let mut query = conn.prepare_cached("SELECT kind FROM slot ORDER BY kind")?;
    let numbers = query.query_map([], |row| row.get::<_, u8>(0))?;
    numbers.map(|number| SlotKind::from_number(number?).ok_or_else(|| Error::damaged(PART))).collect()
}

/// The slot of this kind.
///
/// # Errors
///
/// [`Error::NoSlot`]; [`Error::Damaged`] when the row is not what was written.
pub(crate) fn read(conn: &Connection, vault: &VaultId, kind: SlotKind) -> Result<Slot, Error> {
    let row = conn
        .query_row(
            "SELECT memory_kib, passes, lanes, salt, wrapped, digest FROM slot WHERE kind = ?1",
            [kind.number()],
            |row| columns(row, kind),
        )
        .optional()?;
    let (slot, digest) = row.ok_or(Error::NoSlot(kind))?;
    if digest != slot.digest(vault) {
        return Err(Error::damaged(PART));
    }
    Ok(slot)
}

fn columns(row: &Row<'_>, kind: SlotKind) -> rusqlite::Result<(Slot, [u8; 32])> {
    let costs = ArgonParams { memory_kib: row.get(0)?, passes: row.get(1)?, lanes: row.get(2)? };
    let slot =
        Slot { kind, costs: (kind != SlotKind::Words).then_some(costs), salt: row.get(3)?, wrapped: row.get(4)? };
    Ok((slot, row.get(5)?))
}

/// Writes a slot.
///
/// # Errors
///
/// [`Error::SlotExists`] when there is one of its kind.
pub(crate) fn insert(conn: &Connection, vault: &VaultId, slot: &Slot) -> Result<(), Error> {
    if kinds(conn)?.contains(&slot.kind) {
        return Err(Error::SlotExists(slot.kind));
    }
    let costs = slot.costs.unwrap_or(ArgonParams { memory_kib: 0, passes: 0, lanes: 0 });
    conn.execute(
        "INSERT INTO slot (kind, memory_kib, passes, lanes, salt, wrapped, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            slot.kind.number(),
            costs.memory_kib,
            costs.passes,
            costs.lanes,
            slot.salt,
            slot.wrapped,
            slot.digest(vault)
        ],
    )?;
    Ok(())
}

/// Removes the slot of this kind.
///
/// # Errors
///
/// [`Error::NoSlot`] when there is none.
pub(crate) fn delete(conn: &Connection, kind: SlotKind) -> Result<(), Error> {
    match conn.execute("DELETE FROM slot WHERE kind = ?1", [kind.number()])? {
        0 => Err(Error::NoSlot(kind)),
        _ => Ok(()),
    }
}
