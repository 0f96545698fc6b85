//! Notices: each kind with its own fields, and no others. `vectors/notices.json` has one of each, and what must be refused;
//! `WAYMARK_WRITE_VECTORS=1 cargo test` writes it anew.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Value, json};
use waymark_protocol::content::{Notice, What};
use waymark_protocol::{DecodeError, EntryId, hex};

fn at() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-02T18:30:00.000+01:00").unwrap()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn all() -> Vec<Notice> {
    let what = [
        What::Paused { from: day(2), until: None },
        What::Paused { from: day(2), until: Some(day(9)) },
        What::Resumed { from: day(5) },
        What::Phase { phase: "through".to_owned(), from: day(2) },
        What::Left { erased: false },
        What::Left { erased: true },
        What::Talk { entry: EntryId([0x11; 16]), wanted: true },
        What::Talk { entry: EntryId([0x11; 16]), wanted: false },
    ];
    what.into_iter().map(|what| Notice { at: at(), what }).collect()
}

#[test]
fn a_notice_reads_as_it_was_written() {
    for notice in all() {
        assert_eq!(Notice::parse(&notice.to_bytes()), Ok(notice));
    }
}

#[test]
fn the_bytes_are_the_ones_that_other_programs_expect() {
    let bytes = Notice { at: at(), what: What::Paused { from: day(2), until: Some(day(9)) } }.to_bytes();
    // [1, "2026-03-02T18:30:00.000+01:00", 0, "2026-03-02", "2026-03-09"]
    let expected = [
        &[0x85, 0x01, 0x78, 0x1d][..],
        b"2026-03-02T18:30:00.000+01:00",
        &[0x00, 0x6a],
        b"2026-03-02",
        &[0x6a],
        b"2026-03-09",
    ];
    assert_eq!(bytes, expected.concat());
}

#[test]
fn fields_of_another_kind_a_missing_field_and_a_cut_notice_are_refused() {
    let with = |fields: u8, rest: &[u8]| {
        [&[0x80 + fields, 0x01, 0x78, 0x1d][..], b"2026-03-02T18:30:00.000+01:00", rest].concat()
    };
    let day = |text: &str| [&[0x6a][..], text.as_bytes()].concat();
    let march = day("2026-03-02");
    let left = with(7, &[0x03, 0xf6, 0xf6, 0xf6, 0xf5]);
    assert_eq!(Notice::parse(&left).unwrap().what, What::Left { erased: true });
    let pause = with(4, &[&[0x00][..], &march].concat());
    assert_eq!(Notice::parse(&pause).unwrap().what, What::Paused { from: self::day(2), until: None });
    for (what, bytes) in [
        ("left without a word on erasing", with(3, &[0x03])),
        ("a pause with a word on erasing", with(7, &[&[0x00][..], &march, &[0xf6, 0xf6, 0xf5]].concat())),
        ("a pause without its first day", with(3, &[0x00])),
        ("a resumption with a last day", with(5, &[&[0x01][..], &march, &march].concat())),
        ("a phase without its name", with(4, &[&[0x02][..], &march].concat())),
        ("no such day", with(4, &[&[0x01][..], &day("2026-02-30")].concat())),
        ("a kind that nobody knows", with(4, &[&[0x04][..], &march].concat())),
        ("nulls at the end", with(5, &[&[0x00][..], &march, &[0xf6]].concat())),
        ("a byte too many", [&left[..], &[0x00]].concat()),
        ("a newer version", [&[0x87, 0x02][..], &left[2..]].concat()),
        ("a version that never was", [&[0x87, 0x00][..], &left[2..]].concat()),
    ] {
        assert!(Notice::parse(&bytes).is_err(), "{what}");
    }
    for cut in 0..left.len() {
        assert!(Notice::parse(&left[..cut]).is_err(), "cut at {cut}");
    }
    let long = Notice { at: at(), what: What::Phase { phase: "x".repeat(201), from: self::day(2) } };
    assert!(Notice::parse(&long.to_bytes()).is_err(), "a name that is too long");
}

/// A notice of the version and kind given, with what follows the four fields that only earlier kinds have.
fn talk(version: u8, code: u8, rest: &[u8]) -> Vec<u8> {
    let fields = [&[0x89, version, 0x78, 0x1d][..], b"2026-03-02T18:30:00.000+01:00", &[code]].concat();
    [&fields[..], &[0xf6; 4], rest].concat()
}

fn entry_and(wanted: u8) -> Vec<u8> {
    [&[0x50][..], &[0x11; 16], &[wanted]].concat()
}

/// What no program may read as a notice that somebody wants to talk about something.
fn refused() -> Vec<(&'static str, Vec<u8>)> {
    let whole = talk(2, 4, &entry_and(0xf5));
    let day = [&[0x6a][..], b"2026-03-02"].concat();
    let paused = [&[0x84, 0x02, 0x78, 0x1d][..], b"2026-03-02T18:30:00.000+01:00", &[0x00], &day].concat();
    vec![
        ("in the version of the kinds before it", talk(1, 4, &entry_and(0xf5))),
        ("a version that is not known yet", talk(3, 4, &entry_and(0xf5))),
        ("an older kind in its version", paused),
        ("another kind with its fields", talk(2, 3, &entry_and(0xf5))),
        ("a kind that nobody knows", talk(2, 5, &entry_and(0xf5))),
        ("an entry's id of 15 bytes", talk(2, 4, &[&[0x4f][..], &[0x11; 15], &[0xf5]].concat())),
        ("a number for yes", talk(2, 4, &entry_and(0x01))),
        ("a day that it is about", [&whole[..34], &day, &whole[35..]].concat()),
        ("cut off", whole[..whole.len() - 1].to_vec()),
        ("a byte too many", [&whole[..], &[0x00]].concat()),
    ]
}

fn vectors() -> Value {
    let body = |bytes: &[u8]| json!({ "plain_body": hex::encode(bytes) });
    let named = |(name, bytes): (&str, Vec<u8>)| json!({ "name": name, "plain_body": hex::encode(&bytes) });
    json!({
        "about": "Plain bodies of records of kind 5. Bytes are lower-case hex.",
        "notices": all().iter().map(|notice| body(&notice.to_bytes())).collect::<Vec<_>>(),
        "refused": refused().into_iter().map(named).collect::<Vec<_>>(),
    })
}

#[test]
fn the_formats_are_those_of_the_file() {
    let made = serde_json::to_string_pretty(&vectors()).unwrap() + "\n";
    if std::env::var_os("WAYMARK_WRITE_VECTORS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/notices.json"), &made).unwrap();
        return;
    }
    assert!(made == include_str!("vectors/notices.json"), "a format has changed: old data could no longer be read");
}

#[test]
fn what_somebody_wants_to_talk_about_is_of_a_version_of_its_own() {
    for (wanted, byte) in [(true, 0xf5), (false, 0xf4)] {
        let notice = Notice { at: at(), what: What::Talk { entry: EntryId([0x11; 16]), wanted } };
        assert_eq!(notice.to_bytes(), talk(2, 4, &entry_and(byte)));
        assert_eq!(Notice::parse(&talk(2, 4, &entry_and(byte))), Ok(notice));
    }
    for (what, bytes) in refused() {
        assert!(Notice::parse(&bytes).is_err(), "{what}");
    }
    // To a desk that knows version 1 alone a newer Waymark wrote it; so will the next version be to this one.
    assert_eq!(Notice::parse(&talk(3, 4, &entry_and(0xf5))), Err(DecodeError::NewerVersion("a notice")));
}
