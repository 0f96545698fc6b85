//! With a server: parts follow their records, survive every broken way, and come back on a new phone byte for byte.

use std::collections::BTreeMap;

use tempfile::TempDir;
use waymark_diary::page::{ErrorCode, SyncState, sync_view};
use waymark_diary::protocol::EntryId;
use waymark_diary::protocol::attachment;
use waymark_diary::sync::{Outcome, run};
use waymark_diary::{DiaryHandle, Place, Readers, create, join, preview, restore, unlock};

use crate::server::{Fault, Server};
use crate::support::{at, draft, evening, heard, lock, notes, record, sound, spoken};

pub struct Phone {
    dir: TempDir,
    pub diary: DiaryHandle,
    pub words: String,
}

pub async fn joined(server: &Server) -> Phone {
    let dir = tempfile::tempdir().expect("a folder");
    let diary = DiaryHandle::new(create(dir.path(), &lock()).expect("made"));
    let words = diary.with(|diary| Ok(diary.recovery_words().expect("there").join(" "))).expect("open");
    join_study(&diary, server, true).await;
    Phone { dir, diary, words }
}

async fn join_study(diary: &DiaryHandle, server: &Server, back_up_earlier: bool) {
    let preview = preview(server.invitation(), server).await.expect("an invitation");
    let agreed: Vec<String> = preview.study.document.plan.consent.iter().map(|item| item.id.clone()).collect();
    join(diary, &preview, &agreed, back_up_earlier, evening(), server).await.expect("joined");
}

impl Phone {
    /// An entry with one note of this sound.
    pub fn says(&self, chunks: &[Vec<u8>], readers: Readers) -> EntryId {
        let work = |diary: &mut waymark_diary::Diary| {
            let draft = diary.save_draft(draft(""), evening())?;
            record(diary, &draft, chunks);
            diary.finish(spoken(&draft), readers, evening())
        };
        self.diary.with(work).expect("said")
    }

    pub async fn syncs(&self, server: &Server) -> Outcome {
        run(&self.diary, server, at("2026-03-02T19:31:00+00:00")).await.expect("the diary is open")
    }

    pub fn heard(&self, entry: &EntryId) -> Vec<u8> {
        self.diary.with(|diary| Ok(heard(diary, &notes(diary, entry)[0]))).expect("open")
    }

    pub fn stands(&self) -> (SyncState, u32, bool) {
        let view = self.diary.with(|diary| sync_view(diary, evening())).expect("open");
        (view.state, view.waiting, view.fetching)
    }

    pub fn problem(&self) -> Option<ErrorCode> {
        self.diary.with(|diary| sync_view(diary, evening())).expect("open").problem
    }

    fn only_entry(&self) -> EntryId {
        self.diary.with(|diary| Ok(diary.entry_ids()[0])).expect("open")
    }

    /// The same diary, locked and opened again.
    pub fn opened_again(self) -> Self {
        self.diary.take().expect("open").lock().expect("locked");
        self.diary.put(unlock(self.dir.path(), &lock()).expect("opens"));
        self
    }

    pub async fn restored(&self, server: &Server) -> Phone {
        let dir = tempfile::tempdir().expect("a folder");
        let (diary, found) =
            restore(dir.path(), &lock(), &self.words, &server.url, evening(), server).await.expect("restored");
        assert_eq!(found.missing, 0);
        Phone { dir, diary: DiaryHandle::new(diary), words: self.words.clone() }
    }
}

fn well(outcome: &Outcome) -> bool {
    outcome.stopped.is_none() && outcome.noticed.is_empty()
}

/// Two and a half megabytes: three parts.
pub fn long() -> Vec<Vec<u8>> {
    sound(11, 5, 500_000)
}

#[tokio::test]
async fn parts_go_up_after_their_record_one_at_a_time_and_each_once() {
    let server = Server::new();
    let phone = joined(&server).await;
    phone.says(&long(), Readers::OnlyMe);
    assert_eq!(phone.stands(), (SyncState::Waiting, 1, false));
    server.calls();
    assert!(well(&phone.syncs(&server).await));
    let calls: Vec<_> = server.calls().into_iter().filter(|call| *call != "other").collect();
    let part = ["HEAD part", "PUT part"];
    assert_eq!(calls, [&["POST records"][..], &part, &part, &part].concat());
    assert_eq!(server.parts().keys().copied().collect::<std::collections::BTreeSet<_>>(), server.listed());
    assert_eq!(phone.stands(), (SyncState::UpToDate, 0, false));
    assert!(well(&phone.syncs(&server).await));
    assert!(server.calls().iter().all(|call| *call == "other"), "nothing is sent again");
}

