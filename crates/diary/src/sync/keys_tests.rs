//! What a phone believes when the study changes its keys.

use waymark_protocol::api::{DeviceEntry, Head};
use waymark_protocol::document::{SignedDocument, change_keys};
use waymark_protocol::keys::{OpeningKey, SigningKey, VerifyingKey};
use waymark_protocol::order::Revocation;
use waymark_protocol::record::Target;
use waymark_protocol::sighting::Sighting;
use waymark_protocol::{DeviceId, Hash};
use waymark_vault::SystemRng;

use super::*;
use crate::Readers;
use crate::testing::{hours_later, looked, member_of, monday, open_to_the_study, write};

/// A study's keys at one time.
struct Pair {
    signing: SigningKey,
    opening: OpeningKey,
}

impl Pair {
    fn new() -> Self {
        Self { signing: SigningKey::generate(&mut SystemRng), opening: OpeningKey::generate(&mut SystemRng) }
    }
}

/// What the server shows, with this document.
fn shown(diary: &Diary, document: Option<SignedDocument>) -> DeviceState {
    DeviceState {
        epoch: Epoch([1; 16]),
        head: Head { seq: diary.head.seq, link: diary.head.link },
        document,
        devices: Vec::new(),
        erasures: Vec::new(),
        revocations: Vec::new(),
        sighting: None,
        limits: Limits { push_records: 500, push_bytes: 1024 * 1024 },
        time: monday().millis(),
    }
}

/// What the phone notices.
fn take(diary: &mut Diary, state: &DeviceState) -> Vec<ErrorCode> {
    let mut noticed = Vec::new();
    diary.take_state(state, monday(), &mut noticed).expect("taken");
    noticed
}

fn now(diary: &Diary) -> TrustedDocument {
    (*diary.membership.as_ref().expect("joined").trusted().expect("signed")).clone()
}

fn next(now: &TrustedDocument, old: &SigningKey, new: &Pair) -> SignedDocument {
    let study = now.document.study.parse().expect("a name");
    change_keys(&study, now, old, &new.signing, &new.opening.sealing_key()).expect("a document")
}

/// What comes after `signed`.
fn read(diary: &Diary, signed: &SignedDocument) -> TrustedDocument {
    signed.verify(&diary.membership.as_ref().expect("joined").study).expect("leads back to the name")
}

fn keys(diary: &Diary) -> Vec<VerifyingKey> {
    now(diary).signing_keys
}

#[test]
fn a_phone_follows_several_changes_at_once_and_what_is_held_is_sealed_to_the_newest_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut diary, signing, opening) = member_of(folder.path());
    write(&mut diary, "granted before", None, Readers::Study, monday());
    looked(&mut diary, hours_later(49), 0);
    diary.grant_due(hours_later(49)).expect("granted");
    write(&mut diary, "held over the change", None, Readers::Study, hours_later(50));

    let pairs = [Pair::new(), Pair::new(), Pair::new()];
    let first = next(&now(&diary), &signing, &pairs[0]);
    let second = next(&read(&diary, &first), &pairs[0].signing, &pairs[1]);
    let third = next(&read(&diary, &second), &pairs[1].signing, &pairs[2]);
    let state = shown(&diary, Some(third));
    assert_eq!(take(&mut diary, &state), []);
    let chain: Vec<_> = [&signing].into_iter().chain(pairs.iter().map(|pair| &pair.signing)).collect();
    assert_eq!(keys(&diary), chain.iter().map(|key| key.verifying_key()).collect::<Vec<_>>());
    looked(&mut diary, hours_later(100), 0);
    diary.grant_due(hours_later(100)).expect("granted");
    assert_eq!(open_to_the_study(&diary, &opening), ["granted before"]);
    assert_eq!(open_to_the_study(&diary, &pairs[2].opening), ["held over the change"]);
    assert_eq!(open_to_the_study(&diary, &pairs[1].opening), [""; 0]);
    // The same after the next unlocking.
    let known = keys(&diary);
    diary.lock().expect("locked");
    let diary = crate::unlock(folder.path(), &crate::LockSecret::passphrase("correct horse battery staple"));
    assert_eq!(keys(&diary.expect("opens")), known);
}

