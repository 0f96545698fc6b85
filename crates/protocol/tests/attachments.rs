//! Attachments come back byte for byte, and nothing else does.

mod common;

use common::CountingRng;
use proptest::prelude::*;
use waymark_protocol::attachment::{
    About, Attachment, CHUNK_LEN, CHUNKS_PER_PART, MAX_LEN, MAX_PART_LEN, OpenError, Opener, Part, SealError, chunk_at,
    open, part_of, seal,
};
use waymark_protocol::content::{Entry, OtherParts};
use waymark_protocol::record::{Kind, MAX_PARTS};
use waymark_protocol::seal::{Place, SealError as RecordSealError, Sealer, open_body};
use waymark_protocol::{DecodeError, EntryId, Hash};

const ENTRY: EntryId = EntryId([0x11; 16]);
const SEALED_CHUNK: usize = CHUNK_LEN + 16;

fn recording(len: usize) -> Vec<u8> {
    (0..len).map(|place| u8::try_from(place % 251).unwrap() + 1).collect()
}

fn about() -> About {
    About { media_type: "audio/webm;codecs=opus".parse().unwrap(), duration_ms: 12_345 }
}

fn sealed(plain: &[u8]) -> (Attachment, Vec<Part>) {
    seal(&ENTRY, about(), plain, &mut CountingRng::new("an attachment")).unwrap()
}

fn opened(attachment: &Attachment, parts: &[Part]) -> Result<Vec<u8>, OpenError> {
    open(&ENTRY, attachment, parts.iter().map(|part| &part.bytes)).map(|plain| plain.to_vec())
}

fn entry_with(attachments: Vec<Attachment>) -> Entry {
    Entry { attachments, ..common::entry() }
}

/// An attachment that names these parts as its own: what somebody could write who may write the entry.
fn naming(attachment: &Attachment, parts: &[Vec<u8>]) -> Attachment {
    let mut bytes = entry_with(vec![attachment.clone()]).to_bytes();
    for (old, new) in attachment.parts().iter().zip(parts) {
        let place = bytes.windows(32).position(|window| window == old.0).unwrap();
        bytes[place..place + 32].copy_from_slice(&Hash::of(new).0);
    }
    Entry::parse(&bytes).unwrap().attachments.remove(0)
}

/// An attachment that claims another length.
fn claiming(attachment: &Attachment, len: u32) -> Result<Attachment, DecodeError> {
    let mut bytes = entry_with(vec![attachment.clone()]).to_bytes();
    let head = |len: u64| [&[0x1a][..], &u32::try_from(len).unwrap().to_be_bytes()].concat();
    let old = head(attachment.len());
    let place = bytes.windows(5).position(|window| window == old).unwrap();
    bytes[place..place + 5].copy_from_slice(&head(u64::from(len)));
    Ok(Entry::parse(&bytes)?.attachments.remove(0))
}

fn around_boundaries() -> impl Strategy<Value = usize> {
    let boundaries =
        [1024, 16 * 1024, CHUNK_LEN, 2 * CHUNK_LEN, CHUNKS_PER_PART * CHUNK_LEN, 1024 * 1024, MAX_PART_LEN];
    let near = (proptest::sample::select(boundaries.to_vec()), 0usize..40).prop_map(|(len, more)| len + more - 20);
    prop_oneof![near, 1usize..3000, 1usize..2_500_000]
}

