//! What was spoken, where the phone that takes it back has never heard it.

use waymark_vault::Tx;

use super::*;
use crate::Finished;
use crate::diary::heads;
use crate::store::{PART_TO_FETCH, ToFetch};

const SOUND: &[u8] = b"a sound that only phone a has";

/// What is spoken in an entry that is shared; gives the entry and the note.
fn speak(diary: &mut Diary, sound: &[u8], now: Now) -> EntryId {
    let entry = write(diary, "spoken as well", None, Readers::OnlyMe, now);
    let draft = diary.edit_entry(&entry, now).expect("a draft");
    let note = diary.begin_voice(&draft.id, "audio/webm;codecs=opus", None, now).expect("begun");
    diary.append_voice(&note.id.parse().expect("an id"), 0, sound, 1_000).expect("recorded");
    let finished = Finished {
        entry: Some(entry),
        draft: Some(draft.id),
        about: now.date(),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: "spoken as well".into(),
        weight: None,
        tags: Vec::new(),
    };
    diary.finish(finished, Readers::Study, now).expect("finished")
}

/// What can be heard of the only entry's newest revision that has a note.
fn heard(diary: &Diary) -> Option<Vec<u8>> {
    let entries = diary.entries.values().flatten().map(|revision| &revision.entry);
    let notes = entries.flat_map(|entry| &entry.attachments);
    notes
        .last()
        .map(|note| diary.note_bytes(&note.id(), 0..u64::MAX).map_or_else(|_| Vec::new(), |bytes| bytes.to_vec()))
}

/// The server has not got the parts of what `diary` knows to be spoken, and has said so.
fn missing(diary: &mut Diary) {
    let parts = store::parts_to_fetch(&diary.vault.reader()).expect("read");
    assert!(!parts.is_empty(), "there is something to be fetched");
    let put = |tx: &mut Tx<'_>| {
        parts.iter().try_for_each(|(part, _)| store::put(tx, PART_TO_FETCH, &part.0, &ToFetch { missing: true }))
    };
    diary.vault.write(put).expect("written");
}

#[test]
fn what_was_spoken_stays_when_a_phone_takes_it_back_that_has_never_heard_it() {
    let mut two = two();
    let entry = speak(&mut two.a, SOUND, monday());
    two.meet(hours_later(49));
    missing(&mut two.b);
    two.b.withdraw(&entry).expect("taken back");
    two.meet(hours_later(51));
    assert!(!two.a.entries.contains_key(&entry), "the old id is final");
    assert_eq!(ids(&two.a), ids(&two.b), "one copy");
    assert_eq!(heard(&two.a).as_deref(), Some(SOUND));
    assert_eq!(heard(&two.b).as_deref(), Some(&[][..]), "to be fetched");
    assert!(store::parts_to_fetch(&two.b.vault.reader()).expect("read").iter().all(|(_, part)| !part.missing));
    assert!(two.a.parts_going_out().expect("read").len() == 1, "it goes to the server");
    let once = |diary: &Diary| diary.entries.values().map(|revisions| heads(revisions).count()).collect::<Vec<_>>();
    assert_eq!((once(&two.a), once(&two.b)), (vec![1], vec![1]), "it says one thing");
    let private = |diary: &Diary| diary.entries.values().flatten().all(|it| it.sharing == Sharing::Private);
    assert!(private(&two.a) && private(&two.b));
}

#[test]
fn what_was_spoken_goes_when_it_is_deleted_everywhere() {
    let mut two = two();
    let entry = speak(&mut two.a, SOUND, monday());
    two.meet(hours_later(49));
    missing(&mut two.b);
    two.b.delete_everywhere(&entry).expect("deleted");
    two.meet(hours_later(51));
    assert_eq!((ids(&two.a), ids(&two.b)), (vec![], vec![]));
    assert!(two.a.parts_going_out().expect("read").is_empty());
}

/// Phone b takes back what was spoken on phone a and never came to it; gives the copy.
fn taken_back_unheard(two: &mut Two) -> EntryId {
    let entry = speak(&mut two.a, SOUND, monday());
    two.meet(hours_later(49));
    missing(&mut two.b);
    two.b.withdraw(&entry).expect("taken back")
}

#[test]
fn a_copy_that_was_changed_before_the_other_phone_read_it_gets_its_note_too() {
    let mut two = two();
    let copy = taken_back_unheard(&mut two);
    write(&mut two.b, "changed since", Some(copy), Readers::OnlyMe, hours_later(50));
    two.meet(hours_later(51));
    assert_eq!(heard(&two.a).as_deref(), Some(SOUND));
    let says = |diary: &Diary| heads(&diary.entries[&copy]).map(|head| head.entry.text.clone()).collect::<Vec<_>>();
    assert_eq!((says(&two.a), says(&two.b)), (vec!["changed since".to_owned()], vec!["changed since".to_owned()]));
}

#[test]
fn a_copy_that_is_deleted_everywhere_takes_with_it_what_a_phone_made_of_it_by_itself() {
    let mut two = two();
    let copy = taken_back_unheard(&mut two);
    two.server.sync(&mut two.b, hours_later(50));
    two.server.sync(&mut two.a, hours_later(50));
    assert_eq!(heard(&two.a).as_deref(), Some(SOUND), "it has a revision with the note, which b has not read");
    two.b.delete_everywhere(&copy).expect("deleted");
    two.meet(hours_later(51));
    assert_eq!((ids(&two.a), ids(&two.b)), (vec![], vec![]));
    assert!(two.a.parts_going_out().expect("read").is_empty());
}

#[test]
fn a_note_that_is_kept_while_the_study_is_left_goes_to_nobody() {
    for erase in [false, true] {
        let mut two = two();
        let copy = taken_back_unheard(&mut two);
        two.b.leave(erase, hours_later(50)).expect("left");
        two.meet(hours_later(51));
        let said: Vec<_> = two.a.entries.get(&copy).into_iter().flatten().collect();
        let made: Vec<_> = said.iter().filter(|revision| !revision.entry.attachments.is_empty()).collect();
        assert!(made.iter().all(|revision| revision.record.is_none()), "nothing is said of it after leaving");
        assert!(two.a.parts_going_out().expect("read").is_empty());
    }
}
