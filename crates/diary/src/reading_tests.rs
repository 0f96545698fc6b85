//! What two phones of one person read of each other. The server is a list of what was pushed.

use std::collections::BTreeSet;

use tempfile::TempDir;
use waymark_protocol::api::{DeviceEntry, DeviceState, Epoch, Head, Limits};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::content::{Notice, Told};
use waymark_protocol::keys::{OpeningKey, SigningKey};
use waymark_protocol::order::Revocation;
use waymark_protocol::record::wire::{FeedItem, RawItem};
use waymark_protocol::record::{Kind, Record};
use waymark_protocol::seal::{open_body, open_with_study};
use waymark_protocol::{DeviceId, EntryId, Hash, hex};
use waymark_vault::SystemRng;

use super::*;
use crate::marks::Marks;
use crate::store::Sharing;
use crate::testing::{hours_later, log, member, monday, open_to_the_study, receipted, second_phone, write};
use crate::{LockSecret, Place, Readers};

#[path = "reading/leaving_tests.rs"]
mod leaving;
#[path = "reading/spoken_tests.rs"]
mod spoken;

#[derive(Default)]
struct Server {
    items: Vec<(DeviceId, RawItem)>,
    heads: Vec<(DeviceId, Head)>,
    revocations: Vec<Revocation>,
    epoch: u8,
}

fn raw(record: &Record) -> RawItem {
    RawItem::Record(record.header_bytes().to_vec(), record.slots_bytes().to_vec(), record.body().to_vec())
}

fn device(diary: &Diary) -> DeviceId {
    diary.membership.as_ref().expect("joined").device().expect("a device")
}

fn checkpoint(diary: &Diary, key: &SigningKey) -> RawItem {
    let membership = diary.membership.as_ref().expect("joined");
    let Head { seq, link } = Head { seq: diary.head.seq, link: diary.head.link };
    RawItem::Checkpoint(Box::new(Checkpoint::sign(key, membership.study, seq, link, seq, monday().millis())))
}

impl Server {
    fn epoch(&self) -> Epoch {
        Epoch([self.epoch; 16])
    }

    fn head(&self, device: &DeviceId) -> Head {
        let head = self.heads.iter().find(|(known, _)| known == device);
        head.map_or(Head { seq: 0, link: Hash::ZERO }, |(_, head)| *head)
    }

    fn state(&self, diary: &Diary) -> DeviceState {
        let devices = self.heads.iter().map(|(device, head)| DeviceEntry {
            device: *device,
            joined_at: monday().millis(),
            head: *head,
            heard_at: None,
        });
        DeviceState {
            epoch: self.epoch(),
            head: self.head(&device(diary)),
            document: None,
            devices: devices.collect(),
            erasures: Vec::new(),
            revocations: self.revocations.clone(),
            sighting: None,
            limits: Limits { push_records: 500, push_bytes: 1024 * 1024 },
            time: monday().millis(),
        }
    }

    /// What comes after the cursor of other phones' records, at most so many.
    fn others(&self, own: &DeviceId, after: u64, most: usize) -> Vec<FeedItem> {
        let items = self.items.iter().enumerate().map(|(at, (device, item))| (at as u64 + 1, device, item));
        let others = items.filter(|(at, device, _)| *at > after && *device != own);
        others.take(most).map(|(at, _, item)| feed(at, item.clone())).collect()
    }

    fn push(&mut self, diary: &Diary) {
        let own = device(diary);
        let from = self.head(&own).seq;
        let records = log(diary).into_iter().filter(|record| record.header().seq > from);
        self.items.extend(records.map(|record| (own, raw(&record))));
        let key = diary.membership.as_ref().expect("joined").device_key().expect("a key");
        self.items.push((own, checkpoint(diary, &key)));
        self.heads.retain(|(known, _)| *known != own);
        self.heads.push((own, Head { seq: diary.head.seq, link: diary.head.link }));
    }

    /// A sync, in the order in which the machine does it. Says whether all that was read was whole.
    fn sync(&mut self, diary: &mut Diary, now: Now) -> bool {
        let whole = self.read(diary, now);
        if whole {
            diary.grant_due(now).expect("granted");
        }
        self.push(diary);
        crate::testing::receipted(diary, now);
        whole
    }