#[test]
fn only_what_was_sealed_for_this_entry_is_what_an_attachment_is_of() {
    for len in [1, 1024, CHUNK_LEN, MAX_PART_LEN + 5] {
        let plain = recording(len);
        let (attachment, parts) = sealed(&plain);
        assert!(attachment.is_of(&ENTRY, &plain));
        assert!(!attachment.is_of(&EntryId([0x12; 16]), &plain), "another entry");
        for at in [0, len / 2, len - 1] {
            let mut changed = plain.clone();
            changed[at] ^= 1;
            assert!(!attachment.is_of(&ENTRY, &changed), "{len}, byte {at}");
        }
        assert!(!attachment.is_of(&ENTRY, &plain[1..]) && !attachment.is_of(&ENTRY, &[]));
        assert!(!attachment.is_of(&ENTRY, &[&plain[..], &[0]].concat()), "a zero of padding is no recording");
        let other = naming(&attachment, &parts.iter().map(|part| [&part.bytes[..], &[0]].concat()).collect::<Vec<_>>());
        assert!(!other.is_of(&ENTRY, &plain), "other parts");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_recording_of_any_length_comes_back_whole_and_chunk_by_chunk(len in around_boundaries()) {
        let plain = recording(len);
        let (attachment, parts) = sealed(&plain);
        prop_assert_eq!(attachment.len(), len as u64);
        prop_assert!(parts.iter().all(|part| part.bytes.len() <= MAX_PART_LEN && Hash::of(&part.bytes) == part.hash));
        let entry = entry_with(vec![attachment]);
        let read = Entry::parse(&entry.to_bytes()).unwrap();
        prop_assert_eq!(&read, &entry);
        let attachment = &read.attachments[0];
        prop_assert!(opened(attachment, &parts).unwrap() == plain);
        let opener = Opener::new(&ENTRY, attachment);
        let mut again = Vec::new();
        for chunk in 0..attachment.chunks() {
            prop_assert_eq!(chunk_at(again.len() as u64), chunk);
            again.extend_from_slice(&opener.chunk(chunk, &parts[part_of(chunk)].bytes).unwrap());
        }
        prop_assert!(again == plain);
        let padded: usize = parts.iter().map(|part| part.bytes.len() - part.bytes.len().div_ceil(SEALED_CHUNK) * 16).sum();
        prop_assert!(padded >= len && (padded - len < 1024 || padded - len <= len / 8));
    }

    #[test]
    fn lengths_within_a_step_cannot_be_told_apart(len in 1usize..1024) {
        prop_assert_eq!(sealed(&recording(len)).1[0].bytes.len(), 1024 + 16);
    }
}

#[test]
fn nothing_and_too_much_are_refused() {
    let mut rng = CountingRng::new("refused");
    assert_eq!(seal(&ENTRY, about(), &[], &mut rng), Err(SealError::Empty));
    let longest = vec![7; usize::try_from(MAX_LEN).unwrap() + 1];
    assert_eq!(seal(&ENTRY, about(), &longest, &mut rng), Err(SealError::TooLong));
    let (attachment, parts) = seal(&ENTRY, about(), &longest[1..], &mut rng).unwrap();
    assert_eq!(parts.len(), MAX_PARTS);
    assert!(opened(&attachment, &parts).unwrap() == longest[1..]);
}

#[test]
fn two_attachments_of_the_same_bytes_have_nothing_in_common() {
    let mut rng = CountingRng::new("two");
    let mut seal = || seal(&ENTRY, about(), &recording(70_000), &mut rng).unwrap();
    let ((one, its_parts), (other, other_parts)) = (seal(), seal());
    assert!(one.id() != other.id() && one.parts() != other.parts());
    assert_eq!(opened(&one, &other_parts), Err(OpenError::Part(0)));
    let parts: Vec<_> = other_parts.iter().map(|part| part.bytes.clone()).collect();
    assert_eq!(opened(&naming(&one, &parts), &other_parts), Err(OpenError::Chunk(0)), "another key");
    assert!(opened(&one, &its_parts).is_ok());
}

#[test]
fn an_attachment_opens_in_its_own_entry_alone() {
    let (attachment, parts) = sealed(&recording(70_000));
    let parts = || parts.iter().map(|part| &part.bytes);
    assert!(open(&ENTRY, &attachment, parts()).is_ok());
    assert_eq!(open(&EntryId([0x12; 16]), &attachment, parts()), Err(OpenError::Chunk(0)));
    let mut bytes = entry_with(vec![attachment.clone()]).to_bytes();
    let place = bytes.windows(16).position(|window| window == attachment.id().0).unwrap();
    bytes[place] ^= 1;
    let renamed = Entry::parse(&bytes).unwrap().attachments.remove(0);
    assert_eq!(open(&ENTRY, &renamed, parts()), Err(OpenError::Chunk(0)), "another id");
}

#[test]
fn missing_surplus_cut_longer_and_swapped_parts_are_named() {
    let (attachment, parts) = sealed(&recording(2 * CHUNKS_PER_PART * CHUNK_LEN + 5));
    assert_eq!(parts.len(), 3);
    let open = |parts: &[Part]| opened(&attachment, parts).map(|_| ()).unwrap_err();
    assert_eq!(open(&parts[..2]), OpenError::Missing(2));
    assert_eq!(open(&[]), OpenError::Missing(0));
    assert_eq!(open(&[&parts[..], &parts[2..]].concat()), OpenError::Part(3));
    assert_eq!(open(&[parts[1].clone(), parts[0].clone(), parts[2].clone()]), OpenError::Part(0));
    for (part, change) in [(0, 1_i32), (1, -1), (2, 1), (2, -1)] {
        let mut parts = parts.clone();
        let len = i32::try_from(parts[part].bytes.len()).unwrap() + change;
        parts[part].bytes.resize(usize::try_from(len).unwrap(), 0);
        assert_eq!(open(&parts), OpenError::Part(part));
    }
    let mut flipped = parts.clone();
    flipped[1].bytes[0] ^= 1;
    assert_eq!(open(&flipped), OpenError::Part(1));
}

/// Whoever may write the entry may name any parts: even then only chunks open that were sealed for their place.
#[test]
fn chunks_that_are_changed_cut_repeated_or_moved_do_not_open() {
    let (attachment, parts) = sealed(&recording(CHUNKS_PER_PART * CHUNK_LEN + 3 * CHUNK_LEN + 9));
    let whole: Vec<_> = parts.iter().map(|part| part.bytes.clone()).collect();
    let failed = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut changed = whole.clone();
        change(&mut changed);
        let named = naming(&attachment, &changed);
        open(&ENTRY, &named, &changed).map(|_| ()).unwrap_err()
    };
    let chunks = attachment.chunks();
    for chunk in 0..chunks {
        let place = chunk % CHUNKS_PER_PART * SEALED_CHUNK;
        for byte in [0, 1000, SEALED_CHUNK - 1] {
            let byte = (place + byte).min(whole[part_of(chunk)].len() - 1);
            let error = failed(&|parts| parts[part_of(chunk)][byte] ^= 0x10);
            assert_eq!(error, OpenError::Chunk(chunk), "byte {byte}");
        }
    }
    let swap = |parts: &mut Vec<Vec<u8>>, one: usize, other: usize| {
        let (left, right) = parts[0].split_at_mut(other * SEALED_CHUNK);
        left[one * SEALED_CHUNK..][..SEALED_CHUNK].swap_with_slice(&mut right[..SEALED_CHUNK]);
    };
    assert_eq!(failed(&|parts| swap(parts, 0, 1)), OpenError::Chunk(0), "two chunks change places");
    assert_eq!(failed(&|parts| swap(parts, 3, 14)), OpenError::Chunk(3), "two chunks change places");
    assert_eq!(failed(&|parts| parts[0].copy_within(..SEALED_CHUNK, SEALED_CHUNK)), OpenError::Chunk(1), "repeated");
    let move_up = |parts: &mut Vec<Vec<u8>>| {
        let first: Vec<u8> = parts[0].drain(..SEALED_CHUNK).collect();
        parts[0].extend(first);
    };
    assert_eq!(failed(&move_up), OpenError::Chunk(0), "the first chunk comes last");
    assert_eq!(failed(&|parts| parts.swap(0, 1)), OpenError::Part(0), "parts of other lengths change places");
    assert_eq!(failed(&|parts| parts[1].truncate(SEALED_CHUNK)), OpenError::Part(1), "cut after a whole chunk");
    assert_eq!(failed(&|parts| parts[1].extend([0; SEALED_CHUNK])), OpenError::Part(1), "longer by a chunk");
}

