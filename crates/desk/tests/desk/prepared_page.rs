//! Names, copies, exports and erasing, by the page's commands.

use serde_json::{Value, json};
use waymark_desk::page::DeskApp;

use crate::page::Shown;
use crate::phone::To;
use crate::world::{PASSPHRASE, World};

async fn of_texts(texts: &[(&str, &str)]) -> Shown {
    let mut world = World::new().await;
    for participant in ["P01", "P02"] {
        let mut phone = world.join(participant).await;
        for (_, text) in texts.iter().filter(|(of, _)| *of == participant) {
            phone.write(text, To::Study);
        }
        world.server.receive(&phone.items());
    }
    let shown = Shown::unlocked(world).await;
    shown.ask("collect", json!({})).await;
    shown
}

async fn shown() -> Shown {
    of_texts(&[("P01", "We saw Dave and Ann"), ("P01", "Nobody came"), ("P02", "Again with Dave")]).await
}

fn decide(term: &str, replacement: &str) -> Value {
    json!({
        "terms": [{ "term": term, "sort": "name" }], "verdict": "replace", "replacement": replacement,
        "by": "Ash", "why": "a client",
    })
}

fn terms(names: &Value, list: &str) -> Vec<String> {
    names[list].as_array().unwrap().iter().map(|name| name["term"].as_str().unwrap().to_owned()).collect()
}

async fn all_copies(shown: &Shown) -> Vec<Value> {
    let page = shown.ask("copies", json!({ "participant": null, "unread": false, "offset": 0, "limit": 50 })).await;
    page["copies"].as_array().unwrap().clone()
}

async fn read_all(shown: &Shown) -> Value {
    let copies: Vec<Value> = all_copies(shown).await.iter().map(|copy| copy["copy"].clone()).collect();
    shown.ask("mark_read", json!({ "copies": copies, "by": "Robin" })).await
}

fn export(format: &str) -> Value {
    json!({
        "format": format, "documents": "participant", "line_ends": "lf", "original": false, "only_read": false,
        "by": "Ash", "why": null,
    })
}

fn with(mut value: Value, key: &str, to: Value) -> Value {
    value[key] = to;
    value
}

#[tokio::test]
async fn names_are_decided_once_and_stay_decided() {
    let shown = shown().await;
    let names = shown.ask("names", json!({})).await;
    // Each text stands in an answer once more.
    let found: Vec<(&Value, &Value)> =
        names["found"].as_array().unwrap().iter().map(|name| (&name["term"], &name["times"])).collect();
    assert_eq!(found[..2], [(&json!("Dave"), &json!(4)), (&json!("Again"), &json!(2))]);
    assert_eq!((&names["found"][0]["people"], &names["last_by"]), (&json!(2), &Value::Null));
    let names = shown.ask("decide_names", decide("Dave", "[Person 1]")).await;
    assert_eq!((terms(&names, "found")[0].as_str(), terms(&names, "decided")), ("Again", vec!["Dave".to_owned()]));
    let decided = &names["decided"][0];
    assert_eq!((&decided["by"], &decided["why"], &decided["times"]), (&json!("Ash"), &json!("a client"), &json!(4)));
    assert_eq!(names["last_by"], "Ash");
    shown.app.lock_now().await;
    shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(shown.ask("names", json!({})).await, names);
    let undone = with(with(decide("Dave", ""), "verdict", json!("undone")), "why", Value::Null);
    let names = shown.ask("decide_names", undone).await;
    assert_eq!((terms(&names, "found")[0].as_str(), terms(&names, "decided").len()), ("Dave", 0));
    let history = shown.ask("names_history", json!({})).await;
    let verdicts: Vec<&Value> = history.as_array().unwrap().iter().map(|each| &each["verdict"]).collect();
    assert_eq!(verdicts, ["undone", "replace"]);
    let names = shown.ask("forget_names", json!({ "terms": ["Dave"] })).await;
    assert_eq!(shown.ask("names_history", json!({})).await, json!([]));
    assert_eq!(names["used"], json!(["[Person 1]"]), "nobody else is called so");
    assert!(!format!("{:?}", shown.app).contains("Dave") && !format!("{:?}", shown.app).contains("Ash"));
}

#[tokio::test]
async fn what_cannot_be_decided_is_said_and_changes_nothing() {
    let shown = shown().await;
    let good = || decide("Dave", "[Person 1]");
    for (wrong, code) in [
        (with(good(), "by", json!(" ")), "name-missing"),
        (with(good(), "why", json!("a\nb")), "reason-unfit"),
        (with(good(), "replacement", json!("")), "pseudonym-unfit"),
        (with(good(), "replacement", Value::Null), "pseudonym-unfit"),
        (with(good(), "terms", json!([])), "term-unfit"),
        (
            with(good(), "terms", json!([{ "term": "Dave", "sort": "name" }, { "term": "", "sort": "added" }])),
            "term-unfit",
        ),
        (with(good(), "terms", json!(vec![json!({ "term": "D", "sort": "name" }); 501])), "term-unfit"),
    ] {
        assert_eq!(shown.refused("decide_names", wrong).await, code);
    }
    assert_eq!(shown.ask("names", json!({})).await["decided"], json!([]));
}

