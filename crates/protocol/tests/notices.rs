//! Notices: each kind with its own fields, and no others.

use chrono::{DateTime, FixedOffset, NaiveDate};
use waymark_protocol::content::{Notice, What};

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
    ] {
        assert!(Notice::parse(&bytes).is_err(), "{what}");
    }
    for cut in 0..left.len() {
        assert!(Notice::parse(&left[..cut]).is_err(), "cut at {cut}");
    }
    let long = Notice { at: at(), what: What::Phase { phase: "x".repeat(201), from: self::day(2) } };
    assert!(Notice::parse(&long.to_bytes()).is_err(), "a name that is too long");
}
