//! Texts of every kind go through byte for byte, or are refused in one sentence.

use crate::pilot::day;
use crate::world::World;

/// Ten thousand words: many scripts, both directions, emoji, combining marks, NUL, every line end, and what JSON and CSV mind.
fn ten_thousand_words() -> String {
    const WORDS: &[&str] = &[
        "today",
        "Grüße",
        "e\u{301}te\u{301}",
        "été",
        "שלום",
        "مرحبا",
        "Привет",
        "γειά",
        "你好",
        "こんにちは",
        "안녕",
        "नमस्ते",
        "👩‍👩‍👧‍👦",
        "🏳️‍🌈",
        "👍🏽",
        "nul\0here",
        "line\r\n",
        "only\r",
        "tab\t",
        "\"quoted\"",
        "a,b;c",
        "=1+1",
        "back\\slash",
        "\u{feff}bom",
        "z\u{351}\u{321}a\u{334}lgo",
        "\u{202e}rtl\u{202c}",
        "zero\u{200b}width",
        "</script>",
        "\u{2028}",
        "\u{10ffff}",
        "a\u{7f}\u{1b}[0m",
    ];
    (0..10_000).map(|number| WORDS[number % WORDS.len()]).collect::<Vec<_>>().join(" ")
}

#[test]
fn ten_thousand_words_in_many_scripts_come_out_as_they_were_written() {
    let world = World::new();
    let pilot = world.person("Ana");
    let text = ten_thousand_words();
    pilot.shared(&text);
    pilot.on(1).shared(" \r\n leading and trailing white space stays \n\n");
    pilot.on(4).synced();
    world.desk.pulled(0);
    assert!(world.desk.texts() == [text.as_str(), " \r\n leading and trailing white space stays \n\n"]);
    let words = pilot.words();
    let restored = crate::pilot::Pilot::new(&world.path("restored"));
    restored.restore(&world.url(), &words).ok();
    assert!(restored.texts()[0].1 == text);
}

#[test]
fn every_export_holds_every_text() {
    let world = World::new();
    let pilot = world.person("Ana");
    pilot.shared("a plain text, \"quoted\"");
    pilot.on(3).synced();
    world.desk.pulled(0);
    for (format, holds) in
        [("jsonl", "a plain text, \\\"quoted\\\""), ("csv", "\"a plain text, \"\"quoted\"\"\""), ("md", "a plain text")]
    {
        let out = world.path(format);
        world.desk.run(&["export", "--format", format, "--out", out.to_str().expect("a plain name")]).ok();
        let export = std::fs::read_to_string(out).expect("the export is there");
        assert!(export.contains(holds), "{format}: {export}");
    }
    let row = &world.desk.rows()[0];
    for field in [
        "participant",
        "entry",
        "revision",
        "phase",
        "prompt_set",
        "written_at",
        "about",
        "weight",
        "tags",
        "answers",
        "text",
    ] {
        assert!(row.get(field).is_some(), "{field} is part of the contract: {row}");
    }
    assert_eq!((&row["phase"], &row["about"]), (&"into".into(), &day(0).date_naive().to_string().into()));
}

#[test]
fn what_is_too_long_to_be_an_entry_is_refused_and_costs_nothing_else() {
    let world = World::new();
    let pilot = world.person("Ana");
    pilot.shared("short");
    let too_long = "long ".repeat(60_000);
    pilot.start(&["write", "--share"], too_long.as_bytes()).end().fails("longer than one entry can");
    pilot.start(&["write", "--share"], &[b'a', 0xff, b'b']).end().fails("not text (UTF-8)");
    pilot.start(&["write", "--share"], b"  \n ").end().fails("nothing in it");
    // Just short enough: one record that fills a push almost.
    let longest = "l".repeat(245_000);
    pilot.on(1).shared(&longest);
    assert_eq!(pilot.list().len(), 2);
    pilot.on(4).synced();
    world.desk.pulled(0);
    assert!(world.desk.texts() == ["short", longest.as_str()]);
}