    fn read(&self, diary: &mut Diary, now: Now) -> bool {
        let state = self.state(diary);
        let trusted = diary.membership.as_ref().expect("joined").trusted().expect("a document");
        diary.take_phones(&state, &trusted).expect("kept");
        let mut all_whole = true;
        while diary.has_unread(&state.devices) {
            let after = diary.read_after(&state.epoch).expect("a cursor");
            let items = self.others(&device(diary), after, 10_000);
            let read = diary.take_page(&items, after, state.epoch, now, false).expect("looked at");
            let again = || diary.take_page(&items, after, state.epoch, now, true).expect("taken");
            let read = read.or_else(again).expect("taken when it is asked for again");
            match diary.read_to_the_end(read, &state.devices).expect("kept") {
                Event::Read { more, whole } => {
                    all_whole &= whole;
                    if !more {
                        break;
                    }
                }
                other => panic!("{other:?}"),
            }
        }
        all_whole
    }
}

fn feed(server_seq: u64, item: RawItem) -> FeedItem {
    FeedItem { server_seq, received_at: monday().millis(), late: false, item }
}

struct Two {
    _folders: [TempDir; 2],
    server: Server,
    key: OpeningKey,
    a: Diary,
    b: Diary,
}

/// Two phones that know of each other.
fn two() -> Two {
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let (mut a, key) = member(folders[0].path());
    let mut b = second_phone(folders[1].path(), &a);
    let mut server = Server::default();
    for _ in 0..2 {
        assert!(server.sync(&mut a, monday()) && server.sync(&mut b, monday()));
    }
    Two { _folders: folders, server, key, a, b }
}

impl Two {
    /// Each phone syncs until neither has anything new.
    fn meet(&mut self, now: Now) {
        for _ in 0..3 {
            assert!(self.server.sync(&mut self.a, now) && self.server.sync(&mut self.b, now));
        }
    }

    fn shared(&self) -> BTreeSet<String> {
        [&self.a, &self.b].into_iter().flat_map(|diary| open_to_the_study(diary, &self.key)).collect()
    }
}

fn texts(diary: &Diary) -> Vec<String> {
    let mut texts: Vec<_> = diary.entries.values().flatten().map(|revision| revision.entry.text.clone()).collect();
    texts.sort();
    texts
}

fn ids(diary: &Diary) -> Vec<EntryId> {
    diary.entries.keys().copied().collect()
}

#[test]
fn what_one_phone_writes_and_marks_and_sets_is_on_the_other_after_a_sync() {
    let mut two = two();
    let private = write(&mut two.a, "private on a", None, Readers::OnlyMe, monday());
    let shared = write(&mut two.a, "shared on a", None, Readers::Study, monday());
    let interview = Marks { interview: true, supervision: false };
    two.a.mark(&private, interview, monday()).expect("marked");
    two.a.set_setting("reminders", "evenings", monday()).expect("set");
    write(&mut two.b, "private on b", None, Readers::OnlyMe, monday());
    two.meet(hours_later(1));
    assert_eq!(texts(&two.a), ["private on a", "private on b", "shared on a"]);
    assert_eq!(texts(&two.b), texts(&two.a));
    assert_eq!(two.b.marks(&private), interview);
    assert_eq!(two.b.setting("reminders"), Some("evenings"));
    let place = |diary: &Diary, id| diary.place(&id, hours_later(1)).expect("known");
    assert!(matches!(place(&two.a, shared), Place::Held(_)), "held where it was chosen");
    assert_eq!(place(&two.b, shared), Place::BackedUp, "and private elsewhere");
    two.meet(hours_later(49));
    assert_eq!(place(&two.b, shared), Place::WithStudy);
    assert_eq!(two.shared().into_iter().collect::<Vec<_>>(), ["shared on a"]);
    let lock = LockSecret::passphrase("correct horse battery staple");
    drop(two.b);
    let again = crate::unlock(two._folders[1].path(), &lock).expect("opened");
    assert_eq!((texts(&again), again.marks(&private)), (texts(&two.a), interview));
}

