//! Exports: every text exactly as it was written.

use waymark_desk::export::{Format, Row, export};
use waymark_protocol::content::{Answer, What};

use crate::phone::To;
use crate::world::World;

const HARD: [&str; 8] = [
    "plain",
    "CR\rLF\nCRLF\r\nend\n",
    "NUL \0 inside",
    "emoji 👩🏽‍🚒 and e\u{301} and \u{202e}rtl",
    "\"quotes\", commas, and ; semicolons",
    "=1+1",
    "",
    " leading and trailing ",
];

async fn hard_world() -> World {
    let mut world = World::new().await;
    let mut phone = world.join("Ash, \"A\"").await;
    for text in HARD {
        let mut entry = phone.entry(text);
        entry.tags = vec!["a,b".to_owned(), "\"c\"".to_owned(), text.to_owned()];
        entry.answers.push(Answer {
            prompt: "gone".to_owned(),
            question: "Asked *once*,\nlong ago?".to_owned(),
            value: text.to_owned(),
        });
        phone.write_entry(&entry, To::Study);
    }
    phone.write("never shown", To::Writer);
    world.server.receive(&phone.items());
    world.pull().await;
    world
}

#[tokio::test]
async fn json_lines_hold_every_text_exactly() {
    let mut world = hard_world().await;
    let path = world.folder.join("out.jsonl");
    assert_eq!(export(&mut world.desk, Format::Jsonl, &path).unwrap().revisions, HARD.len());
    let written = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<serde_json::Value> =
        written.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect();
    let texts: Vec<&str> = lines.iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert_eq!(texts, HARD);
    let mut keys: Vec<&str> = lines[0].as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = vec![
        "participant",
        "entry",
        "revision",
        "parents",
        "phase",
        "prompt_set",
        "written_at",
        "about",
        "weight",
        "tags",
        "answers",
        "text",
        "document_version",
        "device",
        "seq",
        "voice",
    ];
    keys.sort_unstable();
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(lines[1]["answers"][1]["value"], HARD[1]);
    assert_eq!(lines[1]["answers"][0]["question"], "What stays with you from today?");
    assert_eq!(lines[0]["weight"], "okay");
    assert_eq!(lines[0]["written_at"], "2026-05-04T20:11:00.000+01:00");
    assert_eq!(lines[0]["about"], "2026-05-04");
    assert_eq!(lines[0]["participant"], "Ash, \"A\"");
    assert!(!written.contains("never shown"));
}

#[tokio::test]
async fn a_csv_reader_gets_back_what_was_written() {
    let mut world = hard_world().await;
    let path = world.folder.join("out.csv");
    export(&mut world.desk, Format::Csv, &path).unwrap();
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    assert!(column("answer:stays") < column("answer:mattered"), "prompts stand in the study's order");
    assert!(column("answer:mattered") < column("answer:gone"), "those that the study no longer has come last");
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), HARD.len());
    for (row, (text, expected)) in rows.iter().zip(HARD.iter().zip(world.rows())) {
        let Row { participant, entry, tags, device, seq, .. } = expected;
        assert_eq!(&row[column("text")], *text);
        assert_eq!(&row[column("answer:gone")], *text);
        assert_eq!(row[column("participant")], participant);
        assert_eq!(row[column("entry")], entry.to_string());
        assert_eq!(serde_json::from_str::<Vec<String>>(&row[column("tags")]).unwrap(), tags);
        assert_eq!(row[column("device")], device.to_string());
        assert_eq!(row[column("seq")], seq.to_string());
    }
}

#[tokio::test]
async fn markdown_reads_by_participant_and_day() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let mut later = phone.entry("A second day.\n\nWith two paragraphs.");
    later.about = "2026-05-05".parse().unwrap();
    phone.write_entry(&later, To::Study);
    let mut first = phone.entry("The first day.");
    first.answers[0].question = "What *stays*\nwith you?".to_owned();
    first.tags = vec!["one".to_owned(), "two".to_owned()];
    phone.write_entry(&first, To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    let path = world.folder.join("out.md");
    export(&mut world.desk, Format::Md, &path).unwrap();
    let written = std::fs::read_to_string(&path).unwrap();
    let expected = format!(
        "# Transitions\n\n## Ash\n\n### 2026-05-04\n\n- Written: 2026-05-04T20:11:00.000+01:00\n- Phase: into\n- Prompts: \
         daily\n- Weight: okay\n- Tags: one, two\n- Entry: {}, revision {}\n\n*What \\*stays\\* with you?*\n\nanswer to The \
         first day.\n\nThe first day.\n\n### 2026-05-05\n\n- Written: 2026-05-04T20:11:00.000+01:00\n- Phase: into\n- \
         Prompts: daily\n- Weight: okay\n- Entry: {}, revision {}\n\n*What stays with you from today?*\n\nanswer to A second \
         day.\n\nWith two paragraphs.\n\nA second day.\n\nWith two paragraphs.\n",
        first.entry, first.revision, later.entry, later.revision
    );
    assert_eq!(written, expected);
}

#[tokio::test]
async fn a_word_document_says_what_the_markdown_says() {
    let mut world = hard_world().await;
    let [md, docx] = [(Format::Md, "out.md"), (Format::Docx, "out.docx")].map(|(format, name)| {
        let path = world.folder.join(name);
        assert_eq!(export(&mut world.desk, format, &path).unwrap().revisions, HARD.len());
        std::fs::read(&path).unwrap()
    });
    // The marks that Markdown needs stand in no document; lines end there in one way, and NUL cannot stand in it.
    let lines = |text: &str| {
        let lines = text.replace("\r\n", "\n").replace(['\r'], "\n").replace('\0', "\u{fffd}");
        let bare = |line: &str| {
            let line = ["### ", "## ", "# ", "- "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line);
            let question = line.strip_prefix('*').and_then(|line| line.strip_suffix('*'));
            question.unwrap_or(line).replace("\\*", "*")
        };
        lines.split('\n').map(bare).filter(|line| !line.trim().is_empty()).collect::<Vec<_>>()
    };
    let read = waymark_desk::transcripts::read(&docx).unwrap();
    let md = std::str::from_utf8(&md).unwrap();
    // A transcript's own end is not read.
    assert_eq!(lines(&read.text), lines(md.trim_end()));
    assert!(read.text.contains("👩🏽‍🚒 and e\u{301} and \u{202e}rtl"));
}

