//! Restoring into either engine: everything is there byte for byte, under a new epoch, and phones carry on.

use waymark_protocol::api::{DeviceState, Enrolled, Orders, Receipt};
use waymark_protocol::keys::{RecoverySecret, SigningKey};
use waymark_protocol::order::{ErasureOrder, OrderId};
use waymark_protocol::record::wire::RawItem;
use waymark_protocol::sighting::Sighting;

use super::parts::{part, with_parts};
use super::{Data, Running};
use crate::support::{
    Backup, DataOn, Desk, Engine, OnPostgres, OnSqlite, Phone, Rng, RunningOn, enrolment, kill_after, now,
    on_a_full_disk, random, refused,
};

/// All of a study's feed, byte for byte.
fn feed_bytes(desk: &Desk) -> Vec<u8> {
    let (mut after, mut bytes) = (0, Vec::new());
    loop {
        let reply = desk.http.get(&desk.path(&format!("records?after={after}")), &desk.token);
        let Some(last) = reply.feed().last().map(|item| item.server_seq) else { return bytes };
        after = last;
        bytes.extend(reply.body);
    }
}

fn orders(desk: &Desk) -> serde_json::Value {
    desk.http.get(&desk.path("orders"), &desk.token).ok()
}

/// What a phone is told, without the server's epoch and clock.
fn but_for_its_life(state: &DeviceState) -> serde_json::Value {
    let mut value = serde_json::to_value(state).unwrap();
    for name in ["epoch", "time"] {
        value.as_object_mut().unwrap().remove(name).expect("it is told");
    }
    value
}

/// A study with something of everything; the second phone is of the first one's person, the third is stopped.
fn lived_in() -> (Running, Desk, Vec<Phone>) {
    let (server, mut desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (shared, content) = phone.write("shared");
    phone.grant(shared.as_target(), &content);
    let (gone, _) = phone.write("gone");
    phone.write_listing(&[&part(1040)]);
    phone.erase(Some(gone.as_target()));
    phone.erase(Some(gone.as_target()));
    phone.sync();
    let mut second = phone.recovered();
    second.write("from the second phone");
    second.sync();
    let mut third = Phone::join(&desk);
    let (ordered, _) = third.write("asked by letter");
    third.sync();
    let order = |reason: &str| {
        let id = OrderId(random());
        ErasureOrder::sign(&desk.signing, id, desk.study, ordered.as_target(), now(), reason.to_owned())
    };
    let erasures = vec![order("asked by letter, \0 and in Greek: γράμμα"), order("twice")];
    let given = Orders { erasures, revocations: vec![third.revocation(&desk.signing)] };
    desk.http.post(&desk.path("orders"), &desk.token, &given).done();
    let heads = vec![phone.log.last().unwrap().as_target()];
    let sighting = Sighting::sign(&desk.signing, desk.study, now(), heads);
    desk.http.post(&desk.path("sightings"), &desk.token, &sighting).done();
    let previous = Some(waymark_protocol::Hash::of(&desk.document.bytes.0).to_string());
    desk.document = desk.document(2, previous);
    desk.http.json("PUT", &desk.path("document"), &desk.token, &desk.document).done();
    (server, desk, vec![phone, second, third])
}

fn restores_whole<E: Engine>(data: DataOn<E>) {
    let (server, desk, phones) = lived_in();
    let (secret, certificate) = desk.invite();
    let kept = phones[0].http.part(&phones[0].token, &phones[0].log[4].header().parts[0]);
    let [voice] = phones[0].log[4].header().parts[..] else { panic!("it has a voice note") };
    phones[0].http.put_part(&phones[0].token, &part(2064)).done();
    assert!(kept.is_none(), "not sent yet");
    let backup = Backup::of(&server.data);
    backup.assert_sound();
    let before = (feed_bytes(&desk), orders(&desk), phones[0].state());
    drop(server);

    let restored = RunningOn::start_on(backup.restore(data));
    let http = restored.http;
    let desk = Desk { http, ..desk };
    let mut phones: Vec<Phone> = phones.into_iter().map(|phone| Phone { http, ..phone }).collect();
    assert!(feed_bytes(&desk) == before.0, "byte for byte");
    assert_eq!(orders(&desk), before.1);
    let state = phones[0].state();
    assert_ne!(state.epoch, before.2.epoch);
    assert_eq!(but_for_its_life(&state), but_for_its_life(&before.2));
    // Tokens, recovery keys, invitations and stopped phones are as they were, and everything goes on.
    assert_eq!(phones[0].recovered().state().head.seq, 0);
    let (key, recovery) = (SigningKey::generate(&mut Rng), RecoverySecret::generate(&mut Rng));
    let _: Enrolled = http.post("/v1/enrolments", "", &enrolment(&secret, &certificate, &key, &recovery)).ok();
    phones[2].write("after it was stopped");
    assert_ne!(phones[2].push_from(phones[2].log.len() as u64).status, 200);
    phones[0].write("after the restore");
    phones[0].sync();
    assert_eq!(http.part(&phones[0].token, &voice), None);
    assert!(Phone::join(&desk).sync().accepted_through > 0);
    let audit = restored.data.number("SELECT count(*) FROM audit WHERE action = 'restored from a backup'");
    assert_eq!(audit, 1 + restored.data.number("SELECT count(*) FROM study"), "once for all, and in each study");
    // What is made after the restore does not run into what was there before.
    restored.token("admin");
    let again = Backup::of(&restored.data);
    again.assert_sound();
}

#[test]
fn everything_is_there_byte_for_byte_in_the_embedded_engine() {
    restores_whole(DataOn::<OnSqlite>::new());
}

#[test]
fn everything_is_there_byte_for_byte_in_postgresql() {
    restores_whole(DataOn::<OnPostgres>::new());
}

#[test]
fn a_phone_that_is_ahead_of_the_backup_pushes_again_and_what_was_erased_since_is_erased_again() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (erased_since, _) = phone.write("erased after the backup");
    phone.sync();
    let backup = Backup::of(&server.data);
    phone.write("after the backup");
    phone.erase(Some(erased_since.as_target()));
    phone.sync();
    let whole = desk.pull(0).len();
    drop(server);
    let restored = Running::start_on(backup.restore(Data::new()));
    let (desk, mut phone) = (Desk { http: restored.http, ..desk }, Phone { http: restored.http, ..phone });
    assert_eq!(phone.state().head.seq, 2, "the backup's");
    assert!(matches!(desk.pull(0)[1].item, RawItem::Record(..)));
    phone.sync();
    assert_eq!(desk.pull(0).len(), whole);
    assert!(matches!(desk.pull(0)[1].item, RawItem::Tombstone(..)));
    phone.write("and on");
    assert_eq!(phone.push_from(5).ok::<Receipt>().accepted_through, 5);
}