#[tokio::test]
async fn whatever_breaks_between_two_parts_the_next_sync_goes_on_there() {
    let server = Server::new();
    let phone = joined(&server).await;
    for (fault, says) in [
        (Fault::Cut, ErrorCode::ServerUnreachable),
        (Fault::LoseReply, ErrorCode::ServerUnreachable),
        (Fault::Trouble, ErrorCode::ServerTrouble),
    ] {
        for (call, skip) in ["HEAD part", "PUT part"].into_iter().flat_map(|call| (0..3).map(move |skip| (call, skip)))
        {
            let entry = phone.says(&long(), Readers::OnlyMe);
            let before = server.parts().len();
            server.fault(call, skip, fault);
            assert_eq!(phone.syncs(&server).await.stopped, Some(says));
            assert_eq!(phone.stands(), (SyncState::Waiting, 1, false), "it says that something waits");
            let place = phone.diary.with(|diary| diary.place(&entry, evening())).expect("open");
            assert_eq!(place, Place::BackedUp, "text does not wait for sound");
            server.calm();
            server.calls();
            assert!(well(&phone.syncs(&server).await));
            let sent = server.calls().iter().filter(|call| **call == "PUT part").count();
            assert!(sent <= 3 - skip, "what was confirmed is not sent again");
            assert_eq!(server.parts().len(), before + 3);
            assert_eq!(phone.stands(), (SyncState::UpToDate, 0, false));
        }
    }
}

#[tokio::test]
async fn a_note_for_which_the_study_has_no_room_holds_up_no_words_is_said_and_goes_when_there_is_some() {
    let server = Server::new();
    let phone = joined(&server).await;
    phone.says(&long(), Readers::OnlyMe);
    server.fault("PUT part", 0, Fault::NoRoom);
    for _ in 0..2 {
        let entry = phone.says(&sound(12, 1, 1), Readers::OnlyMe);
        assert_eq!(phone.syncs(&server).await.stopped, Some(ErrorCode::StudyFull));
        assert_eq!(phone.problem(), Some(ErrorCode::StudyFull));
        assert_eq!(phone.stands().0, SyncState::NeedsAttention);
        let place = phone.diary.with(|diary| diary.place(&entry, evening())).expect("open");
        assert_eq!(place, Place::BackedUp, "words have room");
    }
    server.calm();
    assert!(well(&phone.syncs(&server).await));
    assert_eq!(server.parts().keys().copied().collect::<std::collections::BTreeSet<_>>(), server.listed());
    assert_eq!((phone.stands(), phone.problem()), ((SyncState::UpToDate, 0, false), None));
}

#[tokio::test]
async fn words_for_which_the_study_has_no_room_stay_on_the_phone_and_go_when_there_is_some() {
    let server = Server::new();
    let phone = joined(&server).await;
    assert!(well(&phone.syncs(&server).await));
    let entry = phone.says(&sound(12, 1, 1), Readers::Study);
    server.fault("POST records", 0, Fault::NoRoom);
    for _ in 0..2 {
        assert_eq!(phone.syncs(&server).await.stopped, Some(ErrorCode::StudyFull));
        assert_eq!(phone.stands().0, SyncState::NeedsAttention);
        assert_eq!(phone.only_entry(), entry);
    }
    assert!(server.shared().is_empty());
    server.calm();
    assert!(well(&phone.syncs(&server).await));
    assert_eq!((phone.stands(), phone.problem()), ((SyncState::UpToDate, 0, false), None));
    assert_eq!(server.shared().len(), 1);
}

