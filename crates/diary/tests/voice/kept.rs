//! On the phone: from the first second to the entry.

use serde_json::{Value, json};
use tempfile::TempDir;
use waymark_diary::page::{DiaryApp, ErrorCode};
use waymark_diary::voice::{MAX_CHUNK_BYTES, MAX_DURATION_MS, MAX_NOTES};
use waymark_diary::{Diary, Filter, Finished, Readers, create, unlock};

use crate::support::{WEBM, copy, draft, evening, files_with, heard, lock, notes, record, sound, spoken};

fn diary() -> (TempDir, Diary) {
    let dir = tempfile::tempdir().expect("a folder");
    let diary = create(dir.path(), &lock()).expect("made");
    (dir, diary)
}

#[test]
fn what_was_recorded_until_a_crash_is_there_and_can_be_heard_and_used() {
    let (dir, mut diary) = diary();
    let draft = diary.save_draft(draft("half a"), evening()).expect("saved");
    let note = diary.begin_voice(&draft.id, WEBM, None, evening()).expect("begun");
    let id = note.id.parse().expect("an id");
    let chunks = sound(1, 5, 3_000);
    for (place, chunk) in (0..).zip(&chunks) {
        let so_far = diary.append_voice(&id, place, chunk, (place + 1) * 1000).expect("kept");
        assert_eq!((so_far.seconds, so_far.finished), (place + 1, false));
    }
    // The power goes while the diary is open.
    let after = tempfile::tempdir().expect("a folder");
    copy(dir.path(), after.path());
    let mut diary = unlock(after.path(), &lock()).expect("opens");

    let found = diary.draft().expect("read").expect("there");
    assert_eq!((found.voice.len(), found.voice[0].seconds, found.voice[0].finished), (1, 5, false));
    assert_eq!(heard(&diary, &found.voice[0]), chunks.concat());
    let entry = diary.finish(spoken(&found), Readers::OnlyMe, evening()).expect("finished");
    assert_eq!(heard(&diary, &notes(&diary, &entry)[0]), chunks.concat());
    assert!(diary.draft().expect("read").is_none());
}

#[test]
fn a_note_is_sealed_into_its_entry_and_heard_byte_for_byte_after_the_lock_was_opened_again() {
    let (dir, mut diary) = diary();
    let draft = diary.save_draft(draft(""), evening()).expect("saved");
    let long = sound(2, 40, 60_000);
    let note = record(&mut diary, &draft, &long);
    let short = record(&mut diary, &draft, &sound(3, 1, 1));
    assert_eq!((note.seconds, short.seconds), (40, 1));
    let entry = diary.finish(spoken(&draft), Readers::OnlyMe, evening()).expect("a voice note is enough for an entry");
    diary.lock().expect("locked");

    let diary = unlock(dir.path(), &lock()).expect("opens");
    let notes = notes(&diary, &entry);
    assert_eq!(
        notes.iter().map(|note| (note.seconds, note.finished, note.here)).collect::<Vec<_>>(),
        [(40, true, true), (1, true, true)]
    );
    assert_eq!(heard(&diary, &notes[0]), long.concat());
    assert_eq!(heard(&diary, &notes[1]), sound(3, 1, 1).concat());
    // Any range, also across chunks and parts.
    let (id, whole) = (notes[0].id.parse().expect("an id"), long.concat());
    for range in [0..1, 65_535..65_537, 983_000..983_100, 2_399_990..2_400_000, 2_399_990..9_000_000, 5..5] {
        let expected = &whole[range.start..range.end.min(whole.len())];
        assert_eq!(*diary.note_bytes(&id, range.start as u64..range.end as u64).expect("there"), expected, "{range:?}");
    }
}

#[test]
fn no_sound_is_in_a_file_in_the_clear_while_it_is_recorded_or_afterwards() {
    let (dir, mut diary) = diary();
    let draft = diary.save_draft(draft(""), evening()).expect("saved");
    let canary = b"zqthesoundofaraininthecleark".repeat(40);
    assert_eq!(files_with(dir.path(), &canary[..28]), 0);
    record(&mut diary, &draft, &[canary.clone(), canary.clone()]);
    assert_eq!(files_with(dir.path(), &canary[..28]), 0, "while it is a draft");
    diary.finish(spoken(&draft), Readers::OnlyMe, evening()).expect("finished");
    assert_eq!(files_with(dir.path(), &canary[..28]), 0, "in the entry");
    diary.lock().expect("locked");
    assert_eq!(files_with(dir.path(), &canary[..28]), 0, "behind the lock");
    // The look would have found it.
    std::fs::write(dir.path().join("clear"), &canary).expect("written");
    assert_eq!(files_with(dir.path(), &canary[..28]), 1);
}

