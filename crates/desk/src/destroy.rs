//! What a proven erasure names is destroyed here too: body and slots, in the vault's file and its log.

use std::collections::HashSet;

use waymark_protocol::proof::Standing;
use waymark_protocol::record::Target;

use crate::collection::{Change, Collection};
use crate::desk::Identity;
use crate::judged::judge_all;

/// Destroys what proven erasures name and is still there, and says what has changed.
pub(crate) fn destroy_erased(identity: &Identity, collection: &mut Collection) -> Vec<Change> {
    let mut believed: HashSet<Target> = HashSet::new();
    let mut doomed: Vec<Target> = Vec::new();
    for person in judge_all(identity, collection) {
        for record in person.records() {
            if record.standing == Standing::Covered {
                believed.insert(*record.target);
            }
            if person.erased.contains(&record.seen) {
                doomed.push(*record.target);
            }
        }
    }
    doomed.iter().flat_map(|target| collection.destroy(target, |name| believed.contains(name))).collect()
}
