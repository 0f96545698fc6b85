//! How records travel: `application/cbor-seq` (RFC 8742), one item after the other.
//!
//! ```text
//! item  = [0, header, slots, body]                      a record
//!       | [1, header, H(slots), H(body)]                a tombstone
//!       | [2, study, device, seq, link, local_head, device time, signature]     a checkpoint
//! push  = item item … checkpoint
//! feed  = [server_seq, received at (ms since 1970, UTC), late, item] …
//! ```

use minicbor::decode::Decoder;
use minicbor::encode::Encoder;

use super::{Record, Tombstone};
use crate::checkpoint::Checkpoint;
use crate::{DecodeError, Hash};

/// The media type.
pub const CONTENT_TYPE: &str = "application/cbor-seq";
/// How many records one push may hold.
pub const MAX_PUSH_RECORDS: usize = 500;
/// How many bytes one push may hold.
pub const MAX_PUSH_BYTES: usize = 1024 * 1024;
const MAX_ITEM_FIELD: usize = 512 * 1024;

/// One thing that travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A whole record.
    Record(Box<Record>),
    /// What is left of an erased record.
    Tombstone(Box<Tombstone>),
    /// A device's word for all before it.
    Checkpoint(Box<Checkpoint>),
}

/// Bytes that claim to be an item, cut apart but not yet believed.
///
/// The server keeps records as the bytes that were sent; one bad record must not stop a reader from going on to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawItem {
    /// Header, slots, body.
    Record(Vec<u8>, Vec<u8>, Vec<u8>),
    /// Header, `H(slots)`, `H(body)`.
    Tombstone(Vec<u8>, Hash, Hash),
    /// A checkpoint.
    Checkpoint(Box<Checkpoint>),
}

/// An item as a server hands it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedItem {
    /// The server's order; a cursor.
    pub server_seq: u64,
    /// When the server received it, in milliseconds since 1970, UTC.
    pub received_at: u64,
    /// Whether it came after the study had ended or the participant had left.
    pub late: bool,
    /// What it is.
    pub item: RawItem,
}

impl Item {
    /// Appends the item's bytes.
    pub fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Record(record) => write_record(out, record.header_bytes(), record.slots_bytes(), record.body()),
            Self::Tombstone(tombstone) => {
                write_tombstone(out, tombstone.header_bytes(), &tombstone.slots_hash, &tombstone.body_hash);
            }
            Self::Checkpoint(checkpoint) => write_checkpoint(out, checkpoint),
        }
    }
}

/// Appends a whole record.
pub fn write_record(out: &mut Vec<u8>, header: &[u8], slots: &[u8], body: &[u8]) {
    to_memory(|e| e.array(4)?.u8(0)?.bytes(header)?.bytes(slots)?.bytes(body)?.ok(), out);
}

/// Appends a tombstone.
pub fn write_tombstone(out: &mut Vec<u8>, header: &[u8], slots_hash: &Hash, body_hash: &Hash) {
    to_memory(|e| e.array(4)?.u8(1)?.bytes(header)?.encode(slots_hash)?.encode(body_hash)?.ok(), out);
}

/// Appends a checkpoint.
pub fn write_checkpoint(out: &mut Vec<u8>, c: &Checkpoint) {
    to_memory(
        |e| {
            e.array(8)?.u8(2)?.encode(c.study)?.encode(c.device)?.u64(c.seq)?.encode(c.link)?;
            e.u64(c.local_head)?.u64(c.device_time)?.encode(c.signature)?.ok()
        },
        out,
    );
}

/// Appends the frame of a feed item; the item itself is to follow.
pub fn write_feed_frame(out: &mut Vec<u8>, server_seq: u64, received_at: u64, late: bool) {
    to_memory(|e| e.array(4)?.u64(server_seq)?.u64(received_at)?.bool(late)?.ok(), out);
}

fn to_memory<F>(write: F, out: &mut Vec<u8>)
where
    F: FnOnce(&mut Encoder<&mut Vec<u8>>) -> Result<(), minicbor::encode::Error<std::convert::Infallible>>,
{
    write(&mut Encoder::new(out)).expect("writing to memory succeeds");
}

