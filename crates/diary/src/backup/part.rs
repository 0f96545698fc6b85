//! Taking out of a vault what only one phone may have.

use waymark_protocol::{EntryId, RevisionId};
use waymark_vault::Vault;

use crate::Error;
use crate::store::{
    self, JOINING, LOG, MEMBERSHIP, Membership, PARTED, REVISION, STUDY, Sharing, StoredRevision, revision_id,
};

/// Takes the device out: its key, its token, its log, and the revisions' places in it. In one transaction; done twice it changes
/// nothing.
///
/// What was granted stays marked as shared, also where no receipt had come: nobody is told that an entry is private which the
/// study may have. What was held becomes private.
pub(super) fn part(vault: &mut Vault) -> Result<(), Error> {
    let reader = vault.reader();
    let membership: Option<Membership> = store::get(&reader, MEMBERSHIP, STUDY)?;
    let mut gone = Vec::new();
    for table in [JOINING, LOG] {
        reader.scan::<Error>(table, |id, _| {
            gone.push((table, id.to_vec()));
            Ok(())
        })?;
    }
    let mut changed: Vec<(EntryId, RevisionId, StoredRevision)> = Vec::new();
    reader.scan::<Error>(REVISION, |_, bytes| {
        let stored: StoredRevision = store::decode(REVISION, bytes)?;
        let sharing = match stored.sharing {
            Sharing::Private | Sharing::Held { .. } | Sharing::Doubted => Sharing::Private,
            Sharing::Shared { .. } => Sharing::Shared { by: None },
        };
        if stored.record.is_some() || stored.copied.is_some() || sharing != stored.sharing {
            let entry = stored.entry()?;
            changed.push((entry.entry, entry.revision, StoredRevision::new(&entry, None, sharing, None)));
        }
        Ok(())
    })?;
    vault.write(|tx| {
        for (table, id) in &gone {
            tx.delete(*table, id)?;
        }
        for (entry, revision, stored) in &changed {
            store::put(tx, REVISION, &revision_id(entry, revision), stored)?;
        }
        if let Some(membership) = membership {
            // A study that was left is not met again.
            if membership.left.is_none() {
                store::put(tx, PARTED, STUDY, &membership.parted())?;
            }
            tx.delete(MEMBERSHIP, STUDY)?;
        }
        // Which parts the server has is asked anew when the study is met again.
        store::forget_parts_under_way(tx)?;
        // Which phones there are, and what has been read of them, is this phone's to know.
        store::forget_phones(tx)
    })
}
