//! What a research team says for the study, from the page: leaving, stopped phones, the study's end, the desk's token, words that were
//! compared, and a certificate.

use serde_json::{Value, json};
use waymark_desk::Desk;
use waymark_desk::certificate::check;
use waymark_protocol::api::Token;
use waymark_protocol::order::Revocation;
use waymark_protocol::record::wire::Item;

use crate::page::Shown;
use crate::phone::{Phone, To};
use crate::server::{TestServer, Trouble};
use crate::world::{PASSPHRASE, World};

/// P01, whose phone has shared something, at an open desk that has collected.
async fn one_person() -> (Shown, Phone) {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    phone.write("Shared", To::Study);
    world.server.receive(&phone.items());
    let shown = Shown::unlocked(world).await;
    shown.ask("collect", json!({})).await;
    (shown, phone)
}

/// No server says what it should any more.
fn away(server: &TestServer) {
    let trouble = || (0..50).map(|_| Trouble::Status(503, &[], Vec::new()));
    server.with(|script| {
        script.troubles.extend(trouble());
        script.word_troubles.extend(trouble());
    });
}

fn back(server: &TestServer) {
    server.with(|script| {
        script.troubles.clear();
        script.word_troubles.clear();
    });
}

async fn person(shown: &Shown) -> Value {
    shown.ask("people", json!({})).await["people"][0].clone()
}

async fn phone_line(shown: &Shown) -> Value {
    shown.ask("overview", json!({})).await["phones"][0].clone()
}

#[tokio::test]
async fn somebody_has_left_by_telephone_and_takes_part_after_all() {
    let (shown, phone) = one_person().await;
    assert!(person(&shown).await["silent_days"].as_u64() > Some(14), "a phone of another year");
    let left = json!({ "participant": "P01", "left": true });
    let said = shown.ask("say_left", left.clone()).await;
    assert_eq!((&said["participant"], &said["again"], &said["interviews"]), (&json!("P01"), &json!(false), &json!(0)));
    assert_eq!(shown.server.with(|script| script.left.clone()), [phone.participant]);
    let after = person(&shown).await;
    assert_eq!((&after["said_left"], &after["left"]), (&said["left_at"], &Value::Null), "it is the study's word");
    assert!(after["silent_days"].is_null(), "nobody is called silent who has left");
    let again = shown.ask("say_left", left.clone()).await;
    assert_eq!((&again["again"], &again["left_at"]), (&json!(true), &said["left_at"]));

    let stays = shown.ask("say_left", json!({ "participant": "P01", "left": false })).await;
    assert_eq!((&stays["left_at"], &stays["again"]), (&Value::Null, &json!(false)));
    assert!(shown.server.with(|script| script.left.is_empty()));
    assert!(person(&shown).await["said_left"].is_null());
}

#[tokio::test]
async fn what_the_server_did_not_hear_of_a_leaving_is_not_shown_as_said() {
    let (shown, _) = one_person().await;
    away(&shown.server);
    let left = json!({ "participant": "P01", "left": true });
    assert_eq!(shown.refused("say_left", left.clone()).await, "server-trouble");
    assert!(person(&shown).await["said_left"].is_null());
    back(&shown.server);
    shown.server.with(|script| script.nobody_joined = true);
    assert_eq!(shown.refused("say_left", left.clone()).await, "not-joined");
    assert!(person(&shown).await["said_left"].is_null());
    assert_eq!(shown.refused("say_left", json!({ "participant": "P09", "left": true })).await, "participant-unknown");
    shown.server.with(|script| script.nobody_joined = false);
    assert_eq!(shown.ask("say_left", left).await["again"], false);
}

#[tokio::test]
async fn a_phone_is_stopped_after_a_look_and_its_label() {
    let (shown, phone) = one_person().await;
    let device = phone.device().to_string();
    let plan = shown.ask("plan_stop", json!({ "device": device })).await;
    let seq = phone.log.len();
    let expected = json!({ "participant": "P01", "device": device, "seq": seq, "whole": true, "before": false });
    assert_eq!(plan, expected);
    assert!(shown.server.with(|script| script.orders.revocations.is_empty()), "nothing was ordered");
    let stop = |confirm: &str| json!({ "device": device, "even_if_incomplete": false, "confirm": confirm });
    assert_eq!(shown.refused("stop_phone", stop("P02")).await, "not-confirmed");
    assert_eq!(phone_line(&shown).await["state"], "complete");

    let stopped = shown.ask("stop_phone", stop(" P01 ")).await;
    let expected = json!({ "participant": "P01", "device": device, "seq": seq, "again": false, "not_sent": null });
    assert_eq!(stopped, expected);
    assert_eq!(shown.server.with(|script| script.orders.revocations[0].device), phone.device());
    let line = phone_line(&shown).await;
    assert_eq!((&line["state"], &line["to_come"]), (&json!("stopped"), &Value::Null));
    assert_eq!(shown.ask("stop_phone", stop("P01")).await["again"], true);
    assert_eq!(shown.ask("plan_stop", json!({ "device": device })).await["before"], true);
    for unknown in ["", &"00".repeat(16)] {
        assert_eq!(shown.refused("plan_stop", json!({ "device": unknown })).await, "phone-unknown");
    }
}