#[test]
fn a_chunk_that_comes_twice_is_kept_once_and_one_that_comes_too_early_is_refused() {
    let (_dir, mut diary) = diary();
    let draft = diary.save_draft(draft(""), evening()).expect("saved");
    let note = diary.begin_voice(&draft.id, WEBM, None, evening()).expect("begun");
    let id = note.id.parse().expect("an id");
    diary.append_voice(&id, 0, b"one", 1000).expect("kept");
    diary.append_voice(&id, 0, b"one", 1000).expect("a lost reply");
    diary.append_voice(&id, 2, b"three", 3000).expect_err("the second is missing");
    diary.append_voice(&id, 1, b"two", 2000).expect("kept");
    diary.append_voice(&id, 2, b"", 3000).expect_err("nothing");
    diary.append_voice(&id, 2, &vec![0; MAX_CHUNK_BYTES + 1], 3000).expect_err("too much at once");
    let ended = diary.end_voice(&id).expect("ended");
    assert_eq!(heard(&diary, &ended[0]), b"onetwo");
    diary.append_voice(&id, 2, b"three", 3000).expect_err("it has ended");
    assert_eq!(diary.end_voice(&id).expect("ended again").len(), 1);
}

#[test]
fn a_note_ends_at_ten_minutes_an_entry_at_ten_notes_and_what_was_recorded_before_is_kept() {
    let (_dir, mut diary) = diary();
    let draft = diary.save_draft(draft(""), evening()).expect("saved");
    let id = diary.begin_voice(&draft.id, WEBM, None, evening()).expect("begun").id.parse().expect("an id");
    diary.append_voice(&id, 0, b"so far", MAX_DURATION_MS).expect("ten minutes");
    let refused = diary.append_voice(&id, 1, b"more", MAX_DURATION_MS + 6_000).expect_err("more than ten");
    assert_eq!(refused.code(), ErrorCode::VoiceTooLong);
    let note = diary.end_voice(&id).expect("ended").remove(0);
    assert_eq!((note.seconds, heard(&diary, &note)), (600, b"so far".to_vec()));

    let id = diary.begin_voice(&draft.id, WEBM, None, evening()).expect("begun").id.parse().expect("an id");
    let megabyte = vec![7; MAX_CHUNK_BYTES];
    for place in 0..16 {
        diary.append_voice(&id, place, &megabyte, 1000).expect("up to 16 MiB");
    }
    let refused = diary.append_voice(&id, 16, b"x", 1000).expect_err("more than 16 MiB");
    assert_eq!(refused.code(), ErrorCode::VoiceTooLong);
    diary.discard_voice(&id).expect("thrown away");

    for _ in 1..MAX_NOTES {
        record(&mut diary, &draft, &sound(4, 1, 10));
    }
    let refused = diary.begin_voice(&draft.id, WEBM, None, evening()).expect_err("as many as there can be");
    assert_eq!(refused.code(), ErrorCode::VoiceTooLong);
    let entry = diary.finish(spoken(&draft), Readers::OnlyMe, evening()).expect("finished");
    assert_eq!(notes(&diary, &entry).len(), MAX_NOTES);
}

#[test]
fn a_note_begins_in_a_draft_that_is_there_and_is_sound() {
    let (_dir, mut diary) = diary();
    let draft = diary.save_draft(draft(""), evening()).expect("saved");
    for (draft, media_type) in [("00", WEBM), (&*draft.id, "text/html"), (&*draft.id, "audio"), (&*draft.id, "")] {
        diary.begin_voice(draft, media_type, None, evening()).expect_err(media_type);
    }
    assert!(diary.draft_notes(&draft.id).expect("listed").is_empty());
}

