//! Whether something was erased.

use rusqlite::Connection;
use waymark_protocol::Hash;
use waymark_protocol::record::{Header, Target};

use crate::store::falls_with;
use crate::store::sqlite::column::signed;

/// Whether a record was erased, itself or through its target, by its person or by the study.
pub fn is_erased(connection: &Connection, header: &Header, link: &Hash) -> rusqlite::Result<bool> {
    let Some(Target { device, seq, link }) = falls_with(header, link) else {
        return Ok(false);
    };
    let sql = "SELECT 1 FROM erasure WHERE study = ?1 AND device = ?2 AND seq = ?3 AND link = ?4
                 AND (participant IS NULL OR participant = ?5)";
    let key = (header.study.0, device.0, signed(seq), link.0, header.participant.0);
    connection.prepare_cached(sql)?.exists(key)
}
