//! Looking for plaintext where none may be: in every file below some folders, and in what went over the wire.
//!
//! A canary is a word that stands in one text alone. It is looked for as UTF-8, as UTF-16 in both orders, as hex, and as
//! base64 in its three alignments. SQLite may cut a text where a page ends, so a text carries its canary several times.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// A text with its canary in it, several times.
pub fn text(name: &str, number: usize) -> String {
    let canary = canary(name, number);
    format!("{canary} is how it began.\nThen — {canary} — it rained; “{canary}”, she said, and {canary} it was.")
}

/// The word that stands in that text alone.
pub fn canary(name: &str, number: usize) -> String {
    format!("{}{number:04}kx", stem(name))
}

/// How every canary of that name begins. It is long enough that chance does not write it into a ciphertext.
pub fn stem(name: &str) -> String {
    assert!(name.len() >= 8, "{name} is too short to be looked for");
    format!("zq{name}")
}

/// Fails when a needle is in a haystack, in any form.
#[track_caller]
pub fn absent(needles: &[String], what: &str, haystack: &[u8]) {
    for needle in needles {
        if let Some(form) = found(needle, haystack) {
            panic!("{needle} is in {what}, as {form}");
        }
    }
}

/// Fails when a needle is in any file below `folder`. Says how many files there were.
#[track_caller]
pub fn absent_below(needles: &[String], folder: &Path) -> usize {
    let mut files = 0;
    for item in fs::read_dir(folder).expect("the folder can be read") {
        let path = item.expect("the folder can be read").path();
        if path.is_dir() {
            files += absent_below(needles, &path);
        } else {
            let name = path.display().to_string();
            // One of a program that still runs may go meanwhile.
            let bytes = match fs::read(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                bytes => bytes.expect("the file can be read"),
            };
            absent(needles, &name, &bytes);
            absent(needles, "the file's name", name.as_bytes());
            files += 1;
        }
    }
    files
}

fn found(needle: &str, haystack: &[u8]) -> Option<&'static str> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| needle.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let hex: String = needle.bytes().map(|byte| format!("{byte:02x}")).collect();
    let forms = [
        ("UTF-8", needle.as_bytes().to_vec()),
        ("UTF-16LE", utf16(u16::to_le_bytes)),
        ("UTF-16BE", utf16(u16::to_be_bytes)),
        ("hex", hex.into_bytes()),
        ("base64", base64(needle.as_bytes(), 0)),
        ("base64", base64(needle.as_bytes(), 1)),
        ("base64", base64(needle.as_bytes(), 2)),
    ];
    forms.into_iter().find(|(_, form)| contains(haystack, form)).map(|(name, _)| name)
}

/// The letters that `bytes` become in any base64 in which they begin `skip` bytes into a group of three.
fn base64(bytes: &[u8], skip: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let whole = bytes.get((3 - skip) % 3..).unwrap_or_default().chunks_exact(3);
    let group = |group: &[u8]| {
        let bits = group.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        [18, 12, 6, 0].map(|shift| LETTERS[bits >> shift & 63])
    };
    whole.flat_map(group).collect()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    let first = needle[0];
    let mut rest = haystack;
    while let Some(at) = rest.iter().position(|byte| *byte == first) {
        if rest[at..].starts_with(needle) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

#[test]
fn a_canary_is_found_in_every_form_and_elsewhere_is_not() {
    let needle = "zqlook0007kx".to_owned();
    let utf16: Vec<u8> = needle.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(found(&canary("lookedfor", 7), text("lookedfor", 7).as_bytes()), Some("UTF-8"));
    assert_eq!(found(&stem("lookedfor"), text("lookedfor", 7).as_bytes()), Some("UTF-8"));
    assert_eq!(found(&needle, &utf16), Some("UTF-16LE"));
    // base64 of "zqlook0007kx", of "-zqlook0007kx" and of "--zqlook0007kx".
    for encoded in ["enFsb29rMDAwN2t4", "LXpxbG9vazAwMDdreA==", "LS16cWxvb2swMDA3a3g="] {
        assert_eq!(found(&needle, encoded.as_bytes()), Some("base64"), "{encoded}");
    }
    assert_eq!(found(&canary("lookedfor", 7), text("lookedfor", 8).as_bytes()), None);
}