#[test]
fn what_was_thrown_away_is_gone_and_a_note_without_sound_is_none() {
    let (_dir, mut diary) = diary();
    let draft = diary.save_draft(draft(""), evening()).expect("saved");
    let note = record(&mut diary, &draft, &sound(5, 2, 100));
    let id = note.id.parse().expect("an id");
    assert!(diary.discard_voice(&id).expect("thrown away").is_empty());
    assert_eq!(diary.playable(&id).expect_err("gone").code(), ErrorCode::EntryUnknown);

    let silent = diary.begin_voice(&draft.id, WEBM, None, evening()).expect("begun");
    assert!(diary.end_voice(&silent.id.parse().expect("an id")).expect("ended").is_empty());
    diary.begin_voice(&draft.id, WEBM, None, evening()).expect("begun");
    let empty = diary.finish(spoken(&draft), Readers::OnlyMe, evening()).expect_err("nothing in it");
    assert_eq!(empty.code(), ErrorCode::EntryEmpty);

    let note = record(&mut diary, &draft, &sound(6, 2, 100));
    diary.discard_draft(&draft.id).expect("thrown away");
    let gone = diary.playable(&note.id.parse().expect("an id"));
    assert_eq!(gone.expect_err("it goes with its draft").code(), ErrorCode::EntryUnknown);
}

#[test]
fn a_changed_entry_keeps_drops_and_gains_notes_and_its_earlier_revision_keeps_its_own() {
    let (dir, mut diary) = diary();
    let first = diary.save_draft(draft(""), evening()).expect("saved");
    let (kept, dropped, gained) = (sound(7, 3, 5_000), sound(8, 2, 5_000), sound(9, 1, 5_000));
    record(&mut diary, &first, &kept);
    record(&mut diary, &first, &dropped);
    let entry = diary.finish(spoken(&first), Readers::OnlyMe, evening()).expect("finished");

    let changed = diary.edit_entry(&entry, evening()).expect("a draft");
    assert_eq!(changed.voice.len(), 2);
    assert_eq!(heard(&diary, &changed.voice[1]), dropped.concat(), "heard from the entry");
    diary.discard_voice(&changed.voice[1].id.parse().expect("an id")).expect("dropped");
    record(&mut diary, &changed, &gained);
    diary.finish(spoken(&changed), Readers::OnlyMe, evening()).expect("finished");
    drop(diary);

    let diary = unlock(dir.path(), &lock()).expect("opens");
    let revisions = diary.revisions(&entry).expect("there");
    let heard_in = |place: usize| {
        let notes = diary.entry_notes(revisions[place]).expect("listed");
        notes.iter().map(|note| heard(&diary, note)).collect::<Vec<_>>()
    };
    assert_eq!(heard_in(0), [kept.concat(), gained.concat()]);
    assert_eq!(heard_in(1), [kept.concat(), dropped.concat()]);
}

#[test]
fn a_spoken_answer_is_known_by_its_question_and_is_not_found_as_words() {
    let (_dir, mut diary) = diary();
    let draft = diary.save_draft(draft(""), evening()).expect("saved");
    let asked = Some(("stays".to_owned(), "What stays with you?".to_owned()));
    let note = diary.begin_voice(&draft.id, WEBM, asked, evening()).expect("begun");
    assert_eq!((note.prompt.as_deref(), note.question.as_deref()), (Some("stays"), Some("What stays with you?")));
    diary.append_voice(&note.id.parse().expect("an id"), 0, b"spoken", 1000).expect("kept");
    let entry = diary.finish(spoken(&draft), Readers::OnlyMe, evening()).expect("finished");
    let notes = notes(&diary, &entry);
    assert_eq!(notes[0].question.as_deref(), Some("What stays with you?"));
    let query = notes[0].id.clone();
    assert!(diary.matching(&Filter { query, ..Filter::default() }).is_empty());

    let again = diary.edit_entry(&entry, evening()).expect("a draft");
    assert!(again.answers.is_empty(), "what was spoken is no text to be changed");
    assert_eq!(again.voice[0].prompt.as_deref(), Some("stays"));
    let words = Finished { text: "and words".into(), ..spoken(&again) };
    diary.finish(words, Readers::OnlyMe, evening()).expect("finished");
    assert_eq!(crate::support::notes(&diary, &entry)[0].question.as_deref(), Some("What stays with you?"));
}