#[tokio::test]
async fn a_phone_of_which_something_is_missing_is_stopped_only_when_that_is_said() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    for text in ["one", "two", "three"] {
        phone.write(text, To::Study);
    }
    world.server.receive(&phone.items());
    world.server.with(|script| script.feed.remove(3));
    let shown = Shown::unlocked(world).await;
    let device = phone.device().to_string();
    assert_eq!(shown.ask("plan_stop", json!({ "device": device })).await["whole"], false);
    let stop = |even: bool| json!({ "device": device, "even_if_incomplete": even, "confirm": "P01" });
    assert_eq!(shown.refused("stop_phone", stop(false)).await, "phone-not-whole");
    assert!(shown.server.with(|script| script.orders.revocations.is_empty()));
    assert_eq!(shown.ask("stop_phone", stop(true)).await["not_sent"], Value::Null);
    assert_eq!(shown.server.with(|script| script.orders.revocations.len()), 1);
}

#[tokio::test]
async fn a_stop_that_the_server_did_not_take_holds_here_and_is_told_by_the_next_collection() {
    let (shown, phone) = one_person().await;
    let device = phone.device().to_string();
    let stop = json!({ "device": device, "even_if_incomplete": false, "confirm": "P01" });
    // Without a server it is not even known what there is.
    away(&shown.server);
    assert_eq!(shown.refused("stop_phone", stop.clone()).await, "server-trouble");
    assert_eq!(phone_line(&shown).await["state"], "complete");
    back(&shown.server);
    shown.server.with(|script| script.refuses_orders = true);
    let stopped = shown.ask("stop_phone", stop.clone()).await;
    assert_eq!((&stopped["not_sent"], &stopped["again"]), (&json!("token-refused"), &json!(false)));
    assert_eq!(phone_line(&shown).await["state"], "stopped");
    shown.server.with(|script| script.refuses_orders = false);
    shown.ask("collect", json!({})).await;
    let given: Vec<Revocation> = shown.server.with(|script| script.orders.revocations.clone());
    assert_eq!(given.iter().map(|order| order.device).collect::<Vec<_>>(), [phone.device()]);
    assert_eq!(shown.ask("stop_phone", stop).await["again"], true);
}

#[tokio::test]
async fn the_study_ends_by_its_title_and_goes_on_after_all() {
    let (shown, _) = one_person().await;
    let title = shown.ask("status", json!({})).await["study"]["title"].as_str().unwrap().to_owned();
    let end = async || shown.ask("overview", json!({})).await["end"].clone();
    assert_eq!(shown.refused("end_study", json!({ "confirm": "P01" })).await, "not-confirmed");
    assert!(end().await.is_null() && !shown.server.with(|script| script.ended));

    away(&shown.server);
    let kept = shown.ask("end_study", json!({ "confirm": title })).await;
    assert_eq!((&kept["again"], &kept["not_sent"]), (&json!(false), &json!("server-trouble")));
    assert_eq!(end().await, json!({ "ended_at": kept["ended_at"], "sent": false }));
    back(&shown.server);
    shown.ask("collect", json!({})).await;
    assert!(shown.server.with(|script| script.ended), "the collection has told it");
    assert_eq!(end().await, json!({ "ended_at": kept["ended_at"], "sent": true }));
    let again = shown.ask("end_study", json!({ "confirm": format!(" {title}") })).await;
    assert_eq!(again, json!({ "ended_at": kept["ended_at"], "again": true, "not_sent": null }));

    let on = shown.ask("continue_study", json!({})).await;
    assert_eq!(on, json!({ "ended_at": null, "again": false, "not_sent": null }));
    assert!(end().await.is_null() && !shown.server.with(|script| script.ended));
    assert_eq!(shown.ask("continue_study", json!({})).await["again"], true);
}