/// Reads a push: records, then exactly one checkpoint at the end.
pub fn read_push(bytes: &[u8]) -> Result<(Vec<Record>, Checkpoint), DecodeError> {
    const WHAT: &str = "a push: up to 500 records, then a checkpoint";
    if bytes.len() > MAX_PUSH_BYTES {
        return Err(DecodeError::TooLong("the push"));
    }
    let mut decoder = Decoder::new(bytes);
    let mut records = Vec::new();
    loop {
        match read_item(&mut decoder).map_err(|_| DecodeError::Malformed(WHAT))? {
            RawItem::Record(header, slots, body) if records.len() < MAX_PUSH_RECORDS => {
                let record = Record::parse(header, slots, body).map_err(|_| DecodeError::Malformed(WHAT))?;
                records.push(record);
            }
            RawItem::Checkpoint(checkpoint) if decoder.position() == bytes.len() => return Ok((records, *checkpoint)),
            _ => return Err(DecodeError::Malformed(WHAT)),
        }
    }
}

/// Reads a feed, item by item, as far as it is well formed.
pub fn read_feed(bytes: &[u8]) -> Result<Vec<FeedItem>, DecodeError> {
    let mut decoder = Decoder::new(bytes);
    let mut items = Vec::new();
    while decoder.position() < bytes.len() {
        items.push(read_feed_item(&mut decoder).map_err(|_| DecodeError::Malformed("a feed of records"))?);
    }
    Ok(items)
}

fn read_feed_item(d: &mut Decoder<'_>) -> Result<FeedItem, minicbor::decode::Error> {
    let start = d.position();
    expect_array(d, 4)?;
    let (server_seq, received_at, late) = (d.u64()?, d.u64()?, d.bool()?);
    let mut frame = Vec::new();
    write_feed_frame(&mut frame, server_seq, received_at, late);
    expect_canonical(d, start, &frame)?;
    Ok(FeedItem { server_seq, received_at, late, item: read_item(d)? })
}

fn read_item(d: &mut Decoder<'_>) -> Result<RawItem, minicbor::decode::Error> {
    let start = d.position();
    let item = read_any_item(d)?;
    let mut canonical = Vec::new();
    match &item {
        RawItem::Record(header, slots, body) => write_record(&mut canonical, header, slots, body),
        RawItem::Tombstone(header, slots, body) => write_tombstone(&mut canonical, header, slots, body),
        RawItem::Checkpoint(checkpoint) => write_checkpoint(&mut canonical, checkpoint),
    }
    expect_canonical(d, start, &canonical)?;
    Ok(item)
}

fn read_any_item(d: &mut Decoder<'_>) -> Result<RawItem, minicbor::decode::Error> {
    let len = d.array()?;
    match (d.u8()?, len) {
        (0, Some(4)) => Ok(RawItem::Record(bounded(d)?, bounded(d)?, bounded(d)?)),
        (1, Some(4)) => Ok(RawItem::Tombstone(bounded(d)?, d.decode()?, d.decode()?)),
        (2, Some(8)) => Ok(RawItem::Checkpoint(Box::new(Checkpoint {
            study: d.decode()?,
            device: d.decode()?,
            seq: d.u64()?,
            link: d.decode()?,
            local_head: d.u64()?,
            device_time: d.u64()?,
            signature: d.decode()?,
        }))),
        _ => Err(minicbor::decode::Error::message("unknown item")),
    }
}

fn expect_array(d: &mut Decoder<'_>, len: u64) -> Result<(), minicbor::decode::Error> {
    if d.array()? == Some(len) { Ok(()) } else { Err(minicbor::decode::Error::message("wrong array length")) }
}

fn expect_canonical(d: &Decoder<'_>, start: usize, canonical: &[u8]) -> Result<(), minicbor::decode::Error> {
    if d.input().get(start..d.position()) == Some(canonical) {
        Ok(())
    } else {
        Err(minicbor::decode::Error::message("not in canonical form"))
    }
}

fn bounded(d: &mut Decoder<'_>) -> Result<Vec<u8>, minicbor::decode::Error> {
    let bytes = d.bytes()?;
    if bytes.len() > MAX_ITEM_FIELD {
        return Err(minicbor::decode::Error::message("too long"));
    }
    Ok(bytes.to_vec())
}
