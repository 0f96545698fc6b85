//! Whatever a server does to a feed: the desk never panics, its account adds up, and nothing opens that was not shared and
//! covered.

use std::collections::HashSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use waymark_desk::account::{Account, Class};
use waymark_desk::collection::Collection;
use waymark_desk::desk::{Identity, StudyKeys};
use waymark_protocol::document::SignedDocument;
use waymark_protocol::invitation::{Certificate, ServerUrl};
use waymark_protocol::keys::{InvitationSecret, OpeningKey, SigningKey};
use waymark_protocol::record::wire::{Item, read_feed, write_feed_frame, write_record, write_tombstone};
use waymark_protocol::study::{Document, Envelope, Keys};
use waymark_protocol::{Hash, ParticipantId, StudyId};
use waymark_vault::SystemRng;

use crate::phone::{Phone, To};
use crate::world::{assert_sums, example};

struct Study {
    identity: Identity,
    keys: StudyKeys,
    items: Vec<Item>,
}

static STUDY: LazyLock<Study> = LazyLock::new(study);

fn study() -> Study {
    let keys = StudyKeys::first(SigningKey::generate(&mut SystemRng), OpeningKey::generate(&mut SystemRng));
    let (signing, encryption) = (keys.signing.verifying_key(), keys.opening.sealing_key());
    let study = StudyId::of(&signing, &encryption);
    let file = waymark_desk::study::read_study_file(&example()).unwrap();
    let envelope = Envelope {
        study: study.to_string(),
        previous: None,
        keys: Keys { signing: signing.to_string(), encryption: encryption.to_string() },
        key_changes: Vec::new(),
    };
    let document = Document::from_study_file(&file, envelope).unwrap();
    let signed = SignedDocument::sign(&keys.signing, document.to_bytes());
    let document = signed.verify(&study).unwrap();
    let server = ServerUrl::parse("http://localhost:1").unwrap();
    let identity = Identity { study, server, join_page: None, signed, document };
    let mut items = Vec::new();
    for person in 1..=2 {
        let secret = InvitationSecret::generate(&mut SystemRng);
        let enrol = secret.enrol_key().verifying_key();
        let certificate = Certificate::sign(&keys.signing, study, ParticipantId([person; 16]), enrol, 1, u64::MAX);
        let mut phone = Phone::join(&certificate, &secret, encryption);
        phone.write("shared one", To::Study);
        let held = phone.write("shared two", To::Writer);
        phone.write("private", To::Writer);
        items.extend(phone.items());
        let sent = phone.log.len();
        phone.grant(held);
        let withdrawn = phone.write("withdrawn", To::Study);
        phone.withdraw(withdrawn);
        phone.own();
        items.extend(phone.items().split_off(sent));
        let sent = phone.log.len();
        phone.write("uncovered", To::Study);
        items.extend(phone.items().drain(sent..=sent));
    }
    Study { identity, keys, items }
}

