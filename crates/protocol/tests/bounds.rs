//! Bounds on either side of them: what is as long as it may be is read, and one more is not. And the numbers that other programs rely
//! on: changing one of them breaks what is out there.

mod common;

use common::{CountingRng, World};
use waymark_protocol::api::{ApiErrorCode, MAX_FEED_BYTES, MAX_UNLISTED_BYTES};
use waymark_protocol::hex::HexBytes;
use waymark_protocol::invitation::{Invitation, InvitationError, JoinPage, ServerUrl, ServerUrlError};
use waymark_protocol::keys::InvitationSecret;
use waymark_protocol::record::{Header, HeaderError, Kind, MAX_BODY_LEN, MAX_PARTS, MAX_SEQ, Slots, wire};
use waymark_protocol::seal::{MAX_PLAIN_LEN, Place, SealError, Sealer};
use waymark_protocol::{DecodeError, Hash};

#[test]
fn limits_are_those_that_are_published() {
    assert_eq!(MAX_FEED_BYTES, 4_194_304);
    assert_eq!(MAX_UNLISTED_BYTES, 67_108_864);
    assert_eq!((wire::MAX_PUSH_BYTES, wire::MAX_PUSH_RECORDS), (1_048_576, 500));
    assert_eq!((MAX_PLAIN_LEN, MAX_BODY_LEN), (262_140, 262_160));
    assert_eq!(MAX_SEQ, 9_007_199_254_740_991);
}

#[test]
fn a_code_is_shown_as_it_is_sent() {
    assert_eq!(ApiErrorCode::Unauthorized.to_string(), "unauthorized");
    assert_eq!(ApiErrorCode::Diverged.to_string(), "diverged");
}

#[test]
fn bytes_are_shown_by_their_number_alone() {
    assert_eq!(format!("{:?}", HexBytes(vec![0xab; 3])), "HexBytes(3 bytes)");
}

#[test]
fn an_erase_may_destroy_what_somebody_wrote_and_told_and_nothing_else() {
    use Kind::{Consent, Entry, Erase, Genesis, Grant, Notice, Own, Recovery};
    let erasable = |kind: &Kind| kind.is_erasable();
    let all = [Genesis, Entry, Grant, Erase, Consent, Notice, Recovery, Own];
    assert_eq!(all.into_iter().filter(erasable).collect::<Vec<_>>(), [Entry, Notice, Own]);
}

#[test]
fn a_header_has_at_most_4096_bytes() {
    let refused = |len| Header::parse(&vec![0xff; len]).unwrap_err();
    assert_eq!(refused(4096), HeaderError::Decode(DecodeError::Malformed("a header")));
    assert_eq!(refused(4097), HeaderError::Decode(DecodeError::TooLong("a header")));
}

/// Slots for the writer whose sealed keys are so long, in CBOR.
fn slots(lengths: &[usize]) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    encoder.array(lengths.len() as u64).unwrap();
    for len in lengths {
        encoder.array(3).unwrap().u8(1).unwrap().bytes(&[7; 8]).unwrap().bytes(&vec![9; *len]).unwrap();
    }
    encoder.into_writer()
}

#[test]
fn slots_are_at_most_eight_of_at_most_2048_bytes() {
    let read = |bytes: &[u8]| Slots::parse(bytes).map(|slots| slots.iter().count());
    let too_long = Err(DecodeError::TooLong("the slots"));
    assert_eq!(read(&slots(&[2048; 8])), Ok(8));
    assert_eq!(read(&slots(&[2049])), too_long);
    assert_eq!(read(&slots(&[1; 9])), too_long);
    assert_eq!(read(&[0xff; 8 * 2080]), Err(DecodeError::Malformed("slots")));
    assert_eq!(read(&[0xff; 8 * 2080 + 1]), too_long);
}