#[tokio::test]
async fn a_note_from_before_joining_is_backed_up_and_restored_byte_for_byte_with_all_others() {
    let server = Server::new();
    let dir = tempfile::tempdir().expect("a folder");
    let diary = DiaryHandle::new(create(dir.path(), &lock()).expect("made"));
    let words = diary.with(|diary| Ok(diary.recovery_words().expect("there").join(" "))).expect("open");
    let phone = Phone { dir, diary, words };
    let mut said = BTreeMap::new();
    said.insert(phone.says(&long(), Readers::OnlyMe), long().concat());
    join_study(&phone.diary, &server, true).await;
    let (short, shared) = (sound(12, 1, 1), sound(13, 3, 400_000));
    said.insert(phone.says(&short, Readers::OnlyMe), short.concat());
    said.insert(phone.says(&shared, Readers::Study), shared.concat());
    assert!(well(&phone.syncs(&server).await));

    let new = phone.restored(&server).await;
    assert_eq!(new.stands(), (SyncState::Waiting, 0, true));
    let entries = new.diary.with(|diary| Ok(diary.entry_ids())).expect("open");
    let here = new.diary.with(|diary| Ok(notes(diary, &entries[0])[0].here)).expect("open");
    assert!(!here, "it says that the sound is still to come");
    assert!(well(&new.syncs(&server).await));
    assert_eq!(new.stands(), (SyncState::UpToDate, 0, false));
    assert_eq!(entries.len(), 3);
    for entry in &entries {
        assert!(new.heard(entry) == said[entry]);
    }
    // And on disk, behind the lock.
    new.diary.take().expect("open").lock().expect("locked");
    let diary = unlock(new.dir.path(), &lock()).expect("opens");
    for entry in &entries {
        assert!(heard(&diary, &notes(&diary, entry)[0]) == said[entry]);
    }
}

#[tokio::test]
async fn a_note_from_before_joining_that_is_not_backed_up_stays_on_the_phone_until_it_is_shared() {
    let server = Server::new();
    let dir = tempfile::tempdir().expect("a folder");
    let phone = Phone { dir, diary: DiaryHandle::default(), words: String::new() };
    phone.diary.put(create(phone.dir.path(), &lock()).expect("made"));
    let entry = phone.says(&long(), Readers::OnlyMe);
    join_study(&phone.diary, &server, false).await;
    assert!(well(&phone.syncs(&server).await));
    assert!(server.parts().is_empty());
    assert_eq!(phone.stands(), (SyncState::UpToDate, 0, false));

    phone.diary.with(|diary| diary.share(&entry, evening())).expect("chosen");
    assert!(well(&phone.syncs(&server).await));
    assert_eq!(server.parts().len(), 3);
    assert_eq!(server.shared().len(), 1);
}

#[tokio::test]
async fn a_restore_that_breaks_between_two_parts_goes_on_and_forged_bytes_are_not_kept() {
    let server = Server::new();
    let phone = joined(&server).await;
    let entry = phone.says(&long(), Readers::OnlyMe);
    phone.syncs(&server).await;
    let new = phone.restored(&server).await;
    for (skip, fault, says) in [
        (1, Fault::Cut, ErrorCode::ServerUnreachable),
        (0, Fault::LoseReply, ErrorCode::ServerUnreachable),
        (0, Fault::Garble, ErrorCode::ServerGarbage),
        (1, Fault::Trouble, ErrorCode::ServerTrouble),
    ] {
        server.fault("GET part", skip, fault);
        assert_eq!(new.syncs(&server).await.stopped, Some(says));
        assert!(new.stands().2, "it says that something is still to come");
        server.calm();
    }
    server.calls();
    assert!(well(&new.syncs(&server).await));
    assert_eq!(server.calls().iter().filter(|call| **call == "GET part").count(), 1, "what came is not fetched again");
    assert!(new.heard(&entry) == long().concat());
}