#[test]
fn an_attachment_does_not_open_as_a_shorter_or_longer_one() {
    let len = 3 * CHUNK_LEN;
    let (attachment, parts) = sealed(&recording(len));
    let claimed = |len: usize| claiming(&attachment, u32::try_from(len).unwrap()).unwrap();
    assert_eq!(opened(&claimed(len - 1), &parts), Err(OpenError::Padding), "a byte less");
    assert_eq!(opened(&claimed(len + 1), &parts), Err(OpenError::Part(0)), "a byte more");
    let two = claimed(2 * CHUNK_LEN);
    let cut = vec![parts[0].bytes[..2 * SEALED_CHUNK].to_vec()];
    let named = naming(&two, &cut);
    assert_eq!(open(&ENTRY, &named, &cut), Err(OpenError::Chunk(1)), "cut after chunk 1, which is not the last");
    let four = claimed(3 * CHUNK_LEN + 8192);
    let longer = vec![[&parts[0].bytes[..], &[0; 8192 + 16]].concat()];
    let named = naming(&four, &longer);
    assert_eq!(open(&ENTRY, &named, &longer), Err(OpenError::Chunk(2)), "chunk 2 was the last");
    assert_eq!(Opener::new(&ENTRY, &attachment).chunk(3, &parts[0].bytes), Err(OpenError::Chunk(3)));
    assert_eq!(Opener::new(&ENTRY, &attachment).chunk(2, &[]), Err(OpenError::Part(0)));
    let refused = |len: u32| claiming(&attachment, len).unwrap_err();
    for len in [0x1_0000 + u32::try_from(CHUNKS_PER_PART * CHUNK_LEN).unwrap(), u32::MAX] {
        assert_eq!(refused(len), DecodeError::Malformed("an entry"), "a length that needs other parts");
    }
}

