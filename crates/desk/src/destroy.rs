//! What a proven erasure names is destroyed here too: body and slots, in the vault's file and its log, and the parts of its
//! recordings unless another record that stands lists them.
//!
//! A record that the chain covers takes along every other text that claims its place: mangled copies of it. One that is not
//! covered goes alone. Its header, which says what it is and what it grants, could be anyone's, and must not decide about the
//! true record of its place, which may be yet to come.

use std::collections::HashSet;

use waymark_protocol::proof::Standing;
use waymark_protocol::record::Target;
use waymark_vault::Vault;

use crate::collection::{Change, Collection, CollectionError, PartId};
use crate::judged::JudgedPerson;
use crate::recordings;

/// What is to be destroyed.
#[derive(Debug, Default)]
pub(crate) struct Doomed {
    covered: Vec<Target>,
    others: Vec<Target>,
    believed: HashSet<Target>,
    parts: HashSet<PartId>,
}

impl Doomed {
    /// What proven erasures name.
    pub(crate) fn among(judged: &[JudgedPerson<'_>]) -> Self {
        let mut doomed = Self { parts: recordings::doomed(judged), ..Self::default() };
        for person in judged {
            for record in person.records() {
                let covered = record.standing == Standing::Covered;
                if covered {
                    doomed.believed.insert(*record.target);
                }
                if person.erased.contains(&record.seen) {
                    let list = if covered { &mut doomed.covered } else { &mut doomed.others };
                    list.push(*record.target);
                }
            }
        }
        doomed
    }

    /// Destroys what of it is still there, in the vault's file and in its log.
    pub(crate) fn destroy(&self, vault: &mut Vault, collection: &mut Collection) -> Result<(), CollectionError> {
        let mut changes = self.take_from(collection);
        changes.extend(collection.forget_parts(|id| self.parts.contains(id)));
        if changes.is_empty() {
            return Ok(());
        }
        let collection = &*collection;
        vault.write(|tx| collection.store(tx, &changes))?;
        Ok(vault.truncate_wal()?)
    }

    fn take_from(&self, collection: &mut Collection) -> Vec<Change> {
        let mut changes = Vec::new();
        for target in &self.covered {
            changes.extend(collection.destroy(target));
            changes.extend(collection.destroy_other_texts(target, |name| self.believed.contains(name)));
        }
        changes.extend(self.others.iter().filter_map(|target| collection.destroy(target)));
        changes
    }
}
