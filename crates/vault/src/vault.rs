//! The vault: one open file.

use std::fmt;
use std::ops::RangeBounds;
use std::path::Path;

use rand_core::CryptoRng;
use rusqlite::{Connection, TransactionBehavior};
use zeroize::Zeroizing;

use crate::file::{self, Owner};
use crate::object::{ObjectSealer, VaultKey, check_all, reseal_all};
use crate::slot::{self, Slot};
use crate::{ArgonParams, Error, Reader, Secret, SlotId, SlotKind, Table, Tx};

/// A vault's random name, in every slot's and object's associated data. It is not secret.
pub type VaultId = [u8; 16];

/// An unlocked vault. Dropping it locks it.
pub struct Vault {
    // Fields are dropped in this order: the file is closed before its lock is given up.
    conn: Connection,
    sealer: ObjectSealer,
    rng: Box<dyn CryptoRng + Send>,
    _owner: Owner,
}

/// What can be known of a vault without opening a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The file's version: the number of migrations that made it.
    pub version: u32,
    /// The ways to open it.
    pub slots: Vec<SlotKind>,
}

impl Vault {
    /// Makes a vault with one slot and leaves it unlocked. A crash before this returns leaves a whole vault or none.
    ///
    /// # Errors
    ///
    /// [`Error::AlreadyExists`], [`Error::EmptySecret`], [`Error::ArgonOutOfRange`], [`Error::NotFound`] when there is no
    /// such folder, [`Error::ReadOnly`], [`Error::DiskFull`], [`Error::InUse`].
    pub fn create(
        path: impl AsRef<Path>,
        secret: &Secret<'_>,
        params: &ArgonParams,
        mut rng: Box<dyn CryptoRng + Send>,
    ) -> Result<Self, Error> {
        let path = path.as_ref();
        let owner = Owner::acquire(path)?;
        let mut id = VaultId::default();
        rng.fill_bytes(&mut id);
        let key = VaultKey::generate(&mut rng);
        file::create(path, |conn| {
            conn.execute("INSERT INTO vault (one, id) VALUES (1, ?1)", [id])?;
            slot::insert(conn, &id, &Slot::wrap(&key, &id, secret, params, &mut rng)?)
        })?;
        let conn = file::connect(path)?;
        Ok(Self { conn, sealer: ObjectSealer::new(id, key), rng, _owner: owner })
    }

    /// Opens the vault with a secret of one of its slots. Takes as long as the Argon2id of the slots of its kind, which are tried one after
    /// the other; beside it the whole file is read, to find damage now rather than as a missing entry later.
    ///
    /// # Errors
    ///
    /// [`Error::WrongSecret`], [`Error::NoSlot`], [`Error::NewerFile`], [`Error::NotAVault`], [`Error::Damaged`],
    /// [`Error::InUse`], [`Error::ReadOnly`], [`Error::NotFound`], [`Error::DiskFull`], [`Error::ArgonOutOfRange`].
    pub fn open(path: impl AsRef<Path>, secret: &Secret<'_>, rng: Box<dyn CryptoRng + Send>) -> Result<Self, Error> {
        let (conn, owner) = take(path.as_ref())?;
        let found = vault_id(&conn).and_then(|id| Ok((id, slot::of_kind(&conn, &id, secret.kind())?)));
        let (id, slots) = match found {
            Ok(found) => found,
            // A damaged file is called so, whatever could not be found in it.
            Err(error) => return Err(file::integrity(&conn).err().unwrap_or(error)),
        };
        let (whole, key) = std::thread::scope(|scope| {
            let unwrapping = scope.spawn(|| slot::open_one_of(slots, &id, secret));
            (file::integrity(&conn), unwrapping.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        whole?;
        let (_, key) = key?;
        Ok(Self { conn, sealer: ObjectSealer::new(id, key), rng, _owner: owner })
    }

    /// What the file at `path` says without being unlocked; None when there is none. An older file is brought up to date.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open); [`Error::InUse`] also while this program has the vault open itself.
    pub fn inspect(path: impl AsRef<Path>) -> Result<Option<Inspection>, Error> {
        if !path.as_ref().try_exists()? {
            return Ok(None);
        }
        let (conn, _owner) = take(path.as_ref())?;
        let inspection = inspection(&conn)?;
        // Closed before the lock is given up.
        conn.close().map_err(|(_, error)| error)?;
        Ok(Some(inspection))
    }

    /// As [`inspect`](Self::inspect), for a file that came from elsewhere: reads the whole of it to find what was cut off
    /// or damaged on the way. What is inside an object shows only when it is opened: [`check_objects`](Self::check_objects).
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), but for the secret's.
    pub fn examine(path: impl AsRef<Path>) -> Result<Inspection, Error> {
        let (conn, _owner) = take(path.as_ref())?;
        file::integrity(&conn)?;
        let inspection = inspection(&conn)?;
        conn.close().map_err(|(_, error)| error)?;
        Ok(inspection)
    }

    /// Runs `work` in one transaction: everything or nothing of it is in the file, with one fsync at its end. An error of
    /// `work` rolls back.
    ///
    /// # Errors
    ///
    /// Those of `work`, and [`Error::DiskFull`] or [`Error::Io`] of the transaction itself; nothing was changed then, and
    /// the vault can be used again when there is room.
    pub fn write<T, E: From<Error>>(&mut self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        let done = work(&mut Tx::new(Reader::new(&tx, &self.sealer), &mut self.rng))?;
        tx.commit().map_err(Error::from)?;
        Ok(done)
    }

    /// What reads, for functions that also read inside a transaction.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(&self.conn, &self.sealer)
    }

    /// [`Reader::get`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn get(&self, table: Table, id: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        self.reader().get(table, id)
    }

