//! Records of this device's log: made once, stored and sent as they are.

use waymark_protocol::record::Record;
use waymark_vault::Reader;

use super::LOG;
use crate::Error;

/// A record's id in the log's table.
pub(crate) fn log_id(seq: u64) -> [u8; 8] {
    seq.to_be_bytes()
}

/// A record as it stands in the table: three CBOR byte strings.
pub(crate) fn record_bytes(record: &Record) -> Vec<u8> {
    let parts: [minicbor::bytes::ByteVec; 3] =
        [record.header_bytes(), record.slots_bytes(), record.body()].map(|part| part.to_vec().into());
    minicbor::to_vec(parts).expect("writing to memory succeeds")
}

/// The record at `seq`.
pub(crate) fn load_record(reader: &Reader<'_>, seq: u64) -> Result<Option<Record>, Error> {
    let Some(bytes) = reader.get(LOG, &log_id(seq))? else {
        return Ok(None);
    };
    let [header, slots, body]: [minicbor::bytes::ByteVec; 3] =
        minicbor::decode(&bytes).map_err(|_| Error::Stored("a record"))?;
    Record::parse(header.into(), slots.into(), body.into()).map(Some).map_err(|_| Error::Stored("a record"))
}
