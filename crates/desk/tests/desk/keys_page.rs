//! Who can open the desk, in the page: passphrases of several researchers, and custodians with their shares.

use std::fs;

use serde_json::{Value, json};
use waymark_desk::desk::DeskError;
use waymark_desk::rotate::rotate;
use waymark_desk::{Desk, custody};
use waymark_vault::{Secret, SystemRng, Table, Vault};

use crate::page::Shown;
use crate::world::{NOW, PASSPHRASE, World};

const ROBINS: &str = "the kettle is on again";
const ANOTHER: &str = "a passphrase that nobody has forgotten";

fn adding(name: &str, passphrase: &str) -> Value {
    json!({ "current": PASSPHRASE, "name": name, "passphrase": passphrase })
}

fn names(view: &Value) -> Vec<&Value> {
    view["passphrases"].as_array().unwrap().iter().map(|one| &one["name"]).collect()
}

/// Whether the desk's file opens with it. The page has to be locked.
fn opens(shown: &Shown, passphrase: &str) -> bool {
    match Desk::open(&shown.folder, passphrase) {
        Ok(_) => true,
        Err(error) => {
            assert!(matches!(error, DeskError::WrongPassphrase), "whichever there are: {error}");
            false
        }
    }
}

#[tokio::test]
async fn each_researcher_has_a_passphrase_of_their_own_until_it_is_removed() {
    let shown = Shown::unlocked(World::new().await).await;
    let view = shown.ask("keys", json!({})).await;
    assert_eq!((names(&view), &view["most_passphrases"]), (vec![&Value::Null], &json!(8)), "a desk from before");
    assert_eq!(
        shown.refused("add_passphrase", json!({ "current": "no", "name": "Robin", "passphrase": ROBINS })).await,
        "wrong-passphrase"
    );
    let view = shown.ask("add_passphrase", adding(" Robin ", ROBINS)).await;
    assert_eq!(names(&view), [&Value::Null, &json!("Robin")]);
    assert!(view["passphrases"][1]["since"].is_string() && !view.to_string().contains(ROBINS));
    for (name, passphrase, code) in [
        ("robin", "still another", "passphrase-name-taken"),
        ("Team office", ROBINS, "passphrase-taken"),
        ("Team office", PASSPHRASE, "passphrase-taken"),
        ("", "still another", "passphrase-name-unfit"),
        ("Team\noffice", "still another", "passphrase-name-unfit"),
        ("Team office", "", "passphrase-empty"),
    ] {
        assert_eq!(shown.refused("add_passphrase", adding(name, passphrase)).await, code, "{name}");
    }

    shown.ask("lock", json!({})).await;
    shown.ask("unlock", json!({ "passphrase": ROBINS })).await;
    // Robin takes another one and another name, and the first one stays as it is.
    let changed = json!({ "current": ROBINS, "name": "Robin B.", "passphrase": ANOTHER });
    assert_eq!(names(&shown.ask("change_passphrase", changed).await), [&Value::Null, &json!("Robin B.")]);
    let kept = json!({ "current": ANOTHER, "name": null, "passphrase": ROBINS });
    let view = shown.ask("change_passphrase", kept).await;
    assert_eq!(names(&view), [&Value::Null, &json!("Robin B.")]);

    let [first, robins] = [0, 1].map(|place| view["passphrases"][place]["id"].clone());
    let remove = |current: &str, id: &Value| json!({ "current": current, "id": id });
    assert_eq!(shown.refused("remove_passphrase", remove(ANOTHER, &robins)).await, "wrong-passphrase");
    assert_eq!(shown.refused("remove_passphrase", remove(ROBINS, &json!("00"))).await, "passphrase-unknown");
    let view = shown.ask("remove_passphrase", remove(PASSPHRASE, &robins)).await;
    assert_eq!(names(&view), [&Value::Null]);
    assert_eq!(shown.refused("remove_passphrase", remove(PASSPHRASE, &first)).await, "passphrase-last");
    assert_eq!(shown.refused("remove_passphrase", remove(PASSPHRASE, &robins)).await, "passphrase-unknown");
    shown.ask("lock", json!({})).await;
    assert!(opens(&shown, PASSPHRASE) && !opens(&shown, ROBINS) && !opens(&shown, ANOTHER));
    // Its name is gone with it, and of its slot there is no byte.
    let id: Vec<u8> = hex(robins.as_str().unwrap());
    let file = fs::read(shown.folder.join("desk.waymark")).unwrap();
    assert!(!file.windows(id.len()).any(|window| window == id));
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[tokio::test]
async fn shares_are_shown_once_tried_without_showing_anything_and_open_a_desk_of_which_nobody_knows_the_passphrase() {
    let shown = Shown::unlocked(World::new().await).await;
    let splitting = |current: &str, threshold: u8, custodians: &[&str]| json!({ "current": current, "threshold": threshold, "custodians": custodians });
    let three = ["Ana", "", "Chidi"];
    assert_eq!(shown.refused("split_keys", splitting("no", 2, &three)).await, "wrong-passphrase");
    assert_eq!(shown.refused("split_keys", splitting(PASSPHRASE, 1, &three)).await, "split-unfit");
    assert_eq!(shown.refused("split_keys", splitting(PASSPHRASE, 4, &three)).await, "split-unfit");
    assert_eq!(shown.refused("split_keys", splitting(PASSPHRASE, 2, &["A\nna", "B"])).await, "custodian-unfit");
    assert_eq!(shown.ask("keys", json!({})).await["splits"], json!([]), "nothing was split");
    let made = shown.ask("split_keys", splitting(PASSPHRASE, 2, &three)).await;
    let sheets = made["sheets"].as_array().unwrap();
    assert_eq!(sheets.len(), 3);
    assert_eq!((&sheets[0]["custodian"], &sheets[1]["custodian"]), (&json!("Ana"), &Value::Null));
    let text = |place: usize| sheets[place]["text"].as_str().unwrap().to_owned();
    let view = shown.ask("keys", json!({})).await;
    assert_eq!(view, made["keys"]);
    assert_eq!(view["splits"][0]["custodians"], json!(["Ana", null, "Chidi"]));
    assert!(!view.to_string().contains(&text(0)[..11]));
    let later = shown.ask("split_keys", splitting(PASSPHRASE, 2, &["", ""])).await;
    let splits = &later["keys"]["splits"];
    assert_eq!((splits[0]["of"].as_u64(), splits[1]["of"].as_u64()), (Some(2), Some(3)), "the last one first");

    let tried = async |shares: &[&str]| shown.ask("try_shares", json!({ "shares": shares })).await;
    let is =
        |tried: &Value| tried["shares"].as_array().unwrap().iter().map(|one| one["is"].clone()).collect::<Vec<_>>();
    let (one, three) = (text(0).to_lowercase(), text(2));
    let mistyped = one.replacen(char::is_numeric, "Z", 1);
    let of_later = later["sheets"][1]["text"].as_str().unwrap();
    let answer = tried(&[&one, "hello!", &mistyped, &one, of_later]).await;
    assert_eq!(is(&answer), [json!("good"), json!("not-one"), json!("mistyped"), json!("twice"), json!("other-set")]);
    assert_eq!((&answer["need"], &answer["gives"]), (&json!(2), &json!("too-few")));
    let answer = tried(&[&one, &three]).await;
    assert_eq!((&answer["shares"][1]["number"], &answer["gives"]), (&json!(3), &json!("keys")));
    assert!(!answer.to_string().to_lowercase().contains(&one[..11]), "nothing of a share comes back");
    assert_eq!(tried(&[]).await["gives"], "too-few");
    let many = vec![one.as_str(); 21];
    assert_eq!(shown.refused("try_shares", json!({ "shares": many })).await, "internal");

    shown.ask("add_passphrase", adding("Robin", ROBINS)).await;
    let join = |shares: &[&str], passphrase: &str| json!({ "shares": shares, "name": "Ana and Chidi", "passphrase": passphrase });
    assert_eq!(shown.refused("join_keys", join(&[&one, &three], ANOTHER)).await, "in-use", "it is open");
    shown.ask("lock", json!({})).await;
    assert_eq!(tried(&[&one, &three]).await["gives"], "keys", "also while it is locked");
    for (shares, passphrase, code) in [
        (&[one.as_str()][..], ANOTHER, "shares-give-nothing"),
        (&[&one, of_later], ANOTHER, "shares-give-nothing"),
        (&[&one, &mistyped], ANOTHER, "share-unreadable"),
        (&[&one, &three], "", "passphrase-empty"),
    ] {
        assert_eq!(shown.refused("join_keys", join(shares, passphrase)).await, code);
    }
    assert!(opens(&shown, PASSPHRASE) && opens(&shown, ROBINS), "nothing has changed");
    let status = shown.ask("join_keys", join(&[&one, &three], ANOTHER)).await;
    assert_eq!(status["open"], true);
    assert_eq!(names(&shown.ask("keys", json!({})).await), [&json!("Ana and Chidi")]);
    shown.ask("lock", json!({})).await;
    assert!(opens(&shown, ANOTHER) && !opens(&shown, PASSPHRASE) && !opens(&shown, ROBINS));
}

#[tokio::test]
async fn shares_of_another_study_are_told_apart_and_open_nothing() {
    let (one, other) = (Shown::unlocked(World::new().await).await, Shown::unlocked(World::new().await).await);
    let splitting = json!({ "current": PASSPHRASE, "threshold": 2, "custodians": ["", ""] });
    let made = other.ask("split_keys", splitting.clone()).await;
    let shares: Vec<&Value> = made["sheets"].as_array().unwrap().iter().map(|sheet| &sheet["text"]).collect();
    assert_eq!(one.ask("try_shares", json!({ "shares": shares })).await["gives"], "other-study");
    let join = json!({ "shares": shares, "name": "Ana", "passphrase": ANOTHER });
    one.ask("lock", json!({})).await;
    assert_eq!(one.refused("join_keys", join.clone()).await, "shares-not-this-file", "its keys were never split");
    one.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    one.ask("split_keys", splitting).await;
    one.ask("lock", json!({})).await;
    assert_eq!(one.refused("join_keys", join).await, "shares-other-study");
    assert!(opens(&one, PASSPHRASE));
}

#[tokio::test]
async fn sheets_from_before_the_keys_were_changed_are_called_so_and_new_ones_give_the_keys() {
    let mut world = World::new().await;
    let old = custody::split(&mut world.desk, 2, 2, Vec::new(), NOW).unwrap();
    rotate(&mut world.desk).await.unwrap();
    let shown = Shown::unlocked(world).await;
    assert_eq!(shown.ask("keys", json!({})).await["splits"][0]["older_keys"], true);
    let gives = async |shares: Value| shown.ask("try_shares", json!({ "shares": shares })).await["gives"].clone();
    let typed = old.iter().map(|share| share.dangerously_text().to_string()).collect::<Vec<_>>();
    assert_eq!(gives(json!(typed)).await, "older-keys");
    let split = json!({ "current": PASSPHRASE, "threshold": 2, "custodians": ["", ""] });
    let made = shown.ask("split_keys", split).await;
    let older = |place: usize| made["keys"]["splits"][place]["older_keys"].clone();
    assert_eq!((older(0), older(1)), (json!(false), json!(true)));
    assert_eq!(gives(json!([made["sheets"][0]["text"], made["sheets"][1]["text"]])).await, "keys");
}

/// The desk's file, for somebody who damages it. The page has to be locked.
fn file_of(shown: &Shown, passphrase: &str) -> Vault {
    let path = shown.folder.join("desk.waymark");
    Vault::open(path, &Secret::Passphrase(passphrase), Box::new(SystemRng)).unwrap()
}

fn damage(vault: &mut Vault, table: Table, id: &[u8]) {
    vault.write(|tx| tx.put(table, id, b"{")).unwrap();
}

#[tokio::test]
async fn a_passphrase_that_was_added_changed_or_removed_is_told_also_where_the_page_cannot_be_shown_anew() {
    let shown = Shown::of(World::new().await);
    damage(&mut file_of(&shown, PASSPHRASE), Table::new("desk"), b"custody");
    shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(shown.refused("keys", json!({})).await, "damaged");
    assert_eq!(shown.refused("add_passphrase", adding("Robin", ROBINS)).await, "done-unread");
    let change = json!({ "current": ROBINS, "name": null, "passphrase": ANOTHER });
    assert_eq!(shown.refused("change_passphrase", change.clone()).await, "done-unread");
    assert_eq!(shown.refused("change_passphrase", change).await, "wrong-passphrase", "it was changed");
    shown.ask("lock", json!({})).await;
    let first = file_of(&shown, ANOTHER).which_passphrase(PASSPHRASE).unwrap();
    let id: String = first.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    shown.ask("unlock", json!({ "passphrase": ANOTHER })).await;
    let remove = json!({ "current": ANOTHER, "id": id });
    assert_eq!(shown.refused("remove_passphrase", remove).await, "done-unread");
    shown.ask("lock", json!({})).await;
    assert!(opens(&shown, ANOTHER) && !opens(&shown, PASSPHRASE) && !opens(&shown, ROBINS));
}

#[tokio::test]
async fn keys_are_split_only_where_the_sheets_can_be_shown_after_it() {
    let shown = Shown::of(World::new().await);
    let mut file = file_of(&shown, PASSPHRASE);
    let first = file.passphrases().unwrap()[0].id;
    damage(&mut file, Table::new("passphrase"), first.as_bytes());
    drop(file);
    shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    let split = json!({ "current": PASSPHRASE, "threshold": 2, "custodians": ["", ""] });
    assert_eq!(shown.refused("split_keys", split.clone()).await, "damaged");
    shown.ask("lock", json!({})).await;
    let mut file = file_of(&shown, PASSPHRASE);
    file.write(|tx| tx.delete(Table::new("passphrase"), first.as_bytes()).map(drop)).unwrap();
    drop(file);
    shown.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(shown.ask("keys", json!({})).await["splits"], json!([]), "no sheets were made that nobody saw");
    assert_eq!(shown.ask("split_keys", split).await["sheets"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn custodians_are_told_that_their_passphrase_took_the_place_of_all_where_the_desk_cannot_be_read_after_it() {
    let shown = Shown::unlocked(World::new().await).await;
    let split = json!({ "current": PASSPHRASE, "threshold": 2, "custodians": ["", ""] });
    let made = shown.ask("split_keys", split).await;
    let shares: Vec<&Value> = made["sheets"].as_array().unwrap().iter().map(|sheet| &sheet["text"]).collect();
    shown.ask("lock", json!({})).await;
    damage(&mut file_of(&shown, PASSPHRASE), Table::new("pseudonyms"), &[0; 8]);
    let join = json!({ "shares": shares, "name": "Ana", "passphrase": ANOTHER });
    assert_eq!(shown.refused("join_keys", join).await, "done-unread");
    assert!(opens(&shown, ANOTHER) && !opens(&shown, PASSPHRASE));
}
