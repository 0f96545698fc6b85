//! Slots as rows of the table `slot`. A row is checked before it is used.

use rusqlite::{Connection, Row, params};

use super::wrap::Slot;
use super::{ArgonParams, PART, Secret, SlotId, SlotKind};
use crate::Error;
use crate::object::VaultKey;
use crate::vault::VaultId;

/// How many passphrases one vault can have. A passphrase is tried at one slot after the other, each at the cost of its Argon2id.
pub const MOST_PASSPHRASES: usize = 8;

/// The kinds of slots that the file has, in the order of their numbers.
pub(crate) fn kinds(conn: &Connection) -> Result<Vec<SlotKind>, Error> {
    let mut query = conn.prepare_cached("SELECT DISTINCT kind FROM slot ORDER BY kind")?;
    let numbers = query.query_map([], |row| row.get::<_, u8>(0))?;
    numbers.map(|number| SlotKind::from_number(number?).ok_or_else(|| Error::damaged(PART))).collect()
}

/// The slots of this kind, in the order in which they came. One that is not what was written is an error of its own, and stands in no other's
/// way.
///
/// # Errors
///
/// [`Error::NoSlot`]; [`Error::Damaged`] when there are more than there can be.
pub(crate) fn of_kind(conn: &Connection, vault: &VaultId, kind: SlotKind) -> Result<Vec<Result<Slot, Error>>, Error> {
    let mut query = conn.prepare_cached(
        "SELECT memory_kib, passes, lanes, salt, wrapped, digest FROM slot WHERE kind = ?1 ORDER BY number",
    )?;
    let rows = query.query_map([kind.number()], |row| columns(row, kind))?;
    let slots: Vec<_> = rows
        .take(MOST_PASSPHRASES + 1)
        .map(|row| {
            let (slot, digest) = row?;
            if digest == slot.digest(vault) { Ok(slot) } else { Err(Error::damaged(PART)) }
        })
        .collect();
    match slots.len() {
        0 => Err(Error::NoSlot(kind)),
        1..=MOST_PASSPHRASES => Ok(slots),
        _ => Err(Error::damaged(PART)),
    }
}

/// The vault key, from the first of these that the secret opens.
///
/// # Errors
///
/// [`Error::WrongSecret`] when it opens none of those that could be tried, also where another one could not: one damaged slot would otherwise call
/// everybody's mistyped passphrase a damaged file. When none could be tried, why not.
pub(crate) fn open_one_of(
    slots: Vec<Result<Slot, Error>>,
    vault: &VaultId,
    secret: &Secret<'_>,
) -> Result<(SlotId, VaultKey), Error> {
    let (mut refused, mut untried) = (false, None);
    for slot in slots {
        match slot.and_then(|slot| Ok((slot.id(), slot.unwrap(vault, secret)?))) {
            Err(Error::WrongSecret) => refused = true,
            Err(error) => untried = Some(error),
            opened => return opened,
        }
    }
    Err(untried.filter(|_| !refused).unwrap_or(Error::WrongSecret))
}

/// The slots of passphrases in the order in which they came, and whether each is what was written.
pub(crate) fn passphrases(conn: &Connection, vault: &VaultId) -> Result<Vec<(SlotId, bool)>, Error> {
    let mut query = conn.prepare_cached(
        "SELECT memory_kib, passes, lanes, salt, wrapped, digest FROM slot WHERE kind = ?1 ORDER BY number",
    )?;
    let rows = query.query_map([SlotKind::Passphrase.number()], |row| columns(row, SlotKind::Passphrase))?;
    rows.map(|row| {
        let (slot, digest) = row?;
        Ok((slot.id(), digest == slot.digest(vault)))
    })
    .collect()
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
    write(conn, vault, slot)
}

/// Writes the slot of a passphrase, whether or not there are others.
///
/// # Errors
///
/// [`Error::SlotsFull`].
pub(crate) fn insert_beside(conn: &Connection, vault: &VaultId, slot: &Slot) -> Result<(), Error> {
    if passphrases(conn, vault)?.len() >= MOST_PASSPHRASES {
        return Err(Error::SlotsFull);
    }
    write(conn, vault, slot)
}

fn write(conn: &Connection, vault: &VaultId, slot: &Slot) -> Result<(), Error> {
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

/// Removes every slot of this kind.
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

/// Removes one slot of a passphrase.
///
/// # Errors
///
/// [`Error::SlotUnknown`].
pub(crate) fn delete_one(conn: &Connection, id: &SlotId) -> Result<(), Error> {
    let kind = SlotKind::Passphrase.number();
    match conn.execute("DELETE FROM slot WHERE kind = ?1 AND salt = ?2", params![kind, id.0])? {
        0 => Err(Error::SlotUnknown),
        _ => Ok(()),
    }
}
