//! Every version of the study's document that was published, as it was signed. Phones go below none of them, so a server that was
//! restored from before gets them again.

use std::collections::BTreeMap;

use waymark_protocol::document::SignedDocument;
use waymark_vault::{Table, Tx};

use crate::collection::CollectionError;
use crate::desk::{Desk, Identity};

/// `u32 version` → JSON of the signed document. The newest stands with what the desk is about.
const OLDER: Table = Table::new("older versions");

/// Keeps the version that is the newest until now.
pub(crate) fn keep_older(tx: &mut Tx<'_>, identity: &Identity) -> Result<(), waymark_vault::Error> {
    let json = serde_json::to_vec(&identity.signed).expect("signed documents are JSON");
    tx.put(OLDER, &identity.document.document.version.to_be_bytes(), &json)
}

/// All versions, the first one first.
pub(crate) fn all(desk: &Desk) -> Result<Vec<SignedDocument>, CollectionError> {
    let mut versions = BTreeMap::new();
    desk.vault.reader().scan(OLDER, |id, bytes| {
        let document: SignedDocument =
            serde_json::from_slice(bytes).map_err(|_| CollectionError::Row("older versions"))?;
        versions.insert(id.to_vec(), document);
        Ok::<_, CollectionError>(())
    })?;
    let mut versions: Vec<_> = versions.into_values().collect();
    versions.push(desk.identity.signed.clone());
    Ok(versions)
}