#[tokio::test]
async fn the_desk_takes_another_token_when_the_server_does() {
    let (shown, _) = one_person().await;
    let new = |byte: u8| json!({ "token": format!(" {} ", Token([byte; 32])) });
    shown.server.with(|script| script.tokens = vec![Token([7; 32]), Token([8; 32])]);
    assert_eq!(shown.refused("replace_token", json!({ "token": "abc" })).await, "token-unfit");
    assert_eq!(shown.refused("replace_token", new(9)).await, "new-token-refused");
    away(&shown.server);
    assert_eq!(shown.refused("replace_token", new(8)).await, "server-trouble");
    back(&shown.server);
    assert_eq!(shown.ask("replace_token", new(8)).await["before"], "still-good");
    assert_eq!(shown.ask("replace_token", new(8)).await["before"], "same");
    shown.server.with(|script| script.tokens = vec![Token([9; 32])]);
    assert_eq!(shown.refused("replace_token", new(7)).await, "new-token-refused");
    assert_eq!(shown.ask("replace_token", new(9)).await["before"], "revoked");
    shown.app.lock_now().await;
    let desk = Desk::open(&shown.folder, PASSPHRASE).unwrap();
    assert_eq!(desk.dangerously_token(), Token([9; 32]));
}

#[tokio::test]
async fn that_words_were_compared_is_kept_and_can_be_taken_back() {
    let (shown, phone) = one_person().await;
    let device = phone.device().to_string();
    let note = |by: &str| json!({ "device": device, "by": by });
    assert!(phone_line(&shown).await["met"].is_null());
    assert_eq!(shown.refused("note_words_met", note(" ")).await, "name-missing");
    let unknown = json!({ "device": "00".repeat(16), "by": "Ana" });
    assert_eq!(shown.refused("note_words_met", unknown).await, "phone-unknown");
    shown.ask("note_words_met", note("Ana")).await;
    let met = phone_line(&shown).await["met"].clone();
    assert_eq!(met["by"], "Ana");
    assert!(met["at"].is_string());
    shown.ask("note_words_met", note("Ben")).await;
    assert_eq!(phone_line(&shown).await["met"], met, "what was noted first stays");
    shown.app.lock_now().await;
    shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(phone_line(&shown).await["met"], met, "it is in the desk's file");
    for _ in 0..2 {
        shown.ask("forget_words_met", json!({ "device": device })).await;
        assert!(phone_line(&shown).await["met"].is_null());
    }
}

#[tokio::test]
async fn a_certificate_lies_beside_the_exports_and_takes_no_others_place() {
    let (shown, phone) = one_person().await;
    let first = shown.ask("make_certificate", json!({})).await;
    assert_eq!((&first["records"], &first["phones"]), (&json!(phone.log.len()), &json!(1)));
    let second = shown.ask("make_certificate", json!({})).await;
    assert_ne!(first["path"], second["path"]);
    for made in [first, second] {
        let path = std::path::PathBuf::from(made["path"].as_str().unwrap());
        assert_eq!(path.parent().unwrap(), shown.folder.with_file_name("desk-exports").canonicalize().unwrap());
        assert!(!check(&path).unwrap().needs_attention());
    }
    assert_eq!(shown.ask("exports", json!({})).await["made"], json!([]), "nobody's words are in it");
}

#[tokio::test]
async fn what_a_phone_still_has_is_its_own_last_word() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    phone.write("Shared", To::Study);
    let silent = world.join("P02").await;
    let sent = phone.log.len();
    for text in ["one", "two", "three"] {
        phone.write(text, To::Study);
    }
    // It has said that there are three more, and one of them has come without a word for it.
    let mut items: Vec<Item> = phone.log[..sent].iter().map(|record| Item::Record(Box::new(record.clone()))).collect();
    items.push(Item::Checkpoint(Box::new(phone.checkpoint_at(sent, sent as u64 + 3))));
    items.push(Item::Record(Box::new(phone.log[sent].clone())));
    world.server.receive(&items);
    // Of this one no checkpoint has come.
    let first = Item::Record(Box::new(silent.log[0].clone()));
    world.server.receive(&[first]);
    let shown = Shown::unlocked(world).await;
    let phones = shown.ask("collect", json!({})).await["phones"].clone();
    assert_eq!((&phones[0]["state"], &phones[0]["to_come"]), (&json!("behind"), &json!(2)));
    assert_eq!(phones[0]["received_at"], "2026-04-24T03:06:40Z");
    assert_eq!((&phones[1]["to_come"], &phones[1]["as_of"]), (&Value::Null, &Value::Null), "nothing is known");

    let rest = [&phone.log[sent + 1], &phone.log[sent + 2]].map(|record| Item::Record(Box::new(record.clone())));
    shown.server.receive(&rest);
    shown.server.receive(&[Item::Checkpoint(Box::new(phone.checkpoint()))]);
    let phones = shown.ask("collect", json!({})).await["phones"].clone();
    assert_eq!((&phones[0]["state"], &phones[0]["to_come"]), (&json!("complete"), &json!(0)));
}
