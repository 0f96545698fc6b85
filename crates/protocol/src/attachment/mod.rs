//! Attachments: voice notes, sealed apart from their entry so that they may follow it when there is Wi-Fi.
//!
//! ```text
//! K          = 32 random bytes, one per attachment; in the entry's sealed body
//! key        = HKDF(K, "waymark/attachment/v1" ‖ entry[16] ‖ attachment id[16])
//! padded     = plain ‖ zeros, to a multiple of 1 KiB; above 16 KiB to the length that Padmé gives
//! chunks     = padded, cut into 64 KiB; the last has 1 byte to 64 KiB
//! sealed i   = AES-256-GCM[key, nonce = u88_be(i) ‖ last](chunk i, aad = ""), last = 1 for the last chunk, else 0
//! part j     = sealed 15·j ‖ … ‖ sealed 15·j + 14, so at most 983,280 bytes (< 1 MiB); its name is H(part j)
//! attachment = [ id[16], media type, duration in ms, length of plain, K, [H(part 0), H(part 1)…] ]
//! ```
//!
//! The chunks are STREAM as Hoang, Reyhanitabar, Rogaway and Vizár define it ("Online Authenticated-Encryption and its
//! Nonce-Reuse Misuse-Resistance", CRYPTO 2015, <https://eprint.iacr.org/2015/189>), with the nonce that age uses
//! (<https://age-encryption.org/v1>, "Payload"): a counter of 11 bytes and a byte that says whether a chunk is the last. A chunk
//! that is changed, moved, repeated or missing does not open. A key seals one attachment, so nonces never repeat.
//!
//! Whole chunks lie in one part, so that a player can open any one of them alone. The lengths of all chunks and parts follow
//! from the length of the plain bytes: parts that are too many, too few, too long or too short are told from the hashes'
//! number and the parts' lengths before anything is opened.
//!
//! What an attachment belongs to: the entry and the id go into the key, so that an attachment copied into another entry does
//! not open there. So an entry that is withdrawn, whose copy has a new entry id, must have its attachments sealed anew, and
//! that is as it should be: the study has held the old key. Study, participant and device are not in the formula, for a
//! private diary has none until it joins a study; they bind all the same, because K and the hashes lie in a body whose
//! associated data is the record's header, and the header lists the parts once more.

mod layout;
mod media_type;
mod open;
mod seal;
mod stream;
mod wire;

pub use layout::{CHUNK_LEN, CHUNKS_PER_PART, MAX_LEN, MAX_PART_LEN, chunk_at, part_of};
pub use media_type::MediaType;
pub use open::{OpenError, Opener, open};
pub use seal::{About, Part, SealError, seal};
pub(crate) use wire::Wire;

use layout::Layout;

use crate::Hash;
use crate::id::AttachmentId;
use crate::keys::AttachmentKey;

/// What an entry says of one attachment: enough to find its parts and open them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    id: AttachmentId,
    about: About,
    len: u64,
    key: AttachmentKey,
    parts: Vec<Hash>,
}

impl Attachment {
    /// Its name: random.
    pub fn id(&self) -> AttachmentId {
        self.id
    }

    /// What kind of recording it is.
    pub fn media_type(&self) -> &MediaType {
        &self.about.media_type
    }

    /// How long it takes to hear, in milliseconds.
    pub fn duration_ms(&self) -> u32 {
        self.about.duration_ms
    }

    /// How many plain bytes it has: 1 to [`MAX_LEN`].
    #[expect(clippy::len_without_is_empty, reason = "an attachment is never empty")]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// The names of its parts, in order.
    pub fn parts(&self) -> &[Hash] {
        &self.parts
    }

    /// How many chunks hold plain bytes; behind them there may be chunks of padding alone.
    pub fn chunks(&self) -> usize {
        self.layout().plain_chunks()
    }

    fn layout(&self) -> Layout {
        Layout::of(self.len).expect("an attachment's length is checked where it is made and read")
    }
}