#[tokio::test]
async fn the_study_can_open_what_was_shared_and_nothing_of_it_after_it_was_taken_back() {
    let server = Server::new();
    let phone = joined(&server).await;
    let entry = phone.says(&long(), Readers::Study);
    phone.syncs(&server).await;
    phone.syncs(&server).await;
    let shared = server.shared();
    let old = &shared[0].attachments[0];
    let parts = |server: &Server| {
        let held = server.parts();
        old.parts().iter().filter_map(|part| held.get(part).cloned()).collect::<Vec<_>>()
    };
    assert!(*attachment::open(&entry, old, parts(&server)).expect("the study hears it") == long().concat());

    let copy = phone.diary.with(|diary| diary.withdraw(&entry)).expect("withdrawn");
    assert!(phone.heard(&copy) == long().concat(), "the writer keeps it");
    let gone = phone.diary.with(|diary| diary.playable(&old.id())).expect_err("under its old name nothing is left");
    assert_eq!(gone.code(), ErrorCode::EntryUnknown);
    assert!(well(&phone.syncs(&server).await));
    assert!(old.parts().iter().all(|part| !server.listed().contains(part)), "so the server deletes them");
    assert_eq!(server.listed().len(), 3);
    let held = server.parts();
    let fresh: Vec<_> = server.listed().iter().map(|part| held[part].clone()).collect();
    attachment::open(&copy, old, &fresh).expect_err("the old key opens nothing of the copy");
    attachment::open(&entry, old, &fresh).expect_err("the old key opens nothing of the copy");

    // A new phone has the copy.
    let new = phone.restored(&server).await;
    assert!(well(&new.syncs(&server).await));
    assert_eq!(new.only_entry(), copy);
    assert!(new.heard(&copy) == long().concat());
}