#[test]
fn phones_and_study_agree_on_what_is_to_be_talked_about_also_when_a_clock_is_wrong() {
    let mut two = two();
    let entry = write(&mut two.a, "to talk about", None, Readers::Study, monday());
    two.meet(hours_later(49));
    let told = |two: &Two| {
        let notices = |diary: &Diary| {
            let all = log(diary).into_iter().filter(|record| record.header().kind == Kind::Notice);
            let open = |record: Record| open_body(&record, &open_with_study(&record, &two.key).expect("for the study"));
            all.map(|record| Notice::parse(&open(record).expect("opens")).expect("a notice")).collect::<Vec<_>>()
        };
        let heard = Told::of([notices(&two.a), notices(&two.b)]).talk.contains(&entry);
        let turned = Told::of([notices(&two.b), notices(&two.a)]).talk.contains(&entry);
        [heard, turned, two.a.talks_about(&entry), two.b.talks_about(&entry)]
    };
    two.a.talk_about(&entry, true, hours_later(50)).expect("told");
    assert!(!two.b.talks_about(&entry));
    two.meet(hours_later(51));
    assert_eq!(told(&two), [true; 4]);
    two.b.talk_about(&entry, false, hours_later(20)).expect("taken back on the other, whose clock is behind");
    two.meet(hours_later(52));
    assert_eq!(told(&two), [false; 4]);
    // Of two who did not know of each other the later one counts, wherever it was said.
    two.a.talk_about(&entry, true, hours_later(60)).expect("told");
    two.server.sync(&mut two.a, hours_later(60));
    two.b.talk_about(&entry, true, hours_later(61)).expect("told");
    two.b.talk_about(&entry, false, hours_later(62)).expect("and taken back");
    two.meet(hours_later(63));
    assert_eq!(told(&two), [false; 4]);
    two.a.talk_about(&entry, true, hours_later(64)).expect("told");
    two.meet(hours_later(65));
    two.b.withdraw(&entry).expect("the entry is taken back");
    two.meet(hours_later(66));
    assert_eq!(told(&two)[2..], [false; 2], "an entry that is not there is nothing to talk about");
}

#[test]
fn two_phones_that_edit_one_entry_while_apart_keep_both_revisions_on_both() {
    let mut two = two();
    let entry = write(&mut two.a, "first", None, Readers::OnlyMe, monday());
    two.meet(hours_later(1));
    write(&mut two.a, "edited on a", Some(entry), Readers::OnlyMe, hours_later(2));
    write(&mut two.b, "edited on b", Some(entry), Readers::OnlyMe, hours_later(3));
    two.meet(hours_later(4));
    for diary in [&two.a, &two.b] {
        let revisions = diary.find(&entry).expect("there");
        assert_eq!(revisions.len(), 3);
        let heads: BTreeSet<&str> = crate::diary::heads(revisions).map(|head| head.entry.text.as_str()).collect();
        assert_eq!(heads, BTreeSet::from(["edited on a", "edited on b"]));
    }
    assert_eq!(ids(&two.a), ids(&two.b));
}

#[test]
fn a_page_that_ends_anywhere_and_comes_again_changes_nothing_but_what_is_new() {
    let mut two = two();
    for number in 0..4 {
        write(&mut two.a, &format!("entry {number}"), None, Readers::OnlyMe, monday());
        two.server.push(&two.a);
    }
    let state = two.server.state(&two.b);
    let trusted = two.b.membership.as_ref().expect("joined").trusted().expect("a document");
    two.b.take_phones(&state, &trusted).expect("kept");
    let own = device(&two.b);
    let mut seen = BTreeSet::new();
    for most in [1, 3, 2, 1, 5, 20, 20] {
        let after = two.b.read_after(&two.server.epoch()).expect("a cursor");
        let items = two.server.others(&own, after, most);
        for _ in 0..2 {
            let read = two.b.take_page(&items, after, two.server.epoch(), monday(), false);
            read.expect("looked at").expect("taken");
            seen.insert(texts(&two.b).len());
        }
    }
    assert_eq!(texts(&two.b), ["entry 0", "entry 1", "entry 2", "entry 3"]);
    assert!(seen.len() > 2, "not all at once: {seen:?}");
    assert!(!two.b.has_unread(&state.devices));
}

#[test]
fn a_revision_made_elsewhere_from_a_held_one_carries_the_choice() {
    let mut two = two();
    let entry = write(&mut two.a, "held on a", None, Readers::Study, monday());
    two.meet(hours_later(1));
    write(&mut two.b, "kept private on b", Some(entry), Readers::OnlyMe, hours_later(2));
    two.server.sync(&mut two.b, hours_later(3));
    two.meet(hours_later(60));
    assert!(two.shared().is_empty());
    assert_eq!(two.a.place(&entry, hours_later(60)).expect("known"), Place::BackedUp);
}

