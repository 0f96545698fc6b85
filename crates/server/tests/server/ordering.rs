//! Erasure orders, revocations, sightings.

use waymark_protocol::api::{ApiErrorCode, Orders, OrdersPage, Receipt};
use waymark_protocol::keys::SigningKey;
use waymark_protocol::order::Revocation;
use waymark_protocol::record::wire::RawItem;
use waymark_protocol::sighting::Sighting;

use super::Running;
use crate::support::{Desk, Phone, Reply, Rng, now};

fn order(desk: &Desk, orders: &Orders) -> Reply {
    desk.http.post(&desk.path("orders"), &desk.token, orders)
}

fn revocation(phone: &Phone, key: &SigningKey, seq: u64) -> Orders {
    let link = phone.log[seq as usize - 1].link();
    let revocation = Revocation::sign(key, phone.certificate.study, phone.device(), seq, link);
    Orders { erasures: Vec::new(), revocations: vec![revocation] }
}

#[test]
fn an_erasure_order_erases_and_is_handed_to_its_person_and_the_desks() {
    let (_server, desk) = Running::with_desk();
    let (mut phone, other) = (Phone::join(&desk), Phone::join(&desk));
    let (record, _) = phone.write("to be erased");
    phone.sync();
    let orders = Orders { erasures: vec![desk.erasure(record.as_target())], revocations: Vec::new() };
    order(&desk, &orders).done();
    order(&desk, &orders).done();
    assert!(matches!(desk.pull(0)[1].item, RawItem::Tombstone(..)));
    assert_eq!(phone.state().erasures, orders.erasures);
    assert!(other.state().erasures.is_empty());
    let all: Orders = desk.http.get(&desk.path("orders"), &desk.token).ok();
    assert_eq!(all.erasures, orders.erasures);
}

#[test]
fn orders_that_the_study_has_not_signed_are_refused_and_change_nothing() {
    let (_server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (record, _) = phone.write("stays");
    phone.sync();
    let good = desk.erasure(record.as_target());
    let mut forged = desk.erasure(phone.log[0].as_target());
    forged.target = record.as_target();
    let orders = Orders { erasures: vec![good, forged], revocations: Vec::new() };
    assert_eq!(order(&desk, &orders).refused(), (422, ApiErrorCode::NotProven, None));
    let stranger = revocation(&phone, &SigningKey::generate(&mut Rng), 1);
    assert_eq!(order(&desk, &stranger).refused(), (422, ApiErrorCode::NotProven, None));
    assert!(matches!(desk.pull(0)[1].item, RawItem::Record(..)));
    assert!(phone.state().erasures.is_empty() && phone.state().revocations.is_empty());
}

#[test]
fn two_orders_with_one_id_are_named() {
    let (_server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (first, second) = (phone.write("one").0, phone.write("two").0);
    let one = desk.erasure(first.as_target());
    let two = waymark_protocol::order::ErasureOrder::sign(
        &desk.signing,
        one.id,
        desk.study,
        second.as_target(),
        one.time,
        one.reason.clone(),
    );
    order(&desk, &Orders { erasures: vec![one], revocations: Vec::new() }).done();
    let reply = order(&desk, &Orders { erasures: vec![two], revocations: Vec::new() });
    assert_eq!(reply.refused(), (400, ApiErrorCode::BadRequest, None));
}

#[test]
fn a_revoked_device_pushes_nothing_beyond_its_last_place() {
    let (_server, desk) = Running::with_desk();
    let by_study = desk.signing.clone();
    for recovery in [false, true] {
        let mut phone = Phone::join(&desk);
        phone.write("before");
        phone.write("the last that counts");
        assert_eq!(phone.http.push(&phone.token, &phone.push_of(1, 2)).status, 200);
        let key = if recovery { phone.recovery.recovery_key() } else { by_study.clone() };
        let orders = revocation(&phone, &key, 3);
        order(&desk, &orders).done();
        assert_eq!(phone.push_from(3).ok::<Receipt>().accepted_through, 3);
        phone.write("after");
        assert_eq!(phone.push_from(4).refused(), (403, ApiErrorCode::Revoked, None));
        assert_eq!(phone.http.push(&phone.token, &phone.push_of(1, 3)).status, 200, "a lost reply");
        assert_eq!(phone.state().revocations, orders.revocations);
    }
}

#[test]
fn the_newest_sighting_reaches_phones_as_signed_and_an_older_one_does_not_replace_it() {
    let (_server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let sign = |key, time| Sighting::sign(key, desk.study, time, vec![phone.log[0].as_target()]);
    let (old, new) = (sign(&desk.signing, now() - 1000), sign(&desk.signing, now()));
    let post = |sighting: &Sighting| desk.http.post(&desk.path("sightings"), &desk.token, sighting);
    post(&new).done();
    post(&old).done();
    assert_eq!(phone.state().sighting, Some(new));
    let forged = sign(&SigningKey::generate(&mut Rng), now() + 1000);
    assert_eq!(post(&forged).refused(), (422, ApiErrorCode::NotProven, None));
}

#[test]
fn all_orders_come_page_by_page_each_once() {
    let (_server, desk) = Running::with_desk();
    let phones = [Phone::join(&desk), Phone::join(&desk)];
    let mut erasures: Vec<_> = (0..5).map(|_| desk.erasure(phones[0].log[0].as_target())).collect();
    let mut revocations: Vec<_> = phones.iter().map(|phone| phone.revocation(&desk.signing)).collect();
    order(&desk, &Orders { erasures: erasures.clone(), revocations: revocations.clone() }).done();
    erasures.sort_by_key(|order| order.id);
    revocations.sort_by_key(|revocation| revocation.device);
    for (limit, sizes) in
        [(1, vec![1; 7]), (2, vec![2, 2, 2, 1]), (5, vec![5, 2]), (6, vec![6, 1]), (7, vec![7]), (1000, vec![7])]
    {
        let (mut all, mut pages, mut after) = (Orders::default(), Vec::new(), String::new());
        loop {
            let path = format!("orders?limit={limit}{after}");
            let page: OrdersPage = desk.http.get(&desk.path(&path), &desk.token).ok();
            pages.push(page.erasures.len() + page.revocations.len());
            all.erasures.extend(page.erasures);
            all.revocations.extend(page.revocations);
            let Some(next) = page.next else { break };
            after = format!("&after={}", waymark_protocol::hex::encode(&next.0));
        }
        assert_eq!((&all.erasures, &all.revocations), (&erasures, &revocations), "{limit}");
        assert_eq!(pages, sizes, "{limit}");
    }
    for query in ["limit=0", "limit=1001", "after=01", "after=03", "after=xx", "after=0200"] {
        let reply = desk.http.get(&desk.path(&format!("orders?{query}")), &desk.token);
        assert_eq!(reply.refused(), (400, ApiErrorCode::BadRequest, None), "{query}");
    }
}
