//! Six words that a phone and a desk can both show, so that two people can see that no one stands between them.
//!
//! ```text
//! words = the first 66 bits of H("waymark/met/v1" ‖ study ‖ device public key), 11 bits a word, in BIP39's English list
//! ```

use bip39::Language;

use crate::keys::VerifyingKey;
use crate::{Hash, Message, StudyId};

/// The six words for a device in a study.
pub fn met_words(study: &StudyId, device: &VerifyingKey) -> [&'static str; 6] {
    let hash = Hash::of(Message::new("waymark/met/v1").bytes(&study.0).bytes(&device.0).as_bytes());
    let list = Language::English.word_list();
    std::array::from_fn(|word| {
        let index = (0..11).fold(0usize, |index, bit| {
            let place = word * 11 + bit;
            2 * index + usize::from(hash.0[place / 8] >> (7 - place % 8) & 1)
        });
        list[index]
    })
}
