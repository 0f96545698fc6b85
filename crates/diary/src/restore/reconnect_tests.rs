//! What becomes of a diary's entries when it meets the server's history again.

use std::collections::BTreeSet;
use std::path::Path;

use tempfile::TempDir;
use waymark_protocol::api::Token;
use waymark_protocol::genesis::{self, GenesisProof};
use waymark_protocol::record::Kind;

use super::*;
use crate::backup::{Opener, incoming};
use crate::entries::Place;
use crate::store::Sharing;
use crate::testing::{hours_later, log, looked, member, monday, write};
use crate::{LockSecret, Readers, restore_backup};

fn restored(diary: &Diary, from: &Path, to: &Path) -> Diary {
    let file = diary.back_up(from, None).expect("made");
    incoming::receive(to, 0, &std::fs::read(&file).expect("read")).expect("received");
    let opener = Opener::Passphrase(LockSecret::passphrase("correct horse battery staple"));
    restore_backup(to, &opener, &LockSecret::passphrase("another phone's lock")).expect("back")
}

/// What the server has of `diary`, but for the entries in `without`.
fn history(diary: &Diary, without: &[EntryId], withdrawn: &[EntryId], missing: usize) -> History {
    let revisions = diary.entries.values().flatten();
    let sent = revisions.filter(|revision| !without.contains(&revision.entry.entry));
    let entries = sent
        .map(|revision| {
            let sharing = match revision.sharing {
                Sharing::Shared { .. } => Sharing::Shared { by: None },
                _ => Sharing::Private,
            };
            (revision.entry.clone(), revision.record.clone().expect("recorded"), sharing)
        })
        .collect();
    History { entries, withdrawn: withdrawn.iter().copied().collect(), opened: 1, missing, ..History::default() }
}

/// The diary meets `history` with a new device.
fn meet(back: &mut Diary, old: &Diary, history: &History) -> Restored {
    let secret = old.identity.secret().expect("the words are not confirmed");
    let (parted, device) = (back.parted().expect("parted"), SigningKey::generate(&mut SystemRng));
    let membership = Membership::new(NewMembership {
        server: &parted.server().expect("an address"),
        study: parted.study,
        participant: parted.participant,
        device: &device,
        token: Token([2; 32]),
        document: &parted.signed(),
        joined: parted.joined().expect("a date"),
        server_time: monday().millis(),
        now: monday(),
        consent: Vec::new(),
    });
    let message = genesis::recovery_certificate_message(&parted.study, &parted.participant, &device.verifying_key());
    let signature = secret.recovery_key().sign(&message);
    let genesis = Genesis::new(
        device.verifying_key(),
        secret.recovery_key().verifying_key(),
        GenesisProof::Recovery { signature },
    );
    back.merge(membership, &genesis, history, &secret).expect("merged")
}

fn texts(diary: &Diary) -> BTreeSet<String> {
    diary.entries.values().flatten().map(|revision| revision.entry.text.clone()).collect()
}

#[test]
fn what_only_the_backup_has_becomes_a_private_record_and_what_the_server_has_stays_as_it_is_there() {
    let (old, new) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (mut diary, _) = member(old.path());
    let shared = write(&mut diary, "shared", None, Readers::Study, monday());
    looked(&mut diary, hours_later(49), 0);
    diary.grant_due(hours_later(49)).expect("granted");
    let unsent = write(&mut diary, "never sent", None, Readers::Study, hours_later(50));
    let mut back = restored(&diary, old.path(), new.path());
    let after = write(&mut diary, "written after the backup", None, Readers::OnlyMe, hours_later(60));
    let meanwhile = write(&mut back, "written on the new phone", None, Readers::OnlyMe, hours_later(70));

    let met = meet(&mut back, &diary, &history(&diary, &[unsent], &[], 0));
    assert_eq!(met, Restored { entries: 4, missing: 0 });
    let expected = ["never sent", "shared", "written after the backup", "written on the new phone"];
    assert_eq!(texts(&back), expected.map(str::to_owned).into());
    let now = hours_later(500);
    let places = [shared, after, unsent, meanwhile].map(|id| back.place(&id, now).expect("there"));
    assert_eq!(places, [Place::WithStudy, Place::BackedUp, Place::OnThisPhone, Place::OnThisPhone]);
    let kinds: Vec<Kind> = log(&back).iter().map(|record| record.header().kind).collect();
    assert_eq!(kinds, [Kind::Genesis, Kind::Entry, Kind::Entry], "a new log, and nothing granted in it");
    assert!(!back.has_due(now));
    // The same after the next unlocking.
    back.lock().expect("locked");
    let back = crate::unlock(new.path(), &LockSecret::passphrase("another phone's lock")).expect("opens");
    assert_eq!(back.place(&shared, now).expect("there"), Place::WithStudy);
    assert_eq!(texts(&back).len(), 4);
    assert!(back.parted.is_none() && back.has_joined());
}

