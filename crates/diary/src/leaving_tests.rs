//! What leaves with whom.

use std::path::Path;

use waymark_protocol::EntryId;
use waymark_protocol::keys::OpeningKey;
use waymark_protocol::seal::{open_body, open_with_study};

use super::*;
use crate::testing::{hours_later, join_another, log, member, monday, open_to_the_study, receipted, write};
use crate::{Place, Readers};

/// A diary with an entry that the study has, one that is held, and one that is private.
fn three(dir: &Path) -> (Diary, OpeningKey, [EntryId; 3]) {
    let (mut diary, key) = member(dir);
    let shared = write(&mut diary, "shared", None, Readers::Study, monday());
    diary.grant_due(hours_later(48)).expect("done");
    let held = write(&mut diary, "held", None, Readers::Study, hours_later(49));
    let private = write(&mut diary, "private", None, Readers::OnlyMe, hours_later(49));
    receipted(&mut diary, hours_later(49));
    (diary, key, [shared, held, private])
}

fn notices(diary: &Diary, key: &OpeningKey) -> Vec<What> {
    log(diary)
        .iter()
        .filter(|record| record.header().kind == Kind::Notice)
        .map(|record| open_body(record, &open_with_study(record, key).expect("for the study")).expect("opens"))
        .map(|plain| Notice::parse(&plain).expect("a notice").what)
        .collect()
}

#[test]
fn who_stops_shares_nothing_more_and_writes_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key, [shared, held, private]) = three(dir.path());
    diary.leave(false, hours_later(50)).expect("left");
    assert_eq!(notices(&diary, &key), [What::Left { erased: false }]);
    let last = diary.head.seq;
    let later = write(&mut diary, "afterwards", None, Readers::OnlyMe, hours_later(51));
    assert_eq!(diary.share(&later, hours_later(51)).expect_err("no study").code(), ErrorCode::NoStudy);
    assert_eq!(diary.share(&held, hours_later(51)).expect_err("no study").code(), ErrorCode::NoStudy);
    diary.grant_due(hours_later(300)).expect("done");
    assert_eq!(diary.head.seq, last, "nothing enters the log any more");
    assert_eq!(open_to_the_study(&diary, &key), ["shared"]);
    let place = |id| diary.place(&id, hours_later(300)).expect("known");
    assert_eq!([place(shared), place(held), place(private)], [Place::WithStudy, Place::BackedUp, Place::BackedUp]);
    assert_eq!(place(later), Place::OnThisPhone);
    assert!(diary.plan().expect("read").is_none(), "no more prompts of that study");
}

#[test]
fn who_stops_and_erases_takes_every_record_back_and_keeps_every_word() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key, ids) = three(dir.path());
    diary.leave(true, hours_later(50)).expect("left");
    assert_eq!(notices(&diary, &key), [What::Left { erased: true }]);
    let log = log(&diary);
    let everything = log.iter().find(|record| record.header().kind == Kind::Erase).expect("an erase");
    assert_eq!(everything.header().target, None);
    assert!(
        log.iter().filter(|it| it.header().kind == Kind::Entry).all(|it| it.header().seq < everything.header().seq)
    );
    let told = log.last().expect("a notice");
    assert!(
        told.header().kind == Kind::Notice && told.header().seq > everything.header().seq,
        "it is not erased itself"
    );
    for id in ids {
        assert_eq!(diary.place(&id, hours_later(51)).expect("known"), Place::OnThisPhone);
    }
}

#[test]
fn erasing_can_follow_later_and_only_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, key, _) = three(dir.path());
    diary.leave(false, hours_later(50)).expect("left");
    receipted(&mut diary, hours_later(50));
    assert_eq!(diary.leave(false, hours_later(51)).expect_err("left already").code(), ErrorCode::NoStudy);
    assert!(!diary.has_joined());
    diary.leave(true, hours_later(52)).expect("erased");
    assert!(diary.has_joined(), "the study has to be told");
    assert_eq!(notices(&diary, &key), [What::Left { erased: false }, What::Left { erased: true }]);
    assert_eq!(diary.leave(true, hours_later(53)).expect_err("erased already").code(), ErrorCode::NoStudy);
}

#[test]
fn leaving_stands_in_the_vault_with_its_notice() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _, _) = three(dir.path());
    diary.leave(true, hours_later(50)).expect("left");
    let head = diary.head;
    diary.lock().expect("locked");
    let lock = crate::LockSecret::passphrase("correct horse battery staple");
    let mut diary = crate::unlock(dir.path(), &lock).expect("opened");
    assert_eq!(diary.head, head);
    write(&mut diary, "afterwards", None, Readers::OnlyMe, hours_later(51));
    assert_eq!(diary.head, head);
    assert_eq!(diary.entries.len(), 4);
}

