//! Bytes as letters and digits that somebody types: Crockford's base 32, and a checksum at the end.
//!
//! ```text
//! text = base32(bytes ‖ H(label ‖ LP(bytes))[..4])
//! ```
//!
//! The alphabet (<https://www.crockford.com/base32.html>) has no `I`, `L`, `O`, `U`; when typed, `i` and `l` are read as 1,
//! `o` as 0. A mistyped text passes the checksum once in four billion.

use zeroize::Zeroizing;

use crate::{Hash, Message};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECK: usize = 4;
/// A custodian's share after a hundred changes of keys has some 6,500.
const MAX_TEXT: usize = 8 * 1024;

/// Why letters stand for no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypedError {
    /// Other letters, or far too many.
    NotOne,
    /// A typing mistake, or part of it is missing.
    Checksum,
}

fn checksum(label: &'static str, bytes: &[u8]) -> [u8; CHECK] {
    let hash = Hash::of(Message::new(label).lp(bytes).as_bytes());
    hash.0[..CHECK].try_into().expect("a hash is longer than its first bytes")
}

pub(crate) fn encode(label: &'static str, bytes: &[u8]) -> String {
    // As long as it becomes, so that no part of a secret is left behind where it grew.
    let mut out = String::with_capacity((bytes.len() + CHECK) * 8 / 5 + 1);
    let (mut buffer, mut bits) = (0u32, 0u32);
    for byte in bytes.iter().chain(&checksum(label, bytes)) {
        buffer = buffer << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(ALPHABET[(buffer >> bits & 31) as usize] as char);
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(ALPHABET[(buffer << (5 - bits) & 31) as usize] as char);
    }
    out
}

/// In groups of five.
pub(crate) fn grouped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 5);
    for (place, letter) in text.chars().enumerate() {
        if place > 0 && place % 5 == 0 {
            out.push(' ');
        }
        out.push(letter);
    }
    out
}

pub(crate) fn decode(label: &'static str, text: &str) -> Result<Vec<u8>, TypedError> {
    if text.len() > MAX_TEXT {
        return Err(TypedError::NotOne);
    }
    let mut out = Zeroizing::new(Vec::with_capacity(text.len() * 5 / 8 + 1));
    let (mut buffer, mut bits) = (0u32, 0u32);
    for letter in text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-') {
        let value = value_of(letter).ok_or(TypedError::NotOne)?;
        buffer = buffer << 5 | value;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push((buffer >> bits) as u8);
        }
        buffer &= (1 << bits) - 1;
    }
    let (bytes, check) = out.split_last_chunk::<CHECK>().ok_or(TypedError::NotOne)?;
    if buffer != 0 || bits >= 5 || *check != checksum(label, bytes) {
        return Err(TypedError::Checksum);
    }
    let length = bytes.len();
    out.truncate(length);
    Ok(std::mem::take(&mut *out))
}

fn value_of(letter: char) -> Option<u32> {
    let upper = match letter.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    let place = ALPHABET.iter().position(|candidate| *candidate as char == upper)?;
    u32::try_from(place).ok()
}