#[tokio::test]
async fn a_player_gets_ranges_while_the_diary_is_open_and_nothing_when_it_is_locked() {
    let (dir, mut diary) = diary();
    let draft = diary.save_draft(draft(""), evening()).expect("saved");
    let note = record(&mut diary, &draft, &sound(10, 3, 300_000));
    let whole = heard(&diary, &note);
    drop(diary);

    let app = DiaryApp::new(dir.path().to_path_buf());
    assert_eq!(app.media(&note.id, None).await.status, 404, "locked");
    let unlocked = app.call("unlock", json!({ "secret": "correct horse battery staple" })).await;
    assert_eq!(unlocked.expect("opens")["state"], "open");
    let header = |headers: &[(&str, String)], name: &str| {
        headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    };
    let all = app.media(&note.id, None).await;
    assert_eq!((all.status, all.body == whole), (200, true));
    assert_eq!(header(&all.headers, "content-type").as_deref(), Some(WEBM));
    assert_eq!(header(&all.headers, "cache-control").as_deref(), Some("no-store"));
    let first = app.media(&note.id, Some("bytes=0-")).await;
    assert_eq!((first.status, first.body.len()), (206, 512 * 1024));
    assert_eq!(header(&first.headers, "content-range").as_deref(), Some("bytes 0-524287/900000"));
    let rest = app.media(&note.id, Some("bytes=524288-")).await;
    assert_eq!([first.body, rest.body].concat(), whole);
    assert_eq!(app.media(&note.id, Some("bytes=900000-")).await.status, 416);
    assert_eq!(app.media("../diary.waymark", None).await.status, 404);
    app.lock_now();
    assert_eq!(app.media(&note.id, Some("bytes=0-")).await.status, 404);
}

#[tokio::test]
async fn the_page_records_by_its_commands_and_nothing_is_recorded_behind_the_lock() {
    let (dir, diary) = diary();
    drop(diary);
    let app = DiaryApp::new(dir.path().to_path_buf());
    let draft = json!({ "id": "", "entry": null, "prompt_set": "free", "about": "2026-03-02", "answers": [], "text": "",
                        "weight": null, "tags": [], "caret": null, "saved_at": null });
    let note = "00".repeat(16);
    let append = |note: &Value, data: &str| json!({ "note": note, "place": 0, "data": data, "duration_ms": 1500 });
    for (name, input) in [
        ("begin_voice", json!({ "draft": note, "media_type": WEBM, "prompt": null, "question": null })),
        ("append_voice", append(&json!(note), "c291bmQ=")),
        ("end_voice", json!({ "note": note })),
        ("discard_voice", json!({ "note": note })),
    ] {
        assert_eq!(app.call(name, input).await.expect_err(name).code, ErrorCode::Locked, "{name}");
    }
    app.call("unlock", json!({ "secret": "correct horse battery staple" })).await.expect("opens");
    let draft = app.call("save_draft", json!({ "draft": draft })).await.expect("saved");
    let begin = json!({ "draft": draft["id"], "media_type": WEBM, "prompt": "stays", "question": "What stays?" });
    let begun = app.call("begin_voice", begin).await.expect("begun");
    assert_eq!((&begun["seconds"], &begun["question"]), (&json!(0), &json!("What stays?")));
    for data in ["", "c291bmQ", "not base64!", "c291bmQ=\n"] {
        let refused = app.call("append_voice", append(&begun["id"], data)).await.expect_err(data);
        assert_eq!(refused.code, ErrorCode::Internal);
    }
    let so_far = app.call("append_voice", append(&begun["id"], "c291bmQ=")).await.expect("kept");
    assert_eq!((&so_far["seconds"], &so_far["finished"]), (&json!(2), &json!(false)));
    let ended = app.call("end_voice", json!({ "note": begun["id"] })).await.expect("ended");
    assert_eq!((ended.as_array().map(Vec::len), &ended[0]["finished"]), (Some(1), &json!(true)));
    // What the page says of a draft's notes is not believed.
    let mut forged = draft.clone();
    forged["voice"] = json!([]);
    let saved = app.call("save_draft", json!({ "draft": forged })).await.expect("saved");
    assert_eq!(saved["voice"], ended);
    let finish = json!({ "draft": saved, "readers": "only-me" });
    let entry = app.call("finish_entry", finish).await.expect("a voice note is enough for an entry");
    assert_eq!((&entry["summary"]["voice"], &entry["summary"]["opening"]), (&json!(1), &json!("")));
    let revision = &entry["revisions"][0];
    assert_eq!((&revision["answers"], &revision["voice"][0]["prompt"]), (&json!([]), &json!("stays")));
    let id = revision["voice"][0]["id"].as_str().expect("an id");
    assert_eq!(app.media(id, None).await.body, b"sound");
}
