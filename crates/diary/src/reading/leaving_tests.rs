//! What this phone does when another one has left the study, and what it still owes after it has left itself.

use waymark_protocol::record::Target;

use super::*;
use crate::page::Draft;
use crate::testing::receipted;
use crate::{Finished, store};

/// The targets of a phone's erasures after a place in its log.
fn erased_after(diary: &Diary, seq: u64) -> Vec<Option<Target>> {
    let erasures = log(diary).into_iter().filter(|record| record.header().seq > seq);
    erasures.filter(|record| record.header().kind == Kind::Erase).map(|record| record.header().target).collect()
}

/// Finishes an entry that is one voice note.
fn speak(diary: &mut Diary, now: Now) -> EntryId {
    let draft = Draft {
        id: String::new(),
        entry: None,
        prompt_set: "free".into(),
        about: now.date().to_string(),
        answers: Vec::new(),
        text: "spoken".into(),
        weight: None,
        tags: Vec::new(),
        caret: None,
        saved_at: None,
        voice: Vec::new(),
    };
    let draft = diary.save_draft(draft, now).expect("saved");
    let note = diary.begin_voice(&draft.id, "audio/webm;codecs=opus", None, now).expect("begun");
    let note = note.id.parse().expect("an id");
    diary.append_voice(&note, 0, &[7; 4000], 1000).expect("kept");
    diary.end_voice(&note).expect("ended");
    let finished = Finished {
        entry: None,
        draft: Some(draft.id),
        about: now.date(),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: "spoken".into(),
        weight: None,
        tags: Vec::new(),
    };
    diary.finish(finished, Readers::OnlyMe, now).expect("finished")
}

#[test]
fn what_was_written_here_on_an_entry_taken_back_elsewhere_goes_on_also_after_leaving() {
    let mut two = two();
    let entry = write(&mut two.a, "shared first", None, Readers::Study, monday());
    two.meet(hours_later(49));
    write(&mut two.b, "more on b", Some(entry), Readers::Study, hours_later(50));
    let own = two.b.find(&entry).expect("there").last().and_then(|it| it.record.clone()).expect("recorded").target;
    two.b.leave(false, hours_later(51)).expect("left");
    let notice = two.b.head.seq;
    two.a.withdraw(&entry).expect("taken back");
    two.server.sync(&mut two.a, hours_later(51));
    assert!(two.server.read(&mut two.b, hours_later(52)));
    assert_eq!(texts(&two.b), ["more on b", "shared first"]);
    assert!(!two.b.entries.contains_key(&entry), "the old id is final");
    assert_eq!(erased_after(&two.b, notice), [Some(own)], "the study may have it");
    let more = |it: &&crate::diary::Revision| it.entry.text == "more on b";
    let copy = two.b.entries.values().flatten().find(more).expect("there");
    assert!(copy.record.is_none() && copy.sharing == Sharing::Private, "nothing new enters the log");
    assert_eq!(two.b.membership().expect("known").left.expect("left").told, two.b.head.seq);
    assert!(two.b.has_joined(), "the study has to hear of it");

    drop(two.b);
    let lock = LockSecret::passphrase("correct horse battery staple");
    let mut again = crate::unlock(two._folders[1].path(), &lock).expect("opened");
    assert_eq!(texts(&again), ["more on b", "shared first"]);
    assert_eq!(again.head, crate::log::head(&again.vault.reader()).expect("a head"));
    two.server.sync(&mut again, hours_later(53));
    assert!(!again.has_joined());
    assert_eq!(erased_after(&again, notice).len(), 1, "once");
}