#[test]
fn keys_that_the_old_key_has_not_signed_for_are_named_and_nothing_is_sealed_to_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut diary, signing, opening) = member_of(folder.path());
    let (thief, pair) = (Pair::new(), Pair::new());
    let before = keys(&diary);
    // Signed by a key that the study never had, as the old one and as the new one.
    let unsigned = next(&now(&diary), &thief.signing, &pair);
    let good = next(&now(&diary), &signing, &pair);
    let mut forged = good.clone();
    forged.signature = unsigned.signature;
    for wrong in [unsigned, forged, SignedDocument::sign(&signing, good.bytes.0.clone())] {
        let state = shown(&diary, Some(wrong));
        assert_eq!(take(&mut diary, &state), [ErrorCode::StudyKeyChanged]);
        assert_eq!(keys(&diary), before);
    }
    write(&mut diary, "to the study's own key", None, Readers::Study, monday());
    looked(&mut diary, hours_later(49), 0);
    diary.grant_due(hours_later(49)).expect("granted");
    assert_eq!(open_to_the_study(&diary, &opening), ["to the study's own key"]);
    let state = shown(&diary, Some(good));
    assert_eq!(take(&mut diary, &state), [], "the study's own change is followed all the same");
}

#[test]
fn who_has_a_retired_key_leads_no_phone_away_that_knows_of_the_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut diary, signing, _) = member_of(folder.path());
    let first = now(&diary);
    let (pair, thief, again) = (Pair::new(), Pair::new(), Pair::new());
    let state = shown(&diary, Some(next(&first, &signing, &pair)));
    assert_eq!(take(&mut diary, &state), []);
    let known = keys(&diary);
    // The first key signs for another one, in the same version; and that one signs on.
    let branch = next(&first, &signing, &thief);
    let longer = next(&read(&diary, &branch), &thief.signing, &again);
    // Or it signs on as if nothing had been changed.
    let mut dropped = first.document.clone();
    dropped.version = 9;
    let dropped = SignedDocument::sign(&signing, dropped.to_bytes());
    for wrong in [branch, longer, dropped] {
        read(&diary, &wrong);
        let state = shown(&diary, Some(wrong));
        assert_eq!(take(&mut diary, &state), [ErrorCode::StudyKeyChanged]);
        assert_eq!(keys(&diary), known);
    }
}

#[test]
fn what_the_new_key_has_signed_holds_as_soon_as_the_document_comes_that_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut diary, signing, _) = member_of(folder.path());
    let pair = Pair::new();
    let (study, other, own) = {
        let membership = diary.membership.as_ref().expect("joined");
        (membership.study, DeviceId([3; 16]), membership.device().expect("a device"))
    };
    let state = |diary: &Diary, document, by: &SigningKey| DeviceState {
        devices: vec![DeviceEntry {
            device: other,
            joined_at: 1,
            heard_at: None,
            head: Head { seq: 1, link: Hash([4; 32]) },
        }],
        revocations: vec![Revocation::sign(by, study, other, 1, Hash([4; 32]))],
        // It says that the phone has signed something else than it has.
        sighting: Some(Sighting::sign(by, study, 1, vec![Target { device: own, seq: 1, link: Hash([5; 32]) }])),
        ..shown(diary, document)
    };
    let shown = state(&diary, None, &pair.signing);
    assert_eq!(take(&mut diary, &shown), [], "nobody has named that key");
    assert!(diary.phones().iter().all(|phone| !phone.stopped));
    let document = next(&now(&diary), &signing, &pair);
    let shown = state(&diary, Some(document), &pair.signing);
    assert_eq!(take(&mut diary, &shown), [ErrorCode::Diverged]);
    assert!(diary.phones().iter().any(|phone| phone.device == other && phone.stopped));
}
