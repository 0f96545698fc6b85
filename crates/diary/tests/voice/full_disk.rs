//! A disk that is really full, in the middle of a voice note: a small one is mounted for a child of this test.

use waymark_diary::page::ErrorCode;
use waymark_diary::{Readers, create, unlock};

use crate::small_disk::{run_child, small_disk};
use crate::support::{WEBM, draft, evening, heard, lock, notes, sound, spoken};

#[test]
fn a_full_disk_ends_a_note_with_a_reason_and_keeps_what_was_said() {
    run_child("full_disk::child", 3 * 1024);
}

#[test]
#[ignore = "the test above runs it on a small disk of its own; anywhere else it would fill the real one"]
fn child() {
    let disk = small_disk();
    let (ballast, dir) = (disk.join("ballast"), disk.join("diary"));
    std::fs::write(&ballast, vec![1; 1_500_000]).expect("written");
    let mut diary = create(&dir, &lock()).expect("made");
    let draft = diary.save_draft(draft("in the middle"), evening()).expect("saved");
    let id = diary.begin_voice(&draft.id, WEBM, None, evening()).expect("begun").id.parse().expect("an id");

    let chunks = sound(1, 1000, 5_000);
    let mut kept = 0;
    let full = loop {
        match diary.append_voice(&id, kept, &chunks[kept as usize], (kept + 1) * 500) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 600, "the disk is small");
    };
    assert_eq!(full.code(), ErrorCode::DiskFull);
    assert!(kept > 10);
    let so_far = chunks[..kept as usize].concat();
    let listed = diary.draft_notes(&draft.id).expect("listed");
    assert_eq!(heard(&diary, &listed[0]), so_far, "heard while the disk is full");
    drop(diary);

    std::fs::remove_file(ballast).expect("removed");
    let mut diary = unlock(&dir, &lock()).expect("opens");
    diary.append_voice(&id, kept, &chunks[kept as usize], (kept + 1) * 500).expect("goes on where it was");
    let so_far = chunks[..=kept as usize].concat();
    let entry = diary.finish(spoken(&draft), Readers::OnlyMe, evening()).expect("finished");
    assert_eq!(heard(&diary, &notes(&diary, &entry)[0]), so_far);
}