#[test]
fn an_entry_holds_no_more_parts_than_a_header_can_list() {
    let mut rng = CountingRng::new("many");
    let mut one = || seal(&ENTRY, about(), b"short", &mut rng).unwrap().0;
    let most = entry_with((0..MAX_PARTS).map(|_| one()).collect());
    assert_eq!(Entry::parse(&most.to_bytes()).unwrap(), most);
    let too_many = entry_with((0..=MAX_PARTS).map(|_| one()).collect());
    assert_eq!(Entry::parse(&too_many.to_bytes()), Err(DecodeError::TooLong("an entry")));
}

#[test]
fn a_record_lists_the_parts_of_its_entry_and_no_others() {
    let world = common::World::new("parts of a record");
    let place = Place::after(&world.genesis());
    let (attachment, _) = sealed(&recording(1_000_000));
    let (second, _) = seal(&ENTRY, about(), b"a second one", &mut CountingRng::new("a second one")).unwrap();
    let entry = entry_with(vec![attachment.clone(), second]);
    assert_eq!(entry.parts().len(), 3);
    // Two attachments under one name could be taken for each other.
    let twice = entry_with(vec![attachment, sealed(b"under the same name").0]);
    assert!(Entry::parse(&twice.to_bytes()).is_err());
    let seal_in = |parts: Vec<Hash>, kind| {
        let backup = world.backup();
        Sealer::new(place, kind)
            .parts(parts)
            .to_writer(&backup)
            .seal(&entry.to_bytes(), &mut CountingRng::new("record"))
    };
    let (record, key) = seal_in(entry.parts(), Kind::Entry).unwrap();
    let read = Entry::parse(&open_body(&record, &key).unwrap()).unwrap();
    assert_eq!(read.check_parts(record.header()), Ok(()));
    let mut reordered = entry.parts();
    reordered.swap(0, 2);
    let others = [Vec::new(), entry.parts()[..2].to_vec(), reordered, [entry.parts(), vec![Hash([1; 32])]].concat()];
    for parts in others {
        let (record, _) = seal_in(parts, Kind::Entry).unwrap();
        assert_eq!(entry.check_parts(record.header()), Err(OtherParts));
    }
    assert_eq!(seal_in(vec![Hash([1; 32]); MAX_PARTS + 1], Kind::Entry).unwrap_err(), RecordSealError::Parts);
    assert_eq!(seal_in(entry.parts(), Kind::Notice).unwrap_err(), RecordSealError::Parts);
}

#[test]
fn nothing_shows_an_attachments_key() {
    let (attachment, _) = sealed(b"a voice");
    let entry = entry_with(vec![attachment.clone()]);
    assert!(format!("{attachment:?}").contains("AttachmentKey(redacted)"));
    assert_eq!(format!("{entry:?}"), format!("{:?}", common::entry()));
}