#[test]
fn leaving_with_an_erase_on_one_phone_erases_what_only_the_other_has_sent() {
    for stopped_before in [false, true] {
        let mut two = two();
        let known = write(&mut two.a, "known on b", None, Readers::Study, monday());
        two.meet(hours_later(49));
        let unknown = write(&mut two.a, "not known on b", None, Readers::Study, hours_later(50));
        two.a.set_setting("reminders", "evenings", hours_later(50)).expect("set");
        two.a.grant_due(hours_later(100)).expect("granted");
        two.server.push(&two.a);
        if stopped_before {
            two.a.leave(false, hours_later(100)).expect("left");
        }
        let sent = two.a.head.seq;
        two.b.leave(true, hours_later(101)).expect("left");
        two.server.push(&two.b);
        assert!(two.server.read(&mut two.a, hours_later(102)));

        let erased = erased_after(&two.a, sent);
        assert_eq!(erased[0], None, "one erase reaches every entry of this log");
        let own_things = log(&two.a).into_iter().filter(|record| record.header().kind == Kind::Own);
        let own_things: Vec<_> = own_things.map(|record| record.as_target()).collect();
        assert!(!own_things.is_empty() && own_things.iter().all(|target| erased.contains(&Some(*target))));
        let told = log(&two.a).into_iter().filter(|record| record.header().kind == Kind::Notice).count();
        assert_eq!(told, usize::from(stopped_before), "the other phone has told the study");
        let left = two.a.membership().expect("known").left.expect("left");
        assert_eq!((left.erased, left.told), (true, two.a.head.seq));
        for entry in [known, unknown] {
            assert_eq!(two.a.place(&entry, hours_later(103)).expect("known"), Place::OnThisPhone);
        }
        assert!(two.a.has_joined(), "its own log is not erased before the server has it");
        two.server.sync(&mut two.a, hours_later(103));
        assert!(!two.a.has_joined());
        assert_eq!(texts(&two.a), ["known on b", "not known on b"]);
    }
}

#[test]
fn a_voice_note_that_is_still_to_come_keeps_its_record_and_can_be_erased_later() {
    let mut two = two();
    let spoken = speak(&mut two.b, monday());
    two.server.push(&two.b);
    two.server.read(&mut two.a, monday());
    let written = write(&mut two.a, "not known on b", None, Readers::Study, hours_later(1));
    two.a.grant_due(hours_later(60)).expect("granted");
    let target = two.a.find(&written).expect("there")[0].record.clone().expect("recorded").target;
    let sent = two.a.head.seq;
    two.b.leave(true, hours_later(61)).expect("left");
    two.server.push(&two.b);
    assert!(two.server.read(&mut two.a, hours_later(62)));
    assert_eq!(erased_after(&two.a, sent), [Some(target)]);
    assert_eq!(two.a.place(&written, hours_later(62)).expect("known"), Place::OnThisPhone);
    assert!(two.a.find(&spoken).expect("there")[0].record.is_some());
    assert!(!two.a.membership().expect("known").left.expect("left").erased);
    receipted(&mut two.a, hours_later(62));

    let parts = store::parts_to_fetch(&two.a.vault.reader()).expect("read");
    assert_eq!(parts.len(), 1);
    let gone = store::ToFetch { missing: true };
    two.a
        .vault
        .write(|tx| store::put(tx, store::PART_TO_FETCH, &parts[0].0.0, &gone))
        .expect("the server has it no more");
    two.a.leave(true, hours_later(63)).expect("erased");
    assert!(two.a.entries.values().flatten().all(|revision| revision.record.is_none()));
}

#[test]
fn what_was_not_sent_when_the_study_was_left_elsewhere_is_still_sent() {
    let mut two = two();
    let entry = write(&mut two.a, "shared", None, Readers::Study, monday());
    two.meet(hours_later(49));
    two.a.withdraw(&entry).expect("taken back");
    two.b.leave(false, hours_later(50)).expect("left");
    two.server.push(&two.b);
    assert!(two.server.read(&mut two.a, hours_later(51)));
    let left = two.a.membership().expect("known").left.expect("left");
    assert_eq!((left.erased, left.told), (false, two.a.head.seq));
    assert!(two.a.has_joined(), "the study has to hear what was taken back");
    two.server.sync(&mut two.a, hours_later(52));
    assert!(!two.a.has_joined());
}

#[test]
fn who_joined_after_another_phone_had_left_has_not_left_whenever_the_server_says_the_notice_came() {
    let mut two = two();
    two.b.leave(false, hours_later(-1)).expect("left");
    two.server.push(&two.b);
    assert!(two.server.read(&mut two.a, hours_later(1)));
    assert!(two.a.membership().expect("known").left.is_none());

    let mut two = self::two();
    two.b.leave(false, hours_later(1)).expect("left");
    two.server.push(&two.b);
    assert!(two.server.read(&mut two.a, hours_later(2)));
    assert!(two.a.membership().expect("known").left.is_some());
}