#[test]
fn another_study_is_joined_only_when_the_first_one_knows_and_then_starts_a_log_of_its_own() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _, ids) = three(dir.path());
    diary.leave(false, hours_later(50)).expect("left");
    assert_eq!(join_another(&mut diary, true).expect_err("not told yet").code(), ErrorCode::StillLeaving);
    receipted(&mut diary, hours_later(50));
    let key = join_another(&mut diary, true).expect("joined");
    assert_eq!(log(&diary).len(), 2 + 3, "genesis, consent, and the earlier entries' backups");
    assert!(open_to_the_study(&diary, &key).is_empty(), "none of them is shared");
    for id in ids {
        assert_eq!(diary.place(&id, hours_later(51)).expect("known"), Place::OnThisPhone);
    }
}

#[test]
fn erasing_waits_for_voice_notes_that_are_still_to_come() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _, _) = three(dir.path());
    let part = waymark_protocol::Hash::of(b"a part");
    let fetch = |missing| store::ToFetch { missing };
    diary.vault.write(|tx| store::put(tx, store::PART_TO_FETCH, &part.0, &fetch(false))).expect("noted");
    assert_eq!(diary.leave(true, hours_later(50)).expect_err("it would be lost").code(), ErrorCode::VoiceNotHere);
    diary.leave(false, hours_later(50)).expect("stopping destroys nothing");
    receipted(&mut diary, hours_later(50));
    assert!(diary.has_joined(), "the note is still fetched");
    // What the server has not got either holds nobody up.
    diary.vault.write(|tx| store::put(tx, store::PART_TO_FETCH, &part.0, &fetch(true))).expect("noted");
    assert!(!diary.has_joined());
    diary.leave(true, hours_later(51)).expect("erased");
}

#[test]
fn who_erases_or_joins_anew_has_said_the_word_that_voice_notes_to_come_wait_for() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _, _) = three(dir.path());
    let [first, second, own] = [b"1", b"2", b"3"].map(|part| waymark_protocol::Hash::of(part));
    let note = |diary: &mut Diary, part: &waymark_protocol::Hash| {
        let fetch = store::ToFetch { missing: false };
        diary.vault.write(|tx| store::put(tx, store::PART_TO_FETCH, &part.0, &fetch)).expect("noted");
    };
    let came = |diary: &mut Diary, part: &waymark_protocol::Hash| {
        diary.vault.write(|tx| store::delete_part(tx, part)).expect("came");
    };
    let coming = |diary: &Diary| diary.parts_coming_in().expect("read").into_iter().map(|it| it.0).collect::<Vec<_>>();
    diary.set_voice_waits(true, monday()).expect("set");
    note(&mut diary, &first);
    diary.vault.write(|tx| store::send_part(tx, &own)).expect("noted");
    assert_eq!(coming(&diary), [], "it waits");
    assert_eq!(diary.leave(true, hours_later(50)).expect_err("it would be lost").code(), ErrorCode::VoiceNotHere);
    assert_eq!(coming(&diary), [first], "with the next sync");
    assert!(diary.parts_going_out().expect("read").is_empty(), "what would be destroyed does not go first");
    came(&mut diary, &first);

    diary.leave(false, hours_later(50)).expect("left");
    note(&mut diary, &second);
    let refused = |diary: &mut Diary| join_another(diary, false).expect_err("not yet").code();
    assert_eq!(refused(&mut diary), ErrorCode::StillLeaving);
    receipted(&mut diary, hours_later(50));
    assert_eq!(refused(&mut diary), ErrorCode::VoiceNotHere);
    assert_eq!(coming(&diary), [second], "with the next sync");
    came(&mut diary, &second);
    join_another(&mut diary, false).expect("joined");
}

#[test]
fn what_is_deleted_after_leaving_is_erased_at_the_study_too() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _, [shared, _, private]) = three(dir.path());
    diary.leave(false, hours_later(50)).expect("left");
    receipted(&mut diary, hours_later(50));
    let later = write(&mut diary, "afterwards", None, Readers::OnlyMe, hours_later(51));
    let head = diary.head.seq;
    diary.delete_everywhere(&later).expect("deleted");
    assert_eq!(diary.head.seq, head, "the study never heard of it");
    let target = diary.find(&shared).expect("there")[0].record.as_ref().expect("recorded").target;
    diary.delete_everywhere(&shared).expect("deleted");
    let last = log(&diary).pop().expect("a record");
    assert_eq!((last.header().kind, last.header().target), (Kind::Erase, Some(target)));
    assert!(diary.has_joined(), "the study has to be told");
    let told = diary.membership().expect("left").left.expect("left").told;
    assert_eq!(told, diary.head.seq);
    drop(diary);
    let lock = crate::LockSecret::passphrase("correct horse battery staple");
    let diary = crate::unlock(dir.path(), &lock).expect("opened");
    assert_eq!(diary.membership().expect("left").left.expect("left").told, told);
    assert!(diary.find(&private).is_ok() && diary.find(&shared).is_err());
}
