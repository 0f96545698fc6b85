//! Voice notes: a chunk that opens is the one that was sealed there, and their kinds and lengths are bounded.

use waymark_protocol::EntryId;
use waymark_protocol::attachment::{
    About, Attachment, CHUNK_LEN, MAX_PART_LEN, MediaType, Opener, Part, chunk_at, open, part_of, seal,
};

use crate::script::Script;
use crate::world::CountingRng;

const ENTRY: EntryId = EntryId([0x11; 16]);
/// One chunk, several, and several parts.
const LENS: [usize; 4] = [7, 70_000, 200_000, 1_000_000];

/// Reads the name of a kind of recording, or opens a recording of which something was changed.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    match script.byte() % 4 {
        0 => media_type(script.rest()),
        1 => places(&mut script),
        2 => RECORDINGS.with(|recordings| a_chunk(script.of(recordings), script)),
        _ => RECORDINGS.with(|recordings| whole(script.of(recordings), script)),
    }
}

/// Kinds that recorders name, and recordings as they are.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let named = |text: &str| [&[0], text.as_bytes()].concat();
    vec![
        ("opus", named("audio/webm;codecs=opus")),
        ("aac", named("audio/mp4; codecs=\"mp4a.40.2\"")),
        ("places", vec![1, 0, 0, 1, 0, 0, 0, 0, 1]),
        ("chunk", vec![2, 1, 0, 0, 1]),
        ("chunk-of-a-later-part", vec![2, 3, 0, 0, 15]),
        ("whole", vec![3, 0]),
        ("whole-of-two-parts", vec![3, 3]),
        ("whole-changed", vec![3, 1, 0, 0, 0, 2, 0, 0, 5, 1]),
        ("parts-exchanged", vec![3, 3, 1]),
    ]
}

struct Recording {
    plain: Vec<u8>,
    attachment: Attachment,
    parts: Vec<Part>,
}

thread_local! {
    static RECORDINGS: Vec<Recording> = recordings();
}

fn recordings() -> Vec<Recording> {
    let recording = |len: usize| {
        let plain: Vec<u8> = (0..len).map(|at| (at % 251) as u8).collect();
        let about = About { media_type: "audio/webm;codecs=opus".parse().expect("a media type"), duration_ms: 2100 };
        let mut rng = CountingRng::new("fuzz recording");
        let (attachment, parts) = seal(&ENTRY, about, &plain, &mut rng).expect("it is short");
        Recording { plain, attachment, parts }
    };
    LENS.map(recording).into()
}

fn media_type(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(read) = text.parse::<MediaType>() else { return };
    assert!(read.as_str() == text && text.len() <= 100);
    assert!(text.starts_with(read.essence()) && read.essence().contains('/'));
    assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~')), "a kind of recording that breaks a header");
}

fn places(script: &mut Script<'_>) {
    let offset = (0..8).fold(0u64, |number, _| number << 8 | u64::from(script.byte()));
    let chunk = chunk_at(offset);
    assert!(chunk as u64 <= offset / CHUNK_LEN as u64 && part_of(chunk) <= chunk);
}

/// Any chunk, out of any bytes that stand for its part.
fn a_chunk(recording: &Recording, mut script: Script<'_>) {
    let Recording { plain, attachment, parts } = recording;
    let opener = Opener::new(&ENTRY, attachment);
    let index = script.below(64);
    let part = script.below(parts.len());
    // Only the front of a long part is changed here: an input must take milliseconds.
    let changed = script.edited(&parts[part].bytes);
    let right = changed == parts[part].bytes && part == part_of(index);
    match opener.chunk(index, &changed) {
        Ok(bytes) => {
            let start = (index * CHUNK_LEN).min(plain.len());
            let end = (start + CHUNK_LEN).min(plain.len());
            assert!(*bytes == plain[start..end], "a chunk opens to other bytes");
        }
        Err(error) => {
            assert!(!right || index >= plain.len().div_ceil(CHUNK_LEN), "a whole chunk does not open: {error}");
        }
    }
}

/// The parts, changed, exchanged, left out or doubled.
fn whole(recording: &Recording, mut script: Script<'_>) {
    let Recording { plain, attachment, parts } = recording;
    let mut given: Vec<Vec<u8>> = parts.iter().map(|part| part.bytes.clone()).collect();
    match script.byte() % 4 {
        1 => given.reverse(),
        2 => drop(given.pop()),
        3 => given.extend_from_within(..1),
        _ => {}
    }
    if let Some(first) = given.first_mut() {
        *first = script.edited(first);
    }
    let right = given.iter().eq(parts.iter().map(|part| &part.bytes));
    assert!(parts.iter().all(|part| part.bytes.len() <= MAX_PART_LEN));
    match open(&ENTRY, attachment, &given) {
        Ok(bytes) => assert!(right && *bytes == *plain, "a recording opens to other bytes"),
        Err(error) => assert!(!right, "a whole recording does not open: {error}"),
    }
    assert!(open(&EntryId([0x12; 16]), attachment, &given).is_err(), "a recording opens in another entry");
}