#[tokio::test]
async fn a_note_that_is_still_to_come_is_waited_for_before_it_is_taken_back_and_one_that_is_lost_is_not() {
    let server = Server::new();
    let phone = joined(&server).await;
    let entry = phone.says(&long(), Readers::Study);
    phone.syncs(&server).await;
    let held = server.parts();
    let new = phone.restored(&server).await;
    let refused = new.diary.with(|diary| diary.withdraw(&entry)).expect_err("the sound is still to come");
    assert_eq!(refused.code(), ErrorCode::VoiceNotHere);

    server.lose_parts();
    assert!(well(&new.syncs(&server).await), "what the server has not got is no fault of the way");
    assert_eq!(new.stands().0, SyncState::UpToDate, "and waits for no connection");
    // The phone that recorded it may send it yet.
    held.values().for_each(|part| server.put_part(part));
    assert!(well(&new.syncs(&server).await));
    assert!(new.heard(&entry) == long().concat());

    server.lose_parts();
    let third = phone.restored(&server).await;
    third.syncs(&server).await;
    let copy = third.diary.with(|diary| diary.withdraw(&entry)).expect("nobody waits for what is lost");
    let left = third.diary.with(|diary| Ok(notes(diary, &copy).len())).expect("open");
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_server_that_lost_records_and_parts_gets_both_again() {
    let server = Server::new();
    let phone = joined(&server).await;
    let entry = phone.says(&long(), Readers::OnlyMe);
    assert!(well(&phone.syncs(&server).await));
    server.roll_back(1);
    server.lose_parts();
    assert_eq!(phone.syncs(&server).await.noticed, [ErrorCode::ServerRolledBack]);
    assert_eq!(server.parts().len(), 3);
    let new = phone.restored(&server).await;
    new.syncs(&server).await;
    assert!(new.heard(&entry) == long().concat());
}

#[tokio::test]
async fn a_server_that_lost_parts_alone_gets_them_again() {
    let server = Server::new();
    let phone = joined(&server).await;
    let entry = phone.says(&long(), Readers::OnlyMe);
    assert!(well(&phone.syncs(&server).await));
    server.restored_without_parts();
    let outcome = phone.syncs(&server).await;
    assert_eq!(
        (outcome.stopped, outcome.noticed),
        (None, vec![ErrorCode::ServerRolledBack]),
        "no record is missing there"
    );
    assert_eq!(server.parts().len(), 3);
    server.calls();
    phone.syncs(&server).await;
    assert!(!server.calls().contains(&"HEAD part"), "asked once, and not for ever");
    let new = phone.restored(&server).await;
    new.syncs(&server).await;
    assert!(new.heard(&entry) == long().concat());
}

#[tokio::test]
async fn a_changed_entry_sends_only_what_is_new() {
    let server = Server::new();
    let phone = joined(&server).await;
    let entry = phone.says(&long(), Readers::OnlyMe);
    phone.syncs(&server).await;
    let change = |diary: &mut waymark_diary::Diary| {
        let draft = diary.edit_entry(&entry, evening())?;
        record(diary, &draft, &sound(14, 1, 100));
        diary.finish(spoken(&draft), Readers::OnlyMe, evening())
    };
    phone.diary.with(change).expect("changed");
    server.calls();
    assert!(well(&phone.syncs(&server).await));
    let sent = server.calls().iter().filter(|call| **call == "PUT part").count();
    assert_eq!((sent, server.parts().len()), (1, 4));
}

#[tokio::test]
async fn a_note_that_waits_goes_when_its_writer_says_so_and_words_never_wait() {
    let server = Server::new();
    let phone = joined(&server).await;
    let waiting = || phone.diary.with(|diary| diary.voice_waiting()).expect("open");
    phone.diary.with(|diary| diary.set_voice_waits(true, evening())).expect("set");
    let chunks = long();
    let entry = phone.says(&chunks, Readers::Study);
    assert!(well(&phone.syncs(&server).await));
    assert!(server.parts().is_empty());
    assert_eq!(phone.diary.with(|diary| diary.place(&entry, evening())).expect("known"), Place::WithStudy);
    assert_eq!((phone.stands(), waiting()), ((SyncState::UpToDate, 0, false), 1));

    // It goes on after a connection that broke, and through the lock.
    phone.diary.with(waymark_diary::Diary::let_voice_go).expect("let go");
    assert_eq!((phone.stands(), waiting()), ((SyncState::Waiting, 1, false), 0));
    server.fault("PUT part", 1, Fault::Cut);
    assert!(phone.syncs(&server).await.stopped.is_some());
    server.calm();
    phone.diary.take().expect("open").lock().expect("locked");
    phone.diary.put(unlock(phone.dir.path(), &lock()).expect("opens"));
    assert!(well(&phone.syncs(&server).await));
    assert_eq!((server.parts().len(), phone.stands()), (3, (SyncState::UpToDate, 0, false)));

    phone.says(&sound(12, 1, 5_000), Readers::OnlyMe);
    assert!(well(&phone.syncs(&server).await));
    assert_eq!((server.parts().len(), waiting()), (3, 1), "what is spoken later waits again");
    phone.diary.with(|diary| diary.set_voice_waits(false, evening())).expect("set");
    assert!(well(&phone.syncs(&server).await));
    assert_eq!((server.parts().len(), waiting()), (4, 0));
}

#[tokio::test]
async fn on_a_new_phone_notes_wait_too_and_come_whole_when_they_are_let() {
    let server = Server::new();
    let phone = joined(&server).await;
    let chunks = long();
    phone.says(&chunks, Readers::OnlyMe);
    phone.diary.with(|diary| diary.set_voice_waits(true, evening())).expect("set");
    phone.diary.with(waymark_diary::Diary::let_voice_go).expect("let go");
    assert!(well(&phone.syncs(&server).await));

    let new = phone.restored(&server).await;
    assert!(well(&new.syncs(&server).await));
    let waiting = || new.diary.with(|diary| diary.voice_waiting()).expect("open");
    assert_eq!((new.stands(), waiting()), ((SyncState::UpToDate, 0, false), 1));
    new.diary.with(waymark_diary::Diary::let_voice_go).expect("let go");
    assert!(well(&new.syncs(&server).await));
    assert_eq!((new.heard(&new.only_entry()), waiting()), (chunks.concat(), 0));
}

#[tokio::test]
async fn who_erases_waits_for_notes_to_come_and_for_no_word_of_their_own() {
    let server = Server::new();
    let phone = joined(&server).await;
    let chunks = long();
    phone.says(&chunks, Readers::Study);
    assert!(well(&phone.syncs(&server).await));
    phone.diary.with(|diary| diary.set_voice_waits(true, evening())).expect("set");
    assert!(well(&phone.syncs(&server).await));

    let new = phone.restored(&server).await;
    assert!(well(&new.syncs(&server).await));
    let leave = || new.diary.with(|diary| diary.leave(true, evening()));
    assert_eq!(leave().expect_err("it would be lost").code(), ErrorCode::VoiceNotHere);
    assert!(well(&new.syncs(&server).await), "connected, and waited until it is here");
    leave().expect("erased");
    assert!(well(&new.syncs(&server).await));
    assert!(new.heard(&new.only_entry()) == chunks.concat(), "every word stays here");
    assert!(!new.diary.with(|diary| Ok(diary.has_joined())).expect("open"));
}