#[tokio::test]
async fn copies_are_read_one_by_one_and_anew_when_something_else_is_decided() {
    let shown = shown().await;
    shown.ask("decide_names", decide("Dave", "[Person 1]")).await;
    let copies = all_copies(&shown).await;
    let pieces = json!([
        { "text": "We saw ", "was": null }, { "text": "[Person 1]", "was": "Dave" }, { "text": " and Ann", "was": null },
    ]);
    let of = copies.iter().find(|copy| copy["text"] == pieces).expect("the copy is there");
    let read = shown.ask("mark_read", json!({ "copies": [of["copy"]], "by": "Robin" })).await;
    assert_eq!(read, json!({ "entries": 3, "read": 1, "interviews": 0, "interviews_read": 0 }));
    let unread = shown.ask("copies", json!({ "participant": "P01", "unread": true, "offset": 0, "limit": 50 })).await;
    assert_eq!(
        (&unread["total"], &unread["count"]["read"], &unread["count"]["entries"]),
        (&json!(1), &json!(1), &json!(3))
    );
    shown.ask("decide_names", decide("Ann", "[Person 2]")).await;
    assert_eq!(shown.ask("exports", json!({})).await["count"]["read"], 0);
    let stale = json!({ "copies": [of["copy"]], "by": "Robin" });
    assert_eq!(shown.refused("mark_read", stale).await, "copy-changed");
    assert_eq!(shown.refused("mark_read", json!({ "copies": ["?"], "by": "Robin" })).await, "copy-changed");
    assert_eq!(read_all(&shown).await, json!({ "entries": 3, "read": 3, "interviews": 0, "interviews_read": 0 }));
    let copies = all_copies(&shown).await;
    assert!(copies.iter().all(|copy| copy["read_by"] == "Robin" && copy["read_at"].is_string()));
    let read = shown.ask("mark_unread", json!({ "copy": copies[0]["copy"] })).await;
    assert_eq!(read, json!({ "entries": 3, "read": 2, "interviews": 0, "interviews_read": 0 }));
}