#[tokio::test]
async fn lines_that_are_written_from_right_to_left_are_set_so() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    phone.write("12: كان يوما طويلا\nand one from the left", To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    let path = world.folder.join("out.docx");
    export(&mut world.desk, Format::Docx, &path).unwrap();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    let document = std::io::read_to_string(zip.by_name("word/document.xml").unwrap()).unwrap();
    let paragraphs: Vec<&str> = document.split("<w:p>").filter(|paragraph| paragraph.contains("Written\"")).collect();
    let from_right: Vec<bool> = paragraphs.iter().map(|paragraph| paragraph.contains("<w:bidi/>")).collect();
    // The answer begins with words of another language.
    assert_eq!(from_right, [false, false, true, false], "{document}");
    assert!(!document.contains("> <"), "white space would stand in the text");
}

#[tokio::test]
async fn time_off_and_phases_stand_at_a_participants_head_and_in_no_table() {
    let mut world = World::new().await;
    let day = |day: &str| day.parse().unwrap();
    let phase = |phase: &str, from: &str| What::Phase { phase: phase.to_owned(), from: day(from) };
    let mut ash = world.join("Ash").await;
    ash.tell_on("2026-03-03", What::Paused { from: day("2026-03-10"), until: None });
    ash.tell_on("2026-03-04", What::Paused { from: day("2026-03-10"), until: Some(day("2026-03-30")) });
    ash.tell_on("2026-03-05", phase("beyond", "2026-03-05"));
    ash.tell_on("2026-03-05", phase("through", "2026-03-05"));
    ash.tell_on("2026-03-15", What::Resumed { from: day("2026-03-15") });
    ash.write("back again", To::Study);
    ash.leave();
    ash.tell_on("2026-06-01", phase("beyond", "2026-06-01"));
    // Birch took back at once what they said, and has written nothing.
    let mut birch = world.join("Birch").await;
    birch.tell_on("2026-03-05", phase("beyond", "2026-03-05"));
    birch.tell_on("2026-03-05", phase("into", "2026-03-05"));
    birch.tell_on("2026-04-01", What::Paused { from: day("2026-04-02"), until: None });
    let mut cedar = world.join("Cedar").await;
    cedar.own();
    for phone in [&ash, &birch, &cedar] {
        world.server.receive(&phone.items());
    }
    assert_eq!(world.pull().await.totals.opened, 1);
    let mut written = |format, name: &str| {
        let path = world.folder.join(name);
        assert_eq!(export(&mut world.desk, format, &path).unwrap().revisions, 1);
        std::fs::read_to_string(&path).unwrap()
    };
    let document = written(Format::Md, "out.md");
    let head = "# Transitions\n\n## Ash\n\n- Time off: 2026-03-10 to 2026-03-14\n- Since 2026-03-05 in phase: through (said by \
                the writer)\n\n### 2026-05-04\n";
    assert!(document.starts_with(head), "{document}");
    assert!(document.ends_with("back again\n\n## Birch\n\n- Time off: from 2026-04-02 on\n"), "{document}");
    assert_eq!(written(Format::Jsonl, "out.jsonl").lines().count(), 1);
    assert!(!written(Format::Csv, "out.csv").contains("said by the writer"));
}

#[tokio::test]
async fn two_revisions_of_an_entry_are_two_rows_and_the_same_one_twice_is_one() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let first = phone.entry("first");
    phone.write_entry(&first, To::Study);
    phone.write_entry(&first, To::Study);
    let mut second = first.clone();
    second.revision = waymark_protocol::RevisionId([77; 16]);
    second.parents = vec![first.revision];
    second.text = "second".to_owned();
    phone.write_entry(&second, To::Study);
    world.server.receive(&phone.items());
    assert_eq!(world.pull().await.totals.opened, 3);
    assert_eq!(world.texts(), ["first", "second"]);
}

#[tokio::test]
async fn a_phase_that_the_phone_did_not_know_is_counted_from_consent() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    for about in ["2026-03-02", "2026-05-05"] {
        let mut entry = phone.entry(about);
        (entry.phase, entry.about) = (None, about.parse().unwrap());
        phone.write_entry(&entry, To::Study);
    }
    world.server.receive(&phone.items());
    world.pull().await;
    let phases: Vec<_> = world.rows().into_iter().map(|row| row.phase.unwrap()).collect();
    assert_eq!(phases, ["into", "through"]);
}

#[tokio::test]
async fn an_export_that_cannot_be_written_leaves_the_old_one() {
    let mut world = hard_world().await;
    let nowhere = world.folder.join("no such folder").join("out.csv");
    assert!(export(&mut world.desk, Format::Csv, &nowhere).is_err());
    let path = world.folder.join("out.jsonl");
    std::fs::write(&path, "old").unwrap();
    export(&mut world.desk, Format::Jsonl, &path).unwrap();
    assert_ne!(std::fs::read_to_string(&path).unwrap(), "old");
    let names = std::fs::read_dir(&world.folder).unwrap().map(|file| file.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().starts_with(".out")), "no temporary file is left");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
