//! Names in interviews, by the page's commands.

use base64::Engine as _;
use serde_json::{Value, json};
use waymark_vault::Table;

use crate::page::Shown;
use crate::phone::To;
use crate::world::World;

const SAID: &str = "Interviewer: How was it?\nP01: I saw Dave and Kim.\nInterviewer: And Dave?";

/// One person with an entry and an interview.
async fn shown() -> Shown {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    phone.write("We saw Dave", To::Study);
    world.server.receive(&phone.items());
    let shown = Shown::unlocked(world).await;
    shown.ask("collect", json!({})).await;
    let bytes = base64::engine::general_purpose::STANDARD.encode(SAID);
    let file = json!({ "name": "Dave.txt", "bytes": bytes });
    let interview = json!({ "participant": "P01", "time_point": "T1", "day": "2026-05-04", "title": "", "file": file });
    shown.ask("add_transcript", interview).await;
    shown
}

fn decide(term: &str, replacement: &str) -> Value {
    json!({
        "terms": [{ "term": term, "sort": "name" }], "verdict": "replace", "replacement": replacement, "by": "Ash", "why": null,
    })
}

async fn copies(shown: &Shown, unread: bool) -> Value {
    shown.ask("copies", json!({ "participant": null, "unread": unread, "offset": 0, "limit": 50 })).await
}

async fn interview(shown: &Shown) -> Value {
    let line = copies(shown, false).await["interviews"][0].clone();
    shown.ask("interview_copy", json!({ "transcript": line["transcript"] })).await
}

fn export(format: &str) -> Value {
    json!({
        "format": format, "documents": "participant", "line_ends": "lf", "original": false, "only_read": false,
        "by": "Ash", "why": null,
    })
}

#[tokio::test]
async fn an_interview_is_decided_about_in_the_same_list_read_whole_and_exported() {
    let shown = shown().await;
    let names = shown.ask("names", json!({})).await;
    let dave = &names["found"][0];
    // Each text of an entry stands in an answer once more.
    assert_eq!((&dave["term"], &dave["times"], &dave["people"]), (&json!("Dave"), &json!(4), &json!(1)));
    assert_eq!(dave["examples"][2]["time_point"], "T1");
    let names = shown.ask("decide_names", decide("Dave", "[Person 1]")).await;
    assert_eq!(names["decided"][0]["times"], 4);
    assert_eq!(names["count"], json!({ "entries": 1, "read": 0, "interviews": 1, "interviews_read": 0 }));

    let copy = interview(&shown).await;
    let marks: Vec<(&Value, &Value)> = copy["text"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|piece| piece["may_be"] == true || !piece["was"].is_null())
        .map(|piece| (&piece["text"], &piece["was"]))
        .collect();
    let [dave, kim] = [(&json!("[Person 1]"), &json!("Dave")), (&json!("Kim"), &Value::Null)];
    assert_eq!(marks, [(&json!("How"), &Value::Null), dave, kim, dave]);
    let line = &copy["line"];
    assert_eq!((&line["participant"], &line["time_point"], &line["words"]), (&json!("P01"), &json!("T1"), &json!(13)));

    let read = shown.ask("mark_read", json!({ "copies": [copy["copy"]], "by": "Robin" })).await;
    assert_eq!((&read["read"], &read["interviews_read"]), (&json!(0), &json!(1)));
    assert_eq!(copies(&shown, true).await["interviews"], json!([]));
    assert_eq!(copies(&shown, false).await["interviews"][0]["read_by"], "Robin");
    // Something else is decided: it is another copy.
    shown.ask("decide_names", decide("Kim", "[Person 2]")).await;
    let stale = json!({ "copies": [copy["copy"]], "by": "Robin" });
    assert_eq!(shown.refused("mark_read", stale).await, "copy-changed");
    let entry = copies(&shown, false).await["copies"][0]["copy"].clone();
    let read = json!({ "copies": [entry, interview(&shown).await["copy"]], "by": "Robin" });
    assert_eq!(shown.ask("mark_read", read).await["interviews_read"], 1);

    let done = shown.ask("export", export("md")).await;
    let text = std::fs::read_to_string(done["path"].as_str().unwrap()).unwrap();
    assert!(text.contains("P01: I saw [Person 1] and [Person 2].") && !text.contains("Dave") && !text.contains("Kim"));
    assert_eq!((&done["interviews"], &done["left_out_interviews"]), (&json!(1), &json!(0)));
    // What is said of it is corrected: it is to be read anew.
    let transcript = copy["line"]["transcript"].clone();
    let said =
        json!({ "transcript": transcript, "participant": "P01", "time_point": "T2", "day": "2026-05-04", "title": "" });
    shown.ask("change_transcript", said).await;
    assert_eq!(shown.refused("export", export("md")).await, "copies-unread");
    let mut only_read = export("docx");
    only_read["only_read"] = json!(true);
    assert_eq!(shown.ask("export", only_read).await["left_out_interviews"], 1);
    assert_eq!(shown.ask("export", export("csv")).await["left_out_interviews"], 0);
    let removed = shown.ask("remove_transcript", json!({ "transcript": transcript })).await;
    assert_eq!(removed["exports"].as_array().unwrap().len(), 1);
    assert_eq!(shown.refused("interview_copy", json!({ "transcript": transcript })).await, "transcript-unknown");
}

#[tokio::test]
async fn the_studys_title_in_a_copys_file_name_is_a_copy_too() {
    let shown = shown().await;
    let title = shown.ask("status", json!({})).await["study"]["title"].as_str().unwrap().to_owned();
    let word = title.split(|c: char| !c.is_alphanumeric()).find(|word| word.len() > 3).unwrap().to_owned();
    shown.ask("decide_names", decide(&word, "Somewhere")).await;
    let page = copies(&shown, false).await;
    let read = json!({ "copies": [page["copies"][0]["copy"], interview(&shown).await["copy"]], "by": "Robin" });
    shown.ask("mark_read", read).await;
    let path = shown.ask("export", export("md")).await["path"].as_str().unwrap().to_owned();
    let name = std::path::Path::new(&path).file_name().unwrap().to_str().unwrap();
    assert!(name.contains("somewhere") && !name.contains(&word.to_lowercase()), "{name}");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.lines().next().unwrap().contains("Somewhere") && !text.contains(&word), "{text}");
}

#[tokio::test]
async fn a_damaged_interview_is_named_in_the_filters_and_removed() {
    let shown = shown().await;
    shown.app.lock_now().await;
    {
        let mut desk = waymark_desk::Desk::open(&shown.folder, crate::world::PASSPHRASE).unwrap();
        desk.vault.write(|tx| tx.put(Table::new("transcripts"), &[7; 16], b"{}")).unwrap();
    }
    shown.ask("unlock", json!({ "passphrase": crate::world::PASSPHRASE })).await;
    let damaged = shown.ask("filters", json!({})).await["damaged"].clone();
    assert_eq!(damaged, json!(["07".repeat(16)]));
    assert_eq!(shown.refused("transcript", json!({ "transcript": damaged[0] })).await, "transcript-unreadable");
    assert_eq!(copies(&shown, false).await["interviews"].as_array().unwrap().len(), 1);
    shown.ask("remove_transcript", json!({ "transcript": damaged[0] })).await;
    assert_eq!(shown.ask("filters", json!({})).await["damaged"], json!([]));
}