/// A shared entry that was taken back on the phone after the backup that the other phone came from.
struct TakenBack {
    _folders: [TempDir; 2],
    diary: Diary,
    back: Diary,
    shared: EntryId,
    copy: EntryId,
}

fn taken_back_after_the_backup() -> TakenBack {
    let (old, new) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (mut diary, _) = member(old.path());
    let shared = write(&mut diary, "taken back later", None, Readers::Study, monday());
    diary.grant_due(hours_later(49)).expect("granted");
    let back = restored(&diary, old.path(), new.path());
    let copy = diary.withdraw(&shared).expect("taken back");
    TakenBack { _folders: [old, new], diary, back, shared, copy }
}

#[test]
fn a_withdrawn_entry_does_not_come_back_under_its_id() {
    let TakenBack { _folders, diary, mut back, shared, copy } = taken_back_after_the_backup();
    meet(&mut back, &diary, &history(&diary, &[], &[shared], 0));
    assert_eq!(back.entry_ids(), [copy]);
    assert_eq!(log(&back).len(), 1, "the copy is there already, in the old log");
}

#[test]
fn words_written_after_the_backup_on_an_entry_that_was_taken_back_are_kept() {
    let TakenBack { _folders, diary, mut back, shared, copy } = taken_back_after_the_backup();
    write(&mut back, "written on the other phone", Some(shared), Readers::OnlyMe, hours_later(60));
    meet(&mut back, &diary, &history(&diary, &[], &[shared], 0));
    assert!(back.find(&copy).is_ok() && back.find(&shared).is_err());
    assert!(texts(&back).contains("written on the other phone"));
}

#[test]
fn where_the_server_lacks_the_copy_of_a_withdrawn_entry_its_words_stay_in_a_private_one() {
    let (old, new) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (mut diary, _) = member(old.path());
    let shared = write(&mut diary, "first", None, Readers::Study, monday());
    diary.grant_due(hours_later(49)).expect("granted");
    write(&mut diary, "second", Some(shared), Readers::OnlyMe, hours_later(50));
    let mut back = restored(&diary, old.path(), new.path());
    let copy = diary.withdraw(&shared).expect("taken back");
    meet(&mut back, &diary, &history(&diary, &[copy], &[shared], 2));
    let [kept] = back.entry_ids()[..] else { panic!("one entry") };
    assert!(kept != shared && kept != copy);
    let texts: Vec<&str> = back.revisions(&kept).expect("there").iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(texts, ["second", "first"]);
    assert!(log(&back).iter().all(|record| matches!(record.header().kind, Kind::Genesis | Kind::Entry)));
}

#[test]
fn a_study_that_is_older_or_has_other_keys_than_the_backup_knew_is_not_followed() {
    let old = tempfile::tempdir().expect("a folder");
    let (diary, _) = member(old.path());
    let known = diary.membership().expect("joined").trusted().expect("signed");
    assert!(follows(&known, &known));
    let same_version_other_text =
        TrustedDocument { hash: waymark_protocol::Hash::of(b"another document"), ..(*known).clone() };
    assert!(!follows(&same_version_other_text, &known));
    let mut newer = (*known).clone();
    newer.document.version += 1;
    assert!(follows(&newer, &known) && !follows(&known, &newer));
    newer.signing_keys = vec![SigningKey::generate(&mut SystemRng).verifying_key()];
    assert!(!follows(&newer, &known));
}
