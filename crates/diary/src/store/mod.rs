//! What stands in the vault: tables, and the sealed objects in them.
//!
//! | table | id | object |
//! |---|---|---|
//! | `identity` | `me` | backup key, recovery key, the recovery secret until the words are confirmed |
//! | `joining` | invitation code | the device key for an invitation that is being used |
//! | `membership` | `study` | the study that was joined |
//! | `parted` | `study` | the study of a diary that came back from a backup file, without a device of its own |
//! | `log` | seq (u64, big-endian) | one record of this device's log, as it is sent |
//! | `revision` | entry id ‖ revision id | one revision, its content key, and where it is |
//! | `draft` | draft id | what is being written |
//! | `allowed` | `words` | the words that the writer has said are fine |
//! | `mark` | entry id | what the entry is to be brought to |
//! | `setting` | `all` | the app's settings |
//! | `voice` | note id | a voice note of a draft: its kind, how long it is, the lengths of its chunks |
//! | `voice chunk` | note id ‖ place (u32, big-endian) | what was recorded in a moment |
//! | `part` | hash of the ciphertext | one part of an entry's voice note, as it is sent |
//! | `part to send` | the same | that the server has not confirmed it |
//! | `part to fetch` | the same | that it is not on this phone |
//! | `part let go` | the same | that it need not wait: its writer has said so |
//! | `phone` | device id | a phone of the person: what is known of it, and how far its log has been read |
//! | `reading` | `study` | the server's cursor for the other phones' records |

mod identity;
mod membership;
mod own;
mod parted;
mod phones;
mod record;
mod revision;
mod voice;

pub(crate) use identity::Identity;
pub(crate) use membership::{Joining, Left, Membership, NewMembership, Receipted};
pub(crate) use own::{OwnThings, Stamp, StoredMark, StoredSetting, put_mark, put_settings};
pub(crate) use parted::Parted;
pub(crate) use phones::{Reading, Stopped, StoredPhone, forget_phones, phones};
pub(crate) use record::{load_record, log_id, record_bytes};
pub(crate) use revision::{Copied, RecordRef, Sharing, StoredRevision, revision_id};
pub(crate) use voice::{
    Asked, NoteId, Recording, Sound, StoredNote, ToFetch, chunk, chunk_id, delete_note, delete_part,
    forget_parts_under_way, note, notes_of, part, parts_let_go, parts_to_fetch, parts_to_send, send_part,
};

use waymark_vault::{Reader, Table, Tx};

use crate::Error;

pub(crate) const IDENTITY: Table = Table::new("identity");
pub(crate) const JOINING: Table = Table::new("joining");
pub(crate) const MEMBERSHIP: Table = Table::new("membership");
pub(crate) const PARTED: Table = Table::new("parted");
pub(crate) const LOG: Table = Table::new("log");
pub(crate) const REVISION: Table = Table::new("revision");
pub(crate) const DRAFT: Table = Table::new("draft");
pub(crate) const ALLOWED: Table = Table::new("allowed");
pub(crate) const MARK: Table = Table::new("mark");
pub(crate) const SETTING: Table = Table::new("setting");
pub(crate) const VOICE: Table = Table::new("voice");
pub(crate) const VOICE_CHUNK: Table = Table::new("voice chunk");
pub(crate) const PART: Table = Table::new("part");
pub(crate) const PART_TO_SEND: Table = Table::new("part to send");
pub(crate) const PART_TO_FETCH: Table = Table::new("part to fetch");
pub(crate) const PART_LET_GO: Table = Table::new("part let go");
pub(crate) const PHONE: Table = Table::new("phone");
pub(crate) const READING: Table = Table::new("reading");

pub(crate) const ME: &[u8] = b"me";
pub(crate) const STUDY: &[u8] = b"study";
pub(crate) const WORDS: &[u8] = b"words";

/// Seals a value.
pub(crate) fn put<T: minicbor::Encode<()>>(tx: &mut Tx<'_>, table: Table, id: &[u8], value: &T) -> Result<(), Error> {
    let bytes = zeroize::Zeroizing::new(minicbor::to_vec(value).expect("writing to memory succeeds"));
    Ok(tx.put(table, id, &bytes)?)
}

/// Opens a value, if there is one.
pub(crate) fn get<T>(reader: &Reader<'_>, table: Table, id: &[u8]) -> Result<Option<T>, Error>
where
    T: for<'b> minicbor::Decode<'b, ()>,
{
    reader.get(table, id)?.map(|bytes| decode(table, &bytes)).transpose()
}

/// Reads an opened object.
pub(crate) fn decode<T>(table: Table, bytes: &[u8]) -> Result<T, Error>
where
    T: for<'b> minicbor::Decode<'b, ()>,
{
    minicbor::decode(bytes).map_err(|_| Error::Stored(table.name()))
}
