//! Several passphrases for one vault: each of several people has their own.
//!
//! All of them open the same vault key. So whoever had one, and has a copy of the file from then, opens that copy for ever; taking a passphrase
//! away ends what it opens here.

use rusqlite::{Connection, TransactionBehavior};

use crate::slot::{self, Slot};
use crate::vault::{Vault, VaultId};
use crate::{ArgonParams, Error, Reader, Secret, SlotId, SlotKind, Tx};

/// A passphrase, as it is known without being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassphraseSlot {
    /// Which one.
    pub id: SlotId,
    /// Whether its slot is what was written. One that is not opens nothing, and can be removed.
    pub is_sound: bool,
}

impl Vault {
    /// The passphrases that open this vault, in the order in which they were added; a changed one is the newest.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn passphrases(&self) -> Result<Vec<PassphraseSlot>, Error> {
        let found = slot::passphrases(self.conn(), self.id())?;
        Ok(found.into_iter().map(|(id, is_sound)| PassphraseSlot { id, is_sound }).collect())
    }

    /// Which of the passphrases this is. Takes as long as the slots' Argon2id, one after the other.
    ///
    /// # Errors
    ///
    /// [`Error::WrongSecret`] when it is none of them.
    pub fn which_passphrase(&self, passphrase: &str) -> Result<SlotId, Error> {
        self.slot_of(&Secret::Passphrase(passphrase))
    }

    /// Adds a passphrase beside those that there are, with `work` in the same transaction.
    ///
    /// # Errors
    ///
    /// [`Error::SlotsFull`], [`Error::EmptySecret`], [`Error::ArgonOutOfRange`], and those of `work`, after which nothing has changed.
    pub fn add_passphrase<E: From<Error>>(
        &mut self,
        passphrase: &str,
        params: &ArgonParams,
        work: impl FnOnce(&mut Tx<'_>, &SlotId) -> Result<(), E>,
    ) -> Result<(), E> {
        self.put_passphrase(passphrase, params, |_, _| Ok(()), work)
    }

    /// Puts another passphrase in the place of one, with `work` in the same transaction. A crash leaves the old one or the new.
    ///
    /// # Errors
    ///
    /// [`Error::SlotUnknown`], and as [`add_passphrase`](Self::add_passphrase).
    pub fn change_passphrase<E: From<Error>>(
        &mut self,
        old: &SlotId,
        passphrase: &str,
        params: &ArgonParams,
        work: impl FnOnce(&mut Tx<'_>, &SlotId) -> Result<(), E>,
    ) -> Result<(), E> {
        self.put_passphrase(passphrase, params, |conn, _| slot::delete_one(conn, old), work)
    }

    /// Puts one passphrase in the place of all, with `work` in the same transaction: for when nobody knows any.
    ///
    /// # Errors
    ///
    /// As [`add_passphrase`](Self::add_passphrase).
    pub fn replace_passphrases<E: From<Error>>(
        &mut self,
        passphrase: &str,
        params: &ArgonParams,
        work: impl FnOnce(&mut Tx<'_>, &SlotId) -> Result<(), E>,
    ) -> Result<(), E> {
        let clear = |conn: &Connection, _: &VaultId| slot::delete(conn, SlotKind::Passphrase);
        self.put_passphrase(passphrase, params, clear, work)
    }

    /// Takes a passphrase away, with `work` in the same transaction. Of its slot nothing is left in the file or its log, but where the log cannot be
    /// emptied, as on a full disk: then it opens nothing from now on, and its bytes are there until the vault is locked while there is room.
    ///
    /// # Errors
    ///
    /// [`Error::LastSlot`] when no passphrase is left that opens, also where the vault opens in another way; [`Error::SlotUnknown`].
    pub fn remove_passphrase<E: From<Error>>(
        &mut self,
        id: &SlotId,
        work: impl FnOnce(&mut Tx<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.change_passphrases(
            |conn, vault| {
                slot::delete_one(conn, id)?;
                let opens = slot::passphrases(conn, vault)?.iter().any(|(_, is_sound)| *is_sound);
                if opens { Ok(()) } else { Err(Error::LastSlot) }
            },
            work,
        )
    }

    fn put_passphrase<E: From<Error>>(
        &mut self,
        passphrase: &str,
        params: &ArgonParams,
        clear: impl FnOnce(&Connection, &VaultId) -> Result<(), Error>,
        work: impl FnOnce(&mut Tx<'_>, &SlotId) -> Result<(), E>,
    ) -> Result<(), E> {
        // Before the transaction, for it takes long.
        let slot: Slot = self.wrap(&Secret::Passphrase(passphrase), params)?;
        let id = slot.id();
        self.change_passphrases(
            |conn, vault| {
                clear(conn, vault)?;
                slot::insert_beside(conn, vault, &slot)
            },
            |tx| work(tx, &id),
        )
    }

    /// One transaction on the slots and with `work`. An error says that nothing has changed.
    fn change_passphrases<E: From<Error>>(
        &mut self,
        change: impl FnOnce(&Connection, &VaultId) -> Result<(), Error>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let (conn, sealer, rng) = self.parts();
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        change(&tx, sealer.vault())?;
        work(&mut Tx::new(Reader::new(&tx, sealer), rng))?;
        tx.commit().map_err(Error::from)?;
        self.forget();
        Ok(())
    }
}