#[test]
fn what_was_taken_back_on_one_phone_is_not_shared_by_the_other_and_no_word_is_lost() {
    let mut two = two();
    let entry = write(&mut two.a, "shared first", None, Readers::Study, monday());
    two.meet(hours_later(49));
    assert_eq!(two.shared().len(), 1);
    write(&mut two.b, "more, held on b", Some(entry), Readers::Study, hours_later(50));
    two.a.withdraw(&entry).expect("taken back");
    two.server.sync(&mut two.a, hours_later(51));
    // The hold on b is over, and b has heard nothing of a yet.
    two.meet(hours_later(200));
    let granted = log(&two.b).into_iter().filter(|record| record.header().kind == Kind::Grant).count();
    assert_eq!(granted, 0, "reading comes before granting");
    assert_eq!(texts(&two.a), ["more, held on b", "shared first"]);
    assert_eq!((texts(&two.b), ids(&two.b)), (texts(&two.a), ids(&two.a)));
    assert!(!two.a.entries.contains_key(&entry), "the old id is final");
    let private = |diary: &Diary| diary.entries.values().flatten().all(|it| it.sharing == Sharing::Private);
    assert!(private(&two.a) && private(&two.b));
}

#[test]
fn what_was_deleted_everywhere_goes_from_every_phone() {
    let mut two = two();
    let entry = write(&mut two.a, "to be deleted", None, Readers::Study, monday());
    let stays = write(&mut two.a, "stays", None, Readers::OnlyMe, monday());
    two.meet(hours_later(49));
    two.b.delete_everywhere(&entry).expect("deleted");
    two.meet(hours_later(50));
    assert_eq!((ids(&two.a), ids(&two.b)), (vec![stays], vec![stays]));
    two.server.epoch += 1;
    write(&mut two.b, "after the restore", None, Readers::OnlyMe, hours_later(51));
    two.meet(hours_later(52));
    assert_eq!(texts(&two.a), ["after the restore", "stays"], "read from the beginning, and nothing came back");
}

#[test]
fn leaving_on_one_phone_leaves_on_the_other_and_keeps_every_word() {
    for erase in [false, true] {
        let mut two = two();
        write(&mut two.a, "shared", None, Readers::Study, monday());
        two.meet(hours_later(49));
        let held = write(&mut two.a, "held", None, Readers::Study, hours_later(50));
        two.server.sync(&mut two.a, hours_later(50));
        two.b.leave(erase, hours_later(51)).expect("left");
        two.server.push(&two.b);
        two.server.read(&mut two.a, hours_later(200));
        assert_eq!(texts(&two.a), ["held", "shared"]);
        let left = two.a.membership().expect("known").left.expect("left");
        assert_eq!(left.erased, erase);
        two.server.sync(&mut two.a, hours_later(201));
        assert!(!two.a.has_joined());
        two.a.grant_due(hours_later(300)).expect("done");
        assert_ne!(two.a.place(&held, hours_later(300)).expect("known"), Place::WithStudy);
        let recorded = two.a.entries.values().flatten().any(|revision| revision.record.is_some());
        assert_eq!(recorded, !erase);
    }
}

#[test]
fn what_no_believed_phone_has_signed_for_is_not_read() {
    let mut two = two();
    write(&mut two.a, "signed by a stranger", None, Readers::OnlyMe, monday());
    let record = log(&two.a).pop().expect("a record");
    let stranger = SigningKey::generate(&mut SystemRng);
    let from_a = device(&two.a);
    two.server.items.push((from_a, raw(&record)));
    let forged = checkpoint(&two.a, &stranger);
    two.server.items.push((from_a, forged));
    two.server.heads.iter_mut().filter(|(known, _)| *known == from_a).for_each(|(_, head)| head.seq += 1);
    assert!(!two.server.read(&mut two.b, monday()), "and it is said");
    assert!(texts(&two.b).is_empty());

    // A phone that has somebody else's words is no phone of this person, whatever the server says.
    let folder = tempfile::tempdir().expect("a folder");
    let (mut other, _) = member(folder.path());
    write(&mut other, "somebody else's", None, Readers::OnlyMe, monday());
    let mut server = Server::default();
    server.push(&other);
    assert!(!server.read(&mut two.b, monday()), "and it is said");
    assert!(texts(&two.b).is_empty());
}

#[test]
fn what_the_server_shows_of_another_phone_and_does_not_give_is_said() {
    let mut two = two();
    let from_a = device(&two.a);
    two.server.heads.iter_mut().filter(|(known, _)| *known == from_a).for_each(|(_, head)| head.seq += 1);
    assert!(!two.server.read(&mut two.b, monday()));
}