#[test]
fn a_push_holds_at_most_500_records_and_1_mib() {
    let mut world = World::new("bounds");
    let record = world.log(2).remove(1);
    let push = |records: usize| {
        let mut bytes = Vec::new();
        let write = |_| wire::write_record(&mut bytes, record.header_bytes(), record.slots_bytes(), record.body());
        (0..records).for_each(write);
        wire::write_checkpoint(&mut bytes, &world.checkpoint(&record));
        wire::read_push(&bytes).map(|(records, _)| records.len()).ok()
    };
    assert_eq!((push(500), push(501)), (Some(500), None));
    let refused = |len| wire::read_push(&vec![0; len]).unwrap_err();
    assert!(matches!(refused(wire::MAX_PUSH_BYTES), DecodeError::Malformed(_)));
    assert_eq!(refused(wire::MAX_PUSH_BYTES + 1), DecodeError::TooLong("the push"));
}

#[test]
fn a_part_of_an_item_has_at_most_512_kib() {
    let item = |len: usize| {
        let mut feed = Vec::new();
        wire::write_feed_frame(&mut feed, 1, 1, false);
        let mut encoder = minicbor::Encoder::new(&mut feed);
        encoder.array(4).unwrap().u8(0).unwrap();
        encoder.bytes(&vec![0; len]).unwrap().bytes(&[]).unwrap().bytes(&[]).unwrap();
        wire::read_feed(&feed).map(|items| items.len()).ok()
    };
    assert_eq!((item(512 * 1024), item(512 * 1024 + 1)), (Some(1), None));
}

#[test]
fn a_body_holds_so_many_bytes_and_a_record_lists_so_many_parts() {
    let world = World::new("bounds");
    let backup = world.backup();
    let place = Place::after(&world.genesis());
    let seal = |len: usize, parts: usize| {
        let sealer = Sealer::new(place, Kind::Entry).parts(vec![Hash([1; 32]); parts]).to_writer(&backup);
        sealer.seal(&vec![7; len], &mut CountingRng::new("bounds")).map(drop)
    };
    assert_eq!(seal(MAX_PLAIN_LEN, MAX_PARTS), Ok(()));
    assert_eq!(seal(MAX_PLAIN_LEN + 1, 0), Err(SealError::TooLong));
    assert_eq!(seal(1, MAX_PARTS + 1), Err(SealError::Parts));
}

#[test]
fn a_servers_address_has_at_most_256_letters_as_it_is_typed_and_as_it_is_kept() {
    let label = "a".repeat(61);
    let host = [label.as_str(); 4].join(".") + "a";
    let longest = format!("https://{host}");
    assert_eq!(longest.len(), 256);
    let url = ServerUrl::parse(&longest).unwrap();
    assert_eq!((url.as_str(), url.to_string(), url.host()), (longest.as_str(), longest.clone(), host.as_str()));
    assert_eq!(ServerUrl::parse(&format!("{longest}a")), Err(ServerUrlError::NotOne));
    let spaced = |spaces: usize| ServerUrl::parse(&format!("https://a.org{}", " ".repeat(spaces)));
    assert!(spaced(256 - 13).is_ok());
    assert_eq!(spaced(256 - 12), Err(ServerUrlError::NotOne));
    assert_eq!(ServerUrl::parse("http://localhost:8080").unwrap().host(), "localhost:8080");
}

#[test]
fn an_invitation_is_read_from_at_most_4096_letters() {
    let invitation = Invitation {
        server: ServerUrl::parse("https://study.example.org").unwrap(),
        study: waymark_protocol::StudyId([1; 16]),
        secret: InvitationSecret::generate(&mut CountingRng::new("bounds")),
    };
    let link = invitation.to_page_link(&JoinPage::parse("https://join.example.org/").unwrap());
    let long = |len: usize| link.replace('#', &format!("{}#", "a".repeat(len - link.len())));
    assert_eq!(Invitation::parse(&long(4096)).unwrap().to_link(), invitation.to_link());
    assert_eq!(Invitation::parse(&long(4097)).unwrap_err(), InvitationError::NotOne);
}
