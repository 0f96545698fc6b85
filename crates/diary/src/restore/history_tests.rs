//! What a new phone reads out of the records: the writer's own things among them. No server: the log is the feed.

use super::*;
use crate::marks::Marks;
use crate::testing::{hours_later, join_again, log, member, monday, receipted, write};
use crate::{Diary, Readers};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::proof::Ordered;

fn read(diary: &Diary, feed: &[FeedItem]) -> History {
    let membership = diary.membership.as_ref().expect("joined");
    let trusted = membership.trusted().expect("a document");
    let erasures = Ordered::default();
    let (study, signing_keys) = (membership.study, &trusted.signing_keys);
    let trust = Trust { study, signing_keys, erasures: &erasures, revocations: &[] };
    History::read(feed, &membership.participant, &trust, &diary.identity.backup_key().expect("a key"))
}

fn feed(diary: &Diary) -> Vec<FeedItem> {
    let items = log(diary).into_iter().map(|record| FeedItem {
        server_seq: record.header().seq,
        received_at: 0,
        late: false,
        item: RawItem::Record(record.header_bytes().to_vec(), record.slots_bytes().to_vec(), record.body().to_vec()),
    });
    items.collect()
}

#[test]
fn marks_and_settings_come_back_as_they_were_last_in_whatever_order_the_records_come() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    let both = Marks { interview: true, supervision: true };
    let marked = write(&mut diary, "marked", None, Readers::OnlyMe, monday());
    let unmarked = write(&mut diary, "no more", None, Readers::OnlyMe, monday());
    let taken_back = write(&mut diary, "taken back", None, Readers::Study, monday());
    diary.grant_due(hours_later(48)).expect("granted");
    for entry in [marked, unmarked, taken_back] {
        diary.mark(&entry, both, hours_later(50)).expect("marked");
    }
    diary.mark(&unmarked, Marks::default(), hours_later(49)).expect("taken off with the clock set back");
    diary.set_setting("reminders", "evenings", hours_later(50)).expect("set");
    diary.set_setting("reminders", "mornings", hours_later(40)).expect("set with the clock set back");
    diary.talk_about(&taken_back, true, hours_later(50)).expect("told");
    diary.talk_about(&taken_back, false, hours_later(30)).expect("taken back with the clock set back");
    diary.talk_about(&taken_back, true, hours_later(20)).expect("told again");
    let copy = diary.withdraw(&taken_back).expect("taken back");

    let mut items = feed(&diary);
    for _ in 0..2 {
        let history = read(&diary, &items);
        assert_eq!(history.entries.len(), 3);
        let marks: Vec<(EntryId, bool, bool)> =
            history.own.marks.iter().map(|(entry, mark)| (*entry, mark.interview, mark.supervision)).collect();
        let mut expected = [(marked, true, true), (unmarked, false, false), (copy, true, true)];
        expected.sort();
        assert_eq!(marks, expected);
        assert_eq!(history.own.settings["reminders"].value, "mornings");
        let study = diary.membership.as_ref().expect("joined").study.to_string();
        assert_eq!(history.own.settings[&format!("talk/{taken_back}")].value, study);
        items.reverse();
    }
}

#[test]
fn who_joined_again_takes_part_and_who_left_after_that_does_not_in_whatever_order_the_records_come() {
    let told = |leaving: i64| {
        let dir = tempfile::tempdir().expect("a folder");
        let (mut diary, _) = member(dir.path());
        diary.leave(false, hours_later(leaving)).expect("left");
        let seen = |diary: &Diary| log(diary).into_iter().map(|it| (Seen::from(&it), it)).collect::<Vec<_>>();
        let first = seen(&diary);
        receipted(&mut diary, hours_later(leaving));
        // The new invitation is accepted on Monday.
        join_again(&mut diary);
        let backup = diary.identity.backup_key().expect("a key");
        let second = seen(&diary);
        [[first.clone(), second.clone()].concat(), [second, first].concat()]
            .map(|records| History::of(&records, |_| false, &backup).left)
    };
    assert_eq!(told(-1), [None, None]);
    assert_eq!(told(1), [Some(false), Some(false)]);
}

#[test]
fn an_answer_given_anew_by_who_did_not_know_of_having_left_is_no_joining() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    diary.leave(false, hours_later(1)).expect("left");
    let left = diary.membership.as_mut().expect("joined").left.take();
    let items = diary.membership().expect("joined").trusted().expect("a document").document.plan.consent.clone();
    let agreed: Vec<String> = items.into_iter().map(|item| item.id).collect();
    diary.change_consent(&agreed, hours_later(2)).expect("answered");
    diary.membership.as_mut().expect("joined").left = left;
    assert_eq!(read(&diary, &feed(&diary)).left, Some(false));
}

/// A record whose kind was changed opens nothing, and is none that would have to be opened: only the chain says that it was another.
#[test]
fn what_was_changed_on_the_way_is_missing_wherever_it_was_changed() {
    let dir = tempfile::tempdir().expect("a folder");
    let (mut diary, _) = member(dir.path());
    write(&mut diary, "shared", None, Readers::Study, monday());
    diary.grant_due(hours_later(48)).expect("granted");
    write(&mut diary, "kept", None, Readers::OnlyMe, hours_later(49));
    let membership = diary.membership().expect("joined");
    let (seq, link, key) = (diary.head.seq, diary.head.link, membership.device_key().expect("a key"));
    let signed = Checkpoint::sign(&key, membership.study, seq, link, seq, monday().millis());
    let mut items = feed(&diary);
    let item = RawItem::Checkpoint(Box::new(signed));
    items.push(FeedItem { server_seq: seq + 1, received_at: 0, late: false, item });
    let whole = read(&diary, &items);
    assert_eq!((whole.missing, whole.entries.len()), (0, 2));
    for at in 0..items.len() {
        let RawItem::Record(header, slots, body) = items[at].item.clone() else { continue };
        let flip = |bytes: &[u8], bit: usize| {
            let mut bytes = bytes.to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            bytes
        };
        let of_header =
            (0..header.len() * 8).map(|bit| RawItem::Record(flip(&header, bit), slots.clone(), body.clone()));
        let of_slots = (0..slots.len() * 8)
            .step_by(61)
            .map(|bit| RawItem::Record(header.clone(), flip(&slots, bit), body.clone()));
        let of_body =
            (0..body.len() * 8).step_by(97).map(|bit| RawItem::Record(header.clone(), slots.clone(), flip(&body, bit)));
        for (nth, changed) in of_header.chain(of_slots).chain(of_body).enumerate() {
            let mut items = items.clone();
            items[at].item = changed;
            assert!(read(&diary, &items).missing > 0, "record {at}, change {nth}");
        }
    }
}
