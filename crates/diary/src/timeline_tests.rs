//! Two phones that wrote while apart: both versions are kept, shown, and found.

use waymark_protocol::content::Entry;
use waymark_protocol::keys::ContentKey;
use waymark_protocol::record::Target;
use waymark_protocol::{DeviceId, Hash, RevisionId};
use waymark_vault::SystemRng;

use super::*;
use crate::page::entry_view;
use crate::store::{RecordRef, Sharing};
use crate::testing::{hours_later, member, monday, write};
use crate::{LockSecret, Readers, unlock};

/// A version that another phone made from the entry's first one, as a restore brings it back.
fn written_elsewhere(diary: &mut Diary, entry: &EntryId, text: &str, phone: u8) {
    let first = diary.find(entry).expect("there").first().expect("a revision").entry.clone();
    let target = Target { device: DeviceId([phone; 16]), seq: 9, link: Hash([phone; 32]) };
    let record = RecordRef::new(target, &ContentKey::generate(&mut SystemRng));
    let entry = Entry {
        revision: RevisionId([phone; 16]),
        parents: vec![first.revision],
        written_at: hours_later(1).wall,
        text: text.to_owned(),
        ..first
    };
    let revision = Revision { entry, record: Some(record), sharing: Sharing::Private, copied: None };
    diary.commit(|writing| writing.put_revision(revision)).expect("put");
}

#[test]
fn versions_from_two_phones_are_both_there_with_the_phone_that_wrote_each_and_an_edit_merges_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    let id = write(&mut diary, "before", None, Readers::OnlyMe, monday());
    let alone = entry_view(&diary, &id, monday(), "en").expect("there");
    assert!(!alone.summary.apart && alone.revisions[0].head);
    written_elsewhere(&mut diary, &id, "on the tablet", 5);
    // The phone makes its own from "before", without knowing of the tablet's.
    let mut here = diary.find(&id).expect("there")[0].entry.clone();
    (here.parents, here.revision, here.text) = (vec![here.revision], RevisionId([6; 16]), "on the phone".to_owned());
    here.written_at = hours_later(2).wall;
    diary
        .commit(|writing| {
            let record = crate::entries::record(writing, &here)?;
            writing.put_revision(Revision { entry: here, record, sharing: Sharing::Private, copied: None })
        })
        .expect("put");

    let seen = |diary: &Diary| -> Vec<(String, bool, Option<u32>)> {
        let view = entry_view(diary, &id, hours_later(3), "en").expect("there");
        assert!(view.summary.apart);
        view.revisions.into_iter().map(|each| (each.text, each.head, each.phone)).collect()
    };
    let expected = [
        ("on the phone".to_owned(), true, Some(0)),
        ("on the tablet".to_owned(), true, Some(1)),
        ("before".to_owned(), false, Some(0)),
    ];
    assert_eq!(seen(&diary), expected);
    drop(diary);
    let mut diary = unlock(dir.path(), &LockSecret::passphrase("correct horse battery staple")).expect("opens");
    assert_eq!(seen(&diary), expected);
    let found = |diary: &Diary, query: &str| diary.matching(&Filter { query: query.into(), ..Filter::default() });
    assert_eq!(found(&diary, "tablet"), [id]);
    assert_eq!(found(&diary, "phone"), [id]);
    assert!(found(&diary, "before").is_empty());

    write(&mut diary, "later, on the phone", Some(id), Readers::OnlyMe, hours_later(4));
    let heads: Vec<_> = seen(&diary).into_iter().filter(|(_, head, _)| *head).map(|(text, _, _)| text).collect();
    assert_eq!(heads, ["later, on the phone", "on the tablet"]);
}