#[test]
fn a_restore_needs_an_empty_place_and_a_sound_backup() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.write("one");
    phone.sync();
    let backup = Backup::of(&server.data);
    let into_a_server = refused(&backup.restoring(&server.data).output().unwrap());
    assert!(into_a_server.contains("not empty"), "{into_a_server}");
    assert_eq!(server.http.get("/readyz", "").status, 200);
    let damaged = backup.copied();
    damaged.sql().execute("UPDATE record SET body = x'00' WHERE seq = 2", []).unwrap();
    let target = Data::new();
    let told = refused(&damaged.restoring(&target).output().unwrap());
    assert!(told.contains("is damaged and nothing was restored"), "{told}");
    assert!(std::fs::read_dir(target.path()).unwrap().next().is_none());
    assert_eq!(Running::start_on(backup.restore(target)).http.get("/readyz", "").status, 200);
}

#[test]
fn a_restore_that_finds_the_disk_full_says_so_and_what_it_leaves_is_not_served() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let part = part(200_000);
    phone.write_listing(&[&part]);
    phone.sync();
    phone.http.put_part(&phone.token, &part).done();
    let backup = Backup::of(&server.data);
    let target = Data::new();
    refused(&on_a_full_disk(&backup.restoring(&target)).output().unwrap());
    let told = refused(&target.command("serve").args(["--listen", "127.0.0.1:0"]).output().unwrap());
    assert!(told.contains("not finished"), "{told}");
    // Emptied, it is restored.
    std::fs::remove_file(target.path().join("restore-unfinished")).unwrap();
    std::fs::remove_dir_all(target.parts()).unwrap();
    let restored = Running::start_on(backup.restore(target));
    assert!(restored.http.part(&phone.token, &part.hash).is_some());
}

#[test]
fn a_killed_restore_is_whole_or_refused_or_nothing() {
    let (server, desk) = Running::with_desk();
    let phone = with_parts(&desk, 60);
    let backup = Backup::of(&server.data);
    let (mut refusals, mut delay) = (0, 0);
    loop {
        let data = Data::new();
        kill_after(&mut backup.restoring(&data), delay);
        let nothing = std::fs::read_dir(data.path()).unwrap().next().is_none();
        if data.path().join("restore-unfinished").exists() {
            let told = refused(&data.command("token").args(["--role", "admin"]).output().unwrap());
            assert!(told.contains("not finished"), "{told}");
            refused(&data.command("serve").args(["--listen", "127.0.0.1:0"]).output().unwrap());
            refused(&backup.restoring(&data).output().unwrap());
            refusals += 1;
        } else if !nothing {
            let restored = Running::start_on(data);
            assert_eq!(Phone { http: restored.http, ..phone }.state().head.seq, 61);
            break;
        }
        delay = delay * 5 / 4 + 2;
    }
    assert!(refusals > 0, "it was never killed in the middle");
}

#[test]
fn a_database_that_was_restored_by_other_means_is_given_a_new_epoch_while_the_server_runs() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.write("one");
    phone.sync();
    let before = phone.state();
    crate::support::succeeded(&server.data.command("new-epoch").output().unwrap());
    let after = phone.state();
    assert_ne!(after.epoch, before.epoch);
    assert_eq!(after.head, before.head);
    assert_eq!(phone.recovered().state().head.seq, 0);
    assert_eq!(
        server.data.number("SELECT count(*) FROM audit WHERE action = 'new epoch'"),
        2,
        "for all, and in the study"
    );
}
