//! How people and codes are called in copies: a name that is replaced is replaced there too, and no two of them become one.

use std::collections::{BTreeMap, BTreeSet};

use waymark_protocol::ParticipantId;

use crate::codebook::{Code, Codebook};
use crate::prepare::{Pseudonyms, replaced};

/// How each participant is called in copies, by their label. Whose label gets which number goes by everybody whom the desk knows and by their own
/// numbers: leaving somebody out changes nothing of what the others are called, and the order tells nothing of the labels.
pub(super) fn labels(pseudonyms: &Pseudonyms, everybody: &BTreeMap<ParticipantId, String>) -> BTreeMap<String, String> {
    copies(pseudonyms, everybody.values())
}

/// The codebook of copies. Ids are made from names, so they are of the names as they stand there: an id of the real one could be tried out.
pub(super) fn codebook(pseudonyms: &Pseudonyms, codebook: &Codebook) -> Codebook {
    let names = copies(pseudonyms, codebook.0.iter().map(|code| &code.name));
    let of = |name: &String| names.get(name).cloned().unwrap_or_else(|| replaced(pseudonyms, name));
    let copy = |code: &Code| Code {
        name: of(&code.name),
        parent: code.parent.as_ref().map(of),
        description: code.description.as_ref().map(|text| replaced(pseudonyms, text)),
    };
    Codebook(codebook.0.iter().map(copy).collect())
}

/// Each name with its copy: no two alike, and those in which nothing is replaced as they are. Of names that become alike all but the first get a
/// number.
fn copies<'n>(pseudonyms: &Pseudonyms, names: impl Iterator<Item = &'n String>) -> BTreeMap<String, String> {
    let copies = names.map(|name| (name, replaced(pseudonyms, name)));
    let (same, other): (Vec<_>, Vec<_>) = copies.partition(|(name, copy)| *name == copy);
    let mut taken: BTreeSet<String> = same.iter().map(|(_, copy)| copy.clone()).collect();
    let mut all: BTreeMap<String, String> = same.into_iter().map(|(name, copy)| (name.clone(), copy)).collect();
    for (name, copy) in other {
        if all.contains_key(name) {
            continue;
        }
        let numbered = (2..).map(|number| format!("{copy} ({number})"));
        let free = std::iter::once(copy.clone()).chain(numbered).find(|copy| taken.insert(copy.clone()));
        all.insert(name.clone(), free.expect("there are fewer names than numbers"));
    }
    all
}