    /// [`Reader::scan`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn scan<E: From<Error>>(&self, table: Table, each: impl FnMut(&[u8], &[u8]) -> Result<(), E>) -> Result<(), E> {
        self.reader().scan(table, each)
    }

    /// [`Reader::scan_abreast`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn scan_abreast<T: Send, E: From<Error> + Send>(
        &self,
        table: Table,
        open: impl Fn(&[u8], &[u8]) -> Result<T, E> + Sync,
        keep: impl FnMut(T),
    ) -> Result<(), E> {
        self.reader().scan_abreast(table, open, keep)
    }

    /// [`Reader::scan_range`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn scan_range<'i, E: From<Error>>(
        &self,
        table: Table,
        ids: impl RangeBounds<&'i [u8]>,
        each: impl FnMut(&[u8], &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.reader().scan_range(table, ids, each)
    }

    /// [`Reader::count`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn count(&self, table: Table) -> Result<u64, Error> {
        self.reader().count(table)
    }

    /// [`Reader::last`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn last(&self, table: Table) -> Result<Option<Vec<u8>>, Error> {
        self.reader().last(table)
    }

    /// The vault's random name.
    #[must_use]
    pub fn id(&self) -> &VaultId {
        self.sealer.vault()
    }

    /// The ways to open this vault.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn slots(&self) -> Result<Vec<SlotKind>, Error> {
        slot::kinds(&self.conn)
    }

    /// Whether `secret` opens this vault, to be asked before something grave.
    ///
    /// # Errors
    ///
    /// [`Error::WrongSecret`], [`Error::NoSlot`].
    pub fn verify(&self, secret: &Secret<'_>) -> Result<(), Error> {
        self.slot_of(secret).map(drop)
    }

    /// Which slot it opens.
    pub(crate) fn slot_of(&self, secret: &Secret<'_>) -> Result<SlotId, Error> {
        let slots = slot::of_kind(&self.conn, self.id(), secret.kind())?;
        let (id, key) = slot::open_one_of(slots, self.id(), secret)?;
        if key.same_as(self.sealer.vault_key()) { Ok(id) } else { Err(Error::WrongSecret) }
    }

    /// Adds a way to open the vault.
    ///
    /// # Errors
    ///
    /// [`Error::SlotExists`], [`Error::EmptySecret`], [`Error::ArgonOutOfRange`].
    pub fn add_slot(&mut self, secret: &Secret<'_>, params: &ArgonParams) -> Result<(), Error> {
        let slot = self.wrap(secret, params)?;
        self.change_slots(|conn, id| slot::insert(conn, id, &slot))
    }

    /// Puts another secret in the place of the one of its kind, or of all passphrases that there are: a changed passphrase. The vault key stays; where somebody
    /// knows the old secret and may have a copy of the file, [`rekey`](Self::rekey) is what helps.
    ///
    /// # Errors
    ///
    /// [`Error::NoSlot`], [`Error::EmptySecret`], [`Error::ArgonOutOfRange`].
    pub fn replace_slot(&mut self, secret: &Secret<'_>, params: &ArgonParams) -> Result<(), Error> {
        self.exchange_slot(secret.kind(), secret, params)
    }

    /// As [`replace_slot`](Self::replace_slot), in the place of a slot that may be of another kind: a PIN instead of a
    /// passphrase. A crash leaves the old way to open or the new one, never both and never none.
    ///
    /// # Errors
    ///
    /// [`Error::NoSlot`], [`Error::SlotExists`], [`Error::EmptySecret`], [`Error::ArgonOutOfRange`].
    pub fn exchange_slot(&mut self, old: SlotKind, secret: &Secret<'_>, params: &ArgonParams) -> Result<(), Error> {
        let slot = self.wrap(secret, params)?;
        self.change_slots(|conn, id| {
            slot::delete(conn, old)?;
            slot::insert(conn, id, &slot)
        })
    }

    /// Takes a way to open the vault away; with [`SlotKind::Passphrase`] all passphrases. What is left of its bytes where the log cannot be emptied says
    /// [`remove_passphrase`](Self::remove_passphrase).
    ///
    /// # Errors
    ///
    /// [`Error::LastSlot`], [`Error::NoSlot`].
    pub fn remove_slot(&mut self, kind: SlotKind) -> Result<(), Error> {
        self.change_slots(|conn, _| {
            slot::delete(conn, kind)?;
            if slot::kinds(conn)?.is_empty() { Err(Error::LastSlot) } else { Ok(()) }
        })
    }

    /// "Someone knows my passphrase": makes a new vault key, seals every object anew and replaces all slots with those of
    /// `secrets`, in one transaction. A copy of the file from before stays readable with the old secrets; nothing can
    /// change that.
    ///
    /// # Errors
    ///
    /// [`Error::LastSlot`] when `secrets` is empty, [`Error::SlotExists`] when it has two of a kind, and as
    /// [`write`](Self::write).
    pub fn rekey(&mut self, secrets: &[(Secret<'_>, ArgonParams)]) -> Result<(), Error> {
        self.rekey_and(secrets, |_| Ok(()))
    }

    /// As [`rekey`](Self::rekey), with `work` in the same transaction, on the objects as they are sealed anew.
    ///
    /// # Errors
    ///
    /// As [`rekey`](Self::rekey), and those of `work`, after which nothing has changed.
    pub fn rekey_and<E: From<Error>>(
        &mut self,
        secrets: &[(Secret<'_>, ArgonParams)],
        work: impl FnOnce(&mut Tx<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if secrets.is_empty() {
            return Err(Error::LastSlot.into());
        }
        let id = *self.id();
        let key = VaultKey::generate(&mut self.rng);
        let slots = secrets.iter().map(|(secret, params)| Slot::wrap(&key, &id, secret, params, &mut self.rng));
        let slots = slots.collect::<Result<Vec<_>, _>>()?;
        let sealer = ObjectSealer::new(id, key);

        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        reseal_all(&tx, &self.sealer, &sealer, &mut self.rng)?;
        for kind in slot::kinds(&tx)? {
            slot::delete(&tx, kind)?;
        }
        for slot in &slots {
            slot::insert(&tx, &id, slot)?;
        }
        work(&mut Tx::new(Reader::new(&tx, &sealer), &mut self.rng))?;
        tx.commit().map_err(Error::from)?;
        self.sealer = sealer;
        self.forget();
        Ok(())
    }

    /// Opens every object of every table, to find damage before the vault is relied on.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] with the table's name.
    pub fn check_objects(&self) -> Result<(), Error> {
        check_all(&self.conn, &self.sealer)
    }

    /// Makes a sealed copy at `path`, as of now and without what was deleted, and leaves it unlocked. It has the same name,
    /// key and slots. A crash before this returns leaves part of a file there; the caller gives it its real name.
    ///
    /// # Errors
    ///
    /// [`Error::AlreadyExists`], [`Error::NotFound`], [`Error::ReadOnly`], [`Error::DiskFull`], [`Error::InUse`]. What was
    /// begun is removed.
    pub fn copy_to(&self, path: impl AsRef<Path>, rng: Box<dyn CryptoRng + Send>) -> Result<Self, Error> {
        let path = path.as_ref();
        let owner = Owner::acquire(path)?;
        file::copy(&self.conn, path)?;
        let conn = file::connect(path)?;
        let key = VaultKey::from_slice(self.sealer.vault_key().dangerously_as_bytes()).expect("a key is 32 bytes");
        Ok(Self { conn, sealer: ObjectSealer::new(*self.id(), key), rng, _owner: owner })
    }

    /// Moves the write-ahead log into the file and empties it: after an erasure, no page in it holds what was erased.
    ///
    /// # Errors
    ///
    /// [`Error::DiskFull`], [`Error::Io`].
    pub fn truncate_wal(&self) -> Result<(), Error> {
        file::truncate_wal(&self.conn)
    }

    /// Gives the room of what was deleted back to the disk.
    ///
    /// # Errors
    ///
    /// [`Error::DiskFull`]: it needs room for a second copy.
    pub fn compact(&mut self) -> Result<(), Error> {
        self.conn.execute_batch("VACUUM")?;
        self.truncate_wal()
    }

    /// Empties the log, closes the file and wipes the key. Dropping does the same and keeps quiet about errors, after any of
    /// which everything committed is still in the file and its log.
    ///
    /// # Errors
    ///
    /// [`Error::DiskFull`], [`Error::Io`]; the vault is locked nevertheless.
    pub fn lock(self) -> Result<(), Error> {
        self.truncate_wal()
    }

    pub(crate) fn conn(&self) -> &Connection {
        &self.conn
    }

    /// What a transaction is made of.
    pub(crate) fn parts(&mut self) -> (&mut Connection, &ObjectSealer, &mut (dyn CryptoRng + Send)) {
        (&mut self.conn, &self.sealer, &mut *self.rng)
    }

    pub(crate) fn wrap(&mut self, secret: &Secret<'_>, params: &ArgonParams) -> Result<Slot, Error> {
        Slot::wrap(self.sealer.vault_key(), self.sealer.vault(), secret, params, &mut self.rng)
    }

    /// One transaction on the slots. An error says that nothing has changed.
    fn change_slots(&mut self, change: impl FnOnce(&Connection, &VaultId) -> Result<(), Error>) -> Result<(), Error> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        change(&tx, self.sealer.vault())?;
        tx.commit()?;
        self.forget();
        Ok(())
    }

    /// After what was committed: an old sealing or wrapping does not stay in the log. Where it cannot be emptied now, as on a full disk, what was done is
    /// done all the same, and locking the vault tries again.
    pub(crate) fn forget(&self) {
        let _ = self.truncate_wal();
    }
}

impl Drop for Vault {
    fn drop(&mut self) {
        // Whatever fails here, the log is still there and is read at the next opening.
        let _ = self.truncate_wal();
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}

/// Becomes the owner of a file that is there, and opens it.
fn take(path: &Path) -> Result<(Connection, Owner), Error> {
    if !path.try_exists()? {
        return Err(Error::NotFound);
    }
    let owner = Owner::acquire(path)?;
    file::peek(path)?;
    Ok((file::connect(path)?, owner))
}

fn inspection(conn: &Connection) -> Result<Inspection, Error> {
    let version = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(Inspection { version, slots: slot::kinds(conn)? })
}

fn vault_id(conn: &Connection) -> Result<VaultId, Error> {
    Ok(conn.query_row("SELECT id FROM vault WHERE one = 1", [], |row| row.get(0))?)
}

#[cfg(test)]
#[path = "vault_tests.rs"]
mod tests;