#[test]
fn a_record_that_nothing_can_erase_is_missed_when_only_its_tombstone_comes() {
    let mut two = two();
    let entry = write(&mut two.a, "shared, then taken back", None, Readers::Study, monday());
    two.a.keep_private(&entry).expect("kept private");
    two.a.delete_everywhere(&entry).expect("deleted");
    two.server.push(&two.a);
    let last = log(&two.a).pop().expect("an erase");
    assert_eq!(last.header().kind, Kind::Erase);
    let item = two.server.items.iter_mut().rev().find(|(_, item)| *item == raw(&last)).expect("it was pushed");
    let RawItem::Record(header, slots, body) = item.1.clone() else { panic!("a record") };
    item.1 = RawItem::Tombstone(header, Hash::of(&slots), Hash::of(&body));
    assert!(!two.server.read(&mut two.b, monday()));
}

#[test]
fn a_record_that_the_server_leaves_out_is_noticed_and_the_rest_is_read() {
    let mut two = two();
    write(&mut two.a, "left out", None, Readers::OnlyMe, monday());
    two.server.push(&two.a);
    let hole = two.server.items.len() - 2;
    two.server.items.remove(hole);
    write(&mut two.a, "there", None, Readers::OnlyMe, monday());
    two.server.push(&two.a);
    assert!(!two.server.read(&mut two.b, monday()));
    assert_eq!(texts(&two.b), ["there"]);
    write(&mut two.a, "later", None, Readers::OnlyMe, monday());
    two.server.push(&two.a);
    assert!(two.server.read(&mut two.b, monday()), "said once");
    assert_eq!(texts(&two.b), ["later", "there"]);
}

#[test]
fn of_a_stopped_phone_nothing_later_is_read() {
    let mut two = two();
    write(&mut two.b, "before", None, Readers::OnlyMe, monday());
    let (seq, link) = (two.b.head.seq, two.b.head.link);
    write(&mut two.b, "after", None, Readers::OnlyMe, monday());
    two.server.push(&two.b);
    let study = two.a.membership().expect("joined").study;
    let recovery = two.a.identity.secret().expect("the words are not confirmed").recovery_key();
    two.server.revocations.push(Revocation::sign(&recovery, study, device(&two.b), seq, link));
    assert!(two.server.read(&mut two.a, monday()));
    assert_eq!(texts(&two.a), ["before"]);
    assert!(!two.a.has_unread(&two.server.state(&two.a).devices));
}

#[test]
fn a_new_phone_is_named_until_the_person_knows_it_and_stopping_needs_the_right_key() {
    let mut two = two();
    let of = |diary: &Diary, this: bool| diary.phones().into_iter().find(|phone| phone.this == this).expect("a phone");
    assert!(of(&two.a, false).new && !of(&two.a, true).new);
    let b = device(&two.b);
    two.a.know_phone(&b).expect("known");
    two.server.read(&mut two.a, monday());
    assert!(!of(&two.a, false).new);
    let study = two.a.membership().expect("joined").study;
    let stranger = SigningKey::generate(&mut SystemRng);
    two.server.revocations.push(Revocation::sign(&stranger, study, b, 1, Hash::ZERO));
    let held = write(&mut two.b, "held", None, Readers::Study, monday());
    let due = hours_later(24 * 365);
    two.server.read(&mut two.b, monday());
    assert!(two.b.stopped().is_none(), "{}", hex::encode(&b.0));
    assert!(matches!(two.b.place(&held, monday()).expect("there"), Place::Held(_)));
    assert_eq!(two.b.place(&held, due).expect("there"), Place::Waiting);
    let recovery = two.a.identity.secret().expect("the words are not confirmed").recovery_key();
    two.server.revocations.push(Revocation::sign(&recovery, study, b, two.b.head.seq, two.b.head.link));
    two.server.read(&mut two.b, monday());
    assert!(two.b.stopped().is_some());
    for now in [monday(), due] {
        assert_eq!(two.b.place(&held, now).expect("there"), Place::OnThisPhone, "it goes nowhere, and does not say so");
    }
    receipted(&mut two.b, monday());
    assert_eq!(two.b.place(&held, due).expect("there"), Place::BackedUp);
    drop(two.b);
    let lock = LockSecret::passphrase("correct horse battery staple");
    let again = crate::unlock(two._folders[1].path(), &lock).expect("opened");
    assert_eq!(again.progress.problem, Some(crate::page::ErrorCode::PhoneStopped), "also after unlocking");
}