#[derive(Debug, Clone)]
enum Mutation {
    Drop(usize),
    Repeat(usize, usize),
    Swap(usize, usize),
    Flip(usize, u8, usize, u8),
    Bury(usize),
    MixSlots(usize, usize),
    MixBodies(usize, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = 0..64usize;
    prop_oneof![
        place.clone().prop_map(Mutation::Drop),
        (place.clone(), place.clone()).prop_map(|(from, to)| Mutation::Repeat(from, to)),
        (place.clone(), place.clone()).prop_map(|(one, other)| Mutation::Swap(one, other)),
        (place.clone(), 0..3u8, 0..4096usize, 1..=255u8)
            .prop_map(|(item, part, byte, bits)| Mutation::Flip(item, part, byte, bits)),
        place.clone().prop_map(Mutation::Bury),
        (place.clone(), place.clone()).prop_map(|(one, other)| Mutation::MixSlots(one, other)),
        (place.clone(), place).prop_map(|(one, other)| Mutation::MixBodies(one, other)),
    ]
}

/// An item as a server may hand it out.
#[derive(Clone)]
enum Loose {
    Parts([Vec<u8>; 3]),
    Tombstone(Vec<u8>, Hash, Hash),
    Other(Vec<u8>),
}

fn loosen(item: &Item) -> Loose {
    match item {
        Item::Record(record) => {
            Loose::Parts([record.header_bytes().to_vec(), record.slots_bytes().to_vec(), record.body().to_vec()])
        }
        other => {
            let mut bytes = Vec::new();
            other.write(&mut bytes);
            Loose::Other(bytes)
        }
    }
}

fn mutate(items: &mut Vec<Loose>, mutation: &Mutation) {
    if items.is_empty() {
        return;
    }
    let place = |number: usize| number % items.len();
    match *mutation {
        Mutation::Drop(item) => drop(items.remove(place(item))),
        Mutation::Repeat(from, to) => {
            let (to, item) = (place(to), items[place(from)].clone());
            items.insert(to, item);
        }
        Mutation::Swap(one, other) => {
            let (one, other) = (place(one), place(other));
            items.swap(one, other);
        }
        Mutation::Flip(item, part, byte, bits) => {
            let item = place(item);
            if let Loose::Parts(parts) = &mut items[item] {
                let part = &mut parts[usize::from(part)];
                if !part.is_empty() {
                    let byte = byte % part.len();
                    part[byte] ^= bits;
                }
            }
        }
        Mutation::Bury(item) => {
            let item = place(item);
            if let Loose::Parts([header, slots, body]) = &items[item] {
                items[item] = Loose::Tombstone(header.clone(), Hash::of(slots), Hash::of(body));
            }
        }
        Mutation::MixSlots(one, other) => mix(items, one, other, 1),
        Mutation::MixBodies(one, other) => mix(items, one, other, 2),
    }
}

fn mix(items: &mut [Loose], one: usize, other: usize, part: usize) {
    let (one, other) = (one % items.len(), other % items.len());
    let Loose::Parts(from) = items[other].clone() else { return };
    if let Loose::Parts(to) = &mut items[one] {
        to[part].clone_from(&from[part]);
    }
}

fn feed(items: &[Loose]) -> Vec<u8> {
    let mut out = Vec::new();
    for (item, place) in items.iter().zip(1..) {
        write_feed_frame(&mut out, place, 0, false);
        match item {
            Loose::Parts([header, slots, body]) => write_record(&mut out, header, slots, body),
            Loose::Tombstone(header, slots, body) => write_tombstone(&mut out, header, slots, body),
            Loose::Other(bytes) => out.extend_from_slice(bytes),
        }
    }
    out
}

fn opened(items: &[Loose]) -> (Vec<String>, u64) {
    let mut collection = Collection::default();
    collection.admit(read_feed(&feed(items)).unwrap(), None);
    let account = Account::of(&STUDY.identity, &STUDY.keys, &collection);
    let totals = account.totals();
    assert_sums(&totals);
    let mut texts: Vec<String> = account
        .people
        .into_iter()
        .flat_map(|person| person.lines)
        .filter_map(|line| match line.class {
            Class::Opened(entry) => Some(entry.text),
            _ => None,
        })
        .collect();
    texts.sort();
    (texts, totals.received)
}

#[test]
fn an_untouched_feed_opens_what_was_shared() {
    let items: Vec<Loose> = STUDY.items.iter().map(loosen).collect();
    let (texts, received) = opened(&items);
    assert_eq!(texts, ["shared one", "shared one", "shared two", "shared two"]);
    assert_eq!(received, 20);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]
    #[test]
    fn no_change_to_a_feed_opens_more_or_loses_count(mutations in proptest::collection::vec(mutation(), 1..12)) {
        let mut items: Vec<Loose> = STUDY.items.iter().map(loosen).collect();
        for mutation in &mutations {
            mutate(&mut items, mutation);
        }
        let (texts, received) = opened(&items);
        // An erase that is hidden is a gap, and shows what it would have erased: the server can delay a withdrawal, and is named.
        let shared = HashSet::from(["shared one", "shared two", "withdrawn"]);
        for text in &texts {
            prop_assert!(shared.contains(text.as_str()), "{text}");
        }
        prop_assert!(texts.len() <= 6);
        let records = items.iter().filter(|item| !matches!(item, Loose::Other(_))).count();
        prop_assert!(received <= records as u64);
        let once: HashSet<Vec<u8>> = items.iter().filter_map(|item| match item {
            Loose::Parts(parts) => Some(parts.concat()),
            _ => None,
        }).collect();
        prop_assert!(received >= once.len() as u64, "every whole thing that came is counted");
    }
}