#[tokio::test]
async fn an_export_lies_beside_the_desk_and_is_in_the_list() {
    let shown = shown().await;
    shown.ask("decide_names", decide("Dave", "[Person 1]")).await;
    for (wrong, code) in [
        (export("csv"), "copies-unread"),
        (with(export("csv"), "by", json!("")), "name-missing"),
        (with(export("csv"), "original", json!(true)), "reason-missing"),
    ] {
        assert_eq!(shown.refused("export", wrong).await, code);
    }
    assert_eq!(shown.ask("exports", json!({})).await["made"], json!([]));
    read_all(&shown).await;
    let done = shown.ask("export", export("md")).await;
    let text = std::fs::read_to_string(done["path"].as_str().unwrap()).unwrap();
    assert!(text.contains("We saw [Person 1] and Ann") && !text.contains("Dave"));
    let folder = done["exports"]["folder"].as_str().unwrap();
    assert!(done["path"].as_str().unwrap().starts_with(folder) && folder.ends_with("desk-exports"));
    assert_eq!((&done["revisions"], &done["left_out"]), (&json!(3), &json!(0)));
    let again = shown.ask("export", export("md")).await;
    assert_ne!(again["path"], done["path"], "none takes another's place");
    let original = with(with(export("md"), "original", json!(true)), "why", json!("to check a quotation"));
    let original = shown.ask("export", original).await;
    assert!(std::fs::read_to_string(original["path"].as_str().unwrap()).unwrap().contains("Dave"));
    let made = original["exports"]["made"].as_array().unwrap();
    let words: Vec<(&Value, &Value, &Value)> =
        made.iter().map(|made| (&made["copy"], &made["by"], &made["why"])).collect();
    assert_eq!(words[0], (&json!(false), &json!("Ash"), &json!("to check a quotation")), "the newest first");
    assert_eq!(words[2], (&json!(true), &json!("Ash"), &Value::Null));
    assert_eq!(made[2]["read_by"], json!(["Robin"]));
    let codebook = shown.ask("export", with(export("qdc"), "by", json!(""))).await;
    assert!(codebook["path"].as_str().unwrap().ends_with("codebook.qdc"), "nobody's words are in it");
    // What a program that was killed has left is there until the next export, and known.
    let left = std::path::Path::new(folder).join(".somebody.md.0123456789abcdef");
    std::fs::write(&left, "We saw Dave").unwrap();
    std::fs::remove_file(done["path"].as_str().unwrap()).unwrap();
    let name = std::path::Path::new(done["path"].as_str().unwrap()).file_name().unwrap().to_str().unwrap();
    let half = std::path::Path::new(folder).join(format!(".{name}.0123456789abcdef"));
    std::fs::write(&half, "We saw").unwrap();
    let there =
        async || shown.ask("exports", json!({})).await["made"].as_array().unwrap().last().unwrap()["there"].clone();
    assert_eq!(there().await, true);
    shown.ask("export", export("md")).await;
    assert!(!left.exists() && !half.exists());
    assert_eq!(there().await, false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
        shown.ask("export", export("md")).await;
        assert_eq!(std::fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_to_is_said_and_nothing_is_listed() {
    let shown = shown().await;
    let in_the_way = shown.folder.with_file_name("desk-exports");
    std::fs::write(&in_the_way, "a file").unwrap();
    let original = with(with(export("csv"), "original", json!(true)), "why", json!("a reason"));
    assert_eq!(shown.refused("export", original).await, "export-unwritable");
    assert_eq!(shown.ask("exports", json!({})).await["made"], json!([]));
    assert_eq!(std::fs::read_to_string(&in_the_way).unwrap(), "a file");
}

#[tokio::test]
async fn an_erasure_is_shown_confirmed_and_names_the_exports_that_hold_it() {
    let shown = shown().await;
    let original = with(with(export("csv"), "original", json!(true)), "why", json!("a reason"));
    let exported = shown.ask("export", original).await;
    let wanted = json!({ "participant": "P01", "entry": null, "private_too": false });
    let plan = shown.ask("plan_erasure", wanted.clone()).await;
    assert_eq!(plan["counts"], json!({ "entries": 2, "notices": 0, "private": 0 }));
    let order = json!({
        "wanted": wanted, "counts": plan["counts"], "reason": "asked by letter", "confirm": "P01",
    });
    let fewer = json!({ "entries": 1, "notices": 0, "private": 0 });
    for (wrong, code) in [
        (with(order.clone(), "confirm", json!("P02")), "not-confirmed"),
        (with(order.clone(), "counts", fewer), "erasure-changed"),
        (with(order.clone(), "reason", json!(" ")), "reason-missing"),
        (with(order.clone(), "reason", json!("a\nb")), "reason-unfit"),
    ] {
        assert_eq!(shown.refused("erase", wrong).await, code);
    }
    assert_eq!(shown.texts(json!({})).await.len(), 3);
    let done = shown.ask("erase", order).await;
    assert_eq!((&done["counts"], &done["not_sent"]), (&plan["counts"], &Value::Null));
    assert_eq!((&done["exports"][0]["path"], &done["exports"][0]["withdrawn"]), (&exported["path"], &json!(2)));
    assert_eq!(shown.texts(json!({})).await, ["Again with Dave"]);
    // One that was moved is named too, and one that has nothing of it is not.
    let original = with(with(export("md"), "original", json!(true)), "why", json!("a reason"));
    let moved = shown.ask("export", original).await;
    std::fs::remove_file(moved["path"].as_str().unwrap()).unwrap();
    let wanted = json!({ "participant": "P02", "entry": null, "private_too": false });
    let counts = shown.ask("plan_erasure", wanted.clone()).await["counts"].clone();
    let order = json!({ "wanted": wanted, "counts": counts, "reason": "asked", "confirm": "P02" });
    let named = shown.ask("erase", order).await["exports"].clone();
    let there: Vec<(&Value, &Value)> =
        named.as_array().unwrap().iter().map(|made| (&made["path"], &made["there"])).collect();
    assert_eq!(there, [(&moved["path"], &json!(false)), (&exported["path"], &json!(true))]);
    let nobody = json!({ "participant": "P09", "entry": null, "private_too": false });
    assert_eq!(shown.refused("plan_erasure", nobody).await, "participant-unknown");
}

#[tokio::test]
async fn one_entry_is_erased_alone() {
    let shown = shown().await;
    let page = shown.ask("entries", json!({ "words": "nobody", "offset": 0, "limit": 10 })).await;
    let wanted = json!({ "participant": "P01", "entry": page["entries"][0]["entry"], "private_too": false });
    let plan = shown.ask("plan_erasure", wanted.clone()).await;
    assert_eq!(plan["counts"]["entries"], 1);
    let order = json!({ "wanted": wanted, "counts": plan["counts"], "reason": "asked", "confirm": " P01 " });
    shown.ask("erase", order).await;
    assert_eq!(shown.texts(json!({})).await, ["We saw Dave and Ann", "Again with Dave"]);
}

#[tokio::test]
async fn a_locked_desk_prepares_nothing() {
    let shown = shown().await;
    shown.app.lock_now().await;
    for (name, input) in [
        ("names", json!({})),
        ("names_history", json!({})),
        ("decide_names", decide("Dave", "[Person 1]")),
        ("forget_names", json!({ "terms": ["Dave"] })),
        ("copies", json!({ "participant": null, "unread": false, "offset": 0, "limit": 50 })),
        ("interview_copy", json!({ "transcript": "07".repeat(16) })),
        ("exports", json!({})),
        ("export", export("md")),
        ("show_exports", json!({})),
        ("plan_erasure", json!({ "participant": "P01", "entry": null, "private_too": false })),
    ] {
        assert_eq!(shown.refused(name, input).await, "locked", "{name}");
    }
    let nowhere = DeskApp::new(shown.folder.with_file_name("none"));
    assert!(nowhere.call("names", json!({})).await.is_err());
}
