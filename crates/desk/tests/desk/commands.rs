//! The program itself: its exit codes and what it prints.

use std::path::Path;
use std::process::{Command, Output};

use waymark_desk::export::note_printed;
use waymark_protocol::api::Token;
use waymark_protocol::content::What;

use crate::phone::{Phone, To};
use crate::server::TestServer;
use crate::world::{PASSPHRASE, World, example};

async fn desk(arguments: &[&str]) -> Output {
    desk_with(&[], arguments).await
}

async fn desk_with(variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waymark-desk"));
    command.args(arguments).env("WAYMARK_PASSPHRASE", PASSPHRASE).envs(variables.iter().copied());
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    assert!(output.stderr.is_empty() || output.status.code() == Some(3), "quiet in a pipe: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_path_with_its_exit_codes() {
    let server = TestServer::start().await;
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("desk");
    let (folder, study) = (folder.to_str().unwrap(), example());
    let (study, token) = (study.to_str().unwrap(), Token([9; 32]).to_string());
    let url = server.url.as_str();
    let new = ["new", "--desk", folder, "--study", study, "--server", url, "--token", &token];
    assert_eq!(desk(&new).await.status.code(), Some(0));
    let again = desk(&new).await;
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8(again.stderr).unwrap().contains("already"));

    let invited = json(&desk(&["invite", "--desk", folder, "--participant", "Ash", "--json"]).await);
    assert_eq!(invited["participant"], "Ash");
    let link = invited["link"].as_str().unwrap();
    let invitation = waymark_protocol::invitation::Invitation::parse(link).unwrap();
    let typed = waymark_protocol::invitation::Invitation::parse(invited["text"].as_str().unwrap()).unwrap();
    assert_eq!(typed.secret.code(), invitation.secret.code());
    assert!(invited["qr_svg"].as_str().unwrap().starts_with("<svg"));
    assert!(
        invited.get("page_link").is_none() && invited.get("page_qr_svg").is_none(),
        "the example study has no page"
    );

    let certificate = server.with(|script| script.certificates[0].clone());
    let sealing = server.with(|script| script.registered.as_ref().unwrap().encryption_key);
    let mut phone = Phone::join(&certificate, &invitation.secret, sealing);
    phone.write("one", To::Study);
    phone.write("two", To::Writer);
    server.receive(&phone.items());
    let pulled = desk(&["pull", "--desk", folder, "--json"]).await;
    assert_eq!(pulled.status.code(), Some(0));
    let expected = serde_json::json!({"received": 4, "opened": 1, "private": 1, "control": 2, "erased": 0, "waiting": 0,
        "quarantined": []});
    assert_eq!(json(&pulled), expected);
    let verified = desk(&["verify", "--desk", folder, "--json"]).await;
    assert_eq!(verified.status.code(), Some(0));
    let expected = serde_json::json!({"devices": [{"participant": "Ash", "device": phone.device(), "seq": 4,
        "as_of": "2026-04-24T03:06:40Z", "state": "complete"}]});
    assert_eq!(json(&verified), expected);
    let out = temporary.path().join("out.jsonl");
    let exported = desk(&["export", "--desk", folder, "--format", "jsonl", "--out", out.to_str().unwrap()]).await;
    assert_eq!(exported.status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(out).unwrap().lines().count(), 1);

    server.with(|script| script.push_bytes(crate::phone::changed(&phone.log[2], |_, _, body| body[9] ^= 1)));
    assert_eq!(desk(&["pull", "--desk", folder, "--json"]).await.status.code(), Some(3));
    let verified = desk(&["verify", "--desk", folder]).await;
    assert_eq!(verified.status.code(), Some(3));
    assert!(stdout(&verified).contains("complete"));
    assert_eq!(desk(&["pull", "--desk", folder]).await.status.code(), Some(3));

    server.with(|script| script.troubles.push_back(crate::server::Trouble::Status(200, &[], b"x".to_vec())));
    let failed = desk(&["pull", "--desk", folder]).await;
    assert_eq!(failed.status.code(), Some(1));
    let sentence = String::from_utf8(failed.stderr).unwrap();
    assert!(sentence.starts_with("waymark-desk: server-garbage") && sentence.lines().count() == 1, "{sentence}");
}

/// A program of somebody who has no desk and no passphrase.
async fn elsewhere(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waymark-desk"));
    command.args(arguments).env_remove("WAYMARK_PASSPHRASE");
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_checked_on_another_machine_and_certificates_are_compared() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    let entry = phone.write("one", To::Writer);
    phone.grant(entry);
    world.server.receive(&phone.items());
    world.pull().await;
    let World { desk: opened, folder, _temporary: temporary, server } = world;
    drop(opened);
    let folder = folder.to_str().unwrap();
    let file = |name: &str| temporary.path().join(name).to_str().unwrap().to_owned();
    let (certificate, out) = (file("certificate.json"), file("out.jsonl"));
    let csv = ["export", "--desk", folder, "--format", "csv", "--out", &out, "--with-proofs"];
    assert_eq!(desk(&csv).await.status.code(), Some(2), "only JSON Lines have a line for each entry");
    let jsonl = ["export", "--desk", folder, "--format", "jsonl", "--out", &out, "--with-proofs"];
    let exported = desk(&jsonl).await;
    assert!(exported.status.code() == Some(0) && stdout(&exported).contains("the keys of what the export holds"));
    assert_eq!(desk(&["certificate", "--desk", folder, "--out", &certificate]).await.status.code(), Some(0));

    let check = ["check-certificate", &certificate, "--export", &out];
    let checked = elsewhere(&check).await;
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");
    for words in ["1 entries, each of them what its phone has sealed", "is called Ash", "The desk's word alone"] {
        assert!(stdout(&checked).contains(words), "{words}");
    }
    let as_json = json(&elsewhere(&[&check[..], &["--json"]].concat()).await);
    assert_eq!((as_json["export"]["entries"].as_u64(), as_json["counts"]["received"].as_u64()), (Some(1), Some(4)));
    assert!(json(&elsewhere(&["check-certificate", &certificate, "--json"]).await).get("export").is_none());
    let same = elsewhere(&["compare-certificates", &certificate, &certificate]).await;
    assert_eq!(same.status.code(), Some(0));
    let line = format!(
        "device {}: the same up to 4; complete at 4 in {certificate}; complete at 4 in {certificate}\n",
        phone.device()
    );
    assert_eq!(stdout(&same), line);

    let good = std::fs::read_to_string(&out).unwrap();
    std::fs::write(&out, good.replace("\"one\"", "\"two\"")).unwrap();
    let changed = elsewhere(&check).await;
    assert_eq!(changed.status.code(), Some(1));
    let sentence = String::from_utf8(changed.stderr).unwrap();
    assert_eq!(sentence, "waymark-desk: export-differs: line 1 is not what was sealed\n");

    // A file beside the voice notes that no line names: somebody must look.
    let strange = format!("{out}.audio");
    std::fs::create_dir(&strange).unwrap();
    std::fs::write(format!("{strange}/Thumbs.db"), "").unwrap();
    std::fs::write(&out, &good).unwrap();
    let named = elsewhere(&check).await;
    assert!(named.status.code() == Some(3), "{named:?}");
    assert!(stdout(&named).contains("beside the voice notes, and of no line: Thumbs.db\n"));
    std::fs::remove_dir_all(strange).unwrap();

    // An older export lacks what the certificate shows: somebody must look.
    std::fs::write(&out, good).unwrap();
    let later = phone.write("and more", To::Writer);
    phone.grant(later);
    server.receive(&phone.items());
    let older = file("older.json");
    std::fs::rename(&certificate, &older).unwrap();
    assert_eq!(desk(&["pull", "--desk", folder]).await.status.code(), Some(0));
    assert_eq!(desk(&["certificate", "--desk", folder, "--out", &certificate]).await.status.code(), Some(0));
    let lacking = elsewhere(&check).await;
    assert_eq!(lacking.status.code(), Some(3));
    let place = format!("shared, and not in it: device {} place {}", phone.device(), later.seq);
    assert!(stdout(&lacking).contains(&place), "{lacking:?}");
    let ahead = stdout(&elsewhere(&["compare-certificates", &older, &certificate, "--json"]).await);
    assert!(ahead.contains("\"is\":\"ahead\",\"second\":true,\"agree\":4"), "{ahead}");
}

#[tokio::test]
async fn usage_and_failures_have_their_own_codes() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().to_str().unwrap();
    for wrong in [&["pull"][..], &["export", "--desk", folder, "--format", "xls", "--out", "x"], &["nonsense"]] {
        assert_eq!(desk(wrong).await.status.code(), Some(2), "{wrong:?}");
    }
    let secret = "not-a-token-but-secret";
    let study = example();
    let new =
        |server| ["new", "--desk", folder, "--study", study.to_str().unwrap(), "--server", server, "--token", secret];
    let wrong = desk(&new("http://localhost:1")).await;
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!String::from_utf8(wrong.stderr).unwrap().contains(secret), "a token is never repeated");
    assert_eq!(desk(&new("http://example.org")).await.status.code(), Some(2), "plain http is for this machine alone");
    let missing = desk(&["pull", "--desk", folder]).await;
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8(missing.stderr).unwrap().contains("there is no desk"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admins_token_needs_to_stand_on_no_command_line_and_no_help_shows_it() {
    let server = TestServer::start().await;
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("desk");
    let (study, token) = (example(), Token([9; 32]).to_string());
    let variables = [("WAYMARK_TOKEN", token.as_str())];
    let help = desk_with(&variables, &["new", "--help"]).await;
    assert!(stdout(&help).contains("WAYMARK_TOKEN") && !stdout(&help).contains(&token), "{}", stdout(&help));
    let new = ["new", "--desk", folder.to_str().unwrap(), "--study", study.to_str().unwrap()];
    let new = [&new[..], &["--server", server.url.as_str()]].concat();
    assert_eq!(desk(&new).await.status.code(), Some(2), "without any token it is called wrongly");
    assert_eq!(desk_with(&variables, &new).await.status.code(), Some(0));
}

/// The example study with a join page at `address`, in `folder`.
fn with_join_page(folder: &Path, address: &str) -> std::path::PathBuf {
    let file = folder.join("study.toml");
    let text = std::fs::read_to_string(example()).unwrap();
    let line = format!("join_page = \"{address}\"\nversion = 1");
    assert_eq!(text.matches("\nversion = 1").count(), 1);
    std::fs::write(&file, text.replace("version = 1", &line)).unwrap();
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn a_study_with_a_join_page_invites_by_way_of_it() {
    let server = TestServer::start().await;
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("desk");
    let (folder, token) = (folder.to_str().unwrap(), Token([9; 32]).to_string());
    let study = with_join_page(temporary.path(), "https://join.example.org/waymark/");
    let study = study.to_str().unwrap();
    let new = ["new", "--desk", folder, "--study", study, "--server", server.url.as_str(), "--token", &token];
    assert_eq!(desk(&new).await.status.code(), Some(0));

    let invited = json(&desk(&["invite", "--desk", folder, "--participant", "Ash", "--json"]).await);
    let (link, by_page) = (invited["link"].as_str().unwrap(), invited["page_link"].as_str().unwrap());
    let fragment = link.strip_prefix("waymark://join/").unwrap();
    assert_eq!(by_page, format!("https://join.example.org/waymark/#{fragment}"));
    assert!(invited["page_qr_svg"].as_str().unwrap().starts_with("<svg"));
    let printed = stdout(&desk(&["invite", "--desk", folder, "--participant", "Ash"]).await);
    assert!(printed.contains(link) && printed.contains(by_page), "both links are printed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_join_page_on_the_study_servers_own_host_is_refused_before_anything_is_made() {
    let server = TestServer::start().await;
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("desk");
    let token = Token([9; 32]).to_string();
    let host = server.url.host().rsplit_once(':').unwrap().0;
    let study = with_join_page(temporary.path(), &format!("https://{host}/join/"));
    let (folder_name, study) = (folder.to_str().unwrap(), study.to_str().unwrap());
    let new = ["new", "--desk", folder_name, "--study", study, "--server", server.url.as_str(), "--token", &token];
    let refused = desk(&new).await;
    assert_eq!(refused.status.code(), Some(1));
    let sentence = String::from_utf8(refused.stderr).unwrap();
    assert!(sentence.contains("join_page") && sentence.contains("another host"), "{sentence}");
    assert!(!folder.exists() && server.with(|script| script.registered.is_none()));
}

#[tokio::test]
async fn check_names_line_and_remedy() {
    let good = desk(&["check", example().to_str().unwrap()]).await;
    assert_eq!(good.status.code(), Some(0));
    assert!(stdout(&good).contains("OK") && stdout(&good).contains("Transitions"), "{}", stdout(&good));
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().join("bad.toml");
    let text = std::fs::read_to_string(example()).unwrap().replacen("version = 1", "verson = 1", 1);
    std::fs::write(&path, text).unwrap();
    let bad = desk(&["check", path.to_str().unwrap()]).await;
    assert_eq!(bad.status.code(), Some(1));
    let line = stdout(&bad);
    assert!(line.contains("bad.toml:") && line.contains("verson"), "{line}");
    assert_eq!(String::from_utf8(bad.stderr).unwrap().lines().count(), 1);
    let nothing: &Path = &temporary.path().join("nothing.toml");
    assert_eq!(desk(&["check", nothing.to_str().unwrap()]).await.status.code(), Some(1));
}

async fn desk_told(arguments: &[&str], told: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waymark-desk"));
    command.args(arguments).env("WAYMARK_PASSPHRASE", PASSPHRASE);
    command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let told = told.to_owned();
    let run = move || {
        let mut child = command.spawn().unwrap();
        // It may have ended without reading.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), told.as_bytes());
        child.wait_with_output().unwrap()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn passphrases_are_added_listed_changed_and_removed() {
    let world = World::new().await;
    let World { desk: opened, folder, _temporary, .. } = world;
    drop(opened);
    let folder = folder.to_str().unwrap();
    let keys = async |arguments: &[&str], passphrase: &str, new: Option<&str>| {
        let mut variables = vec![("WAYMARK_PASSPHRASE", passphrase)];
        variables.extend(new.map(|new| ("WAYMARK_NEW_PASSPHRASE", new)));
        desk_with(&variables, &[&["keys"], arguments, &["--desk", folder]].concat()).await
    };
    let said = |output: &Output| String::from_utf8(output.stderr.clone()).unwrap();
    let none = keys(&["add", "--name", "Robin"], PASSPHRASE, None).await;
    assert!(none.status.code() == Some(1) && said(&none).contains("WAYMARK_NEW_PASSPHRASE"), "{none:?}");
    let added = keys(&["add", "--name", "Robin"], PASSPHRASE, Some("the kettle is on")).await;
    assert!(added.status.code() == Some(0) && stdout(&added).contains("2 of at most 8"), "{added:?}");
    let listed = json(&keys(&["list", "--json"], "the kettle is on", None).await);
    assert_eq!((&listed[0]["name"], &listed[1]["name"]), (&serde_json::Value::Null, &serde_json::json!("Robin")));
    let changed = keys(&["change"], "the kettle is on", Some("the kettle is off")).await;
    assert_eq!(changed.status.code(), Some(0), "{changed:?}");
    assert_eq!(keys(&["list"], "the kettle is on", None).await.status.code(), Some(1));
    let unknown = keys(&["remove", "--number", "3"], PASSPHRASE, None).await;
    assert!(unknown.status.code() == Some(1) && said(&unknown).contains("no such passphrase"), "{unknown:?}");
    let removed = keys(&["remove", "--number", "2"], PASSPHRASE, None).await;
    assert!(removed.status.code() == Some(0) && stdout(&removed).contains("made before still open"), "{removed:?}");
    assert_eq!(keys(&["list"], "the kettle is off", None).await.status.code(), Some(1));
    let last = keys(&["remove", "--number", "1"], PASSPHRASE, None).await;
    assert!(last.status.code() == Some(1) && said(&last).contains("last passphrase"), "{last:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_are_split_rehearsed_and_joined() {
    let world = World::new().await;
    let World { desk: opened, folder, _temporary, .. } = world;
    drop(opened);
    let folder = folder.to_str().unwrap();
    let shown = json(&desk(&["keys", "show", "--desk", folder, "--json"]).await);
    assert_eq!(
        (&shown["custody"], &shown["changes"], &shown["behind"]),
        (&serde_json::Value::Null, &0.into(), &serde_json::json!([]))
    );
    // A desk that was made of shares knows of none either.
    let said = stdout(&desk(&["keys", "show", "--desk", folder]).await);
    assert!(said.contains("knows of no split") && said.contains("Unless custodians have shares"), "{said}");
    let split = ["keys", "split", "--desk", folder, "--threshold", "2", "--of", "3"];
    assert!(stdout(&desk(&split).await).contains("Share 3 of 3"));
    let shares = json(&desk(&[&split[..], &["--json"]].concat()).await)["shares"].clone();
    let text = |place: usize| format!("{}\n", shares[place]["text"].as_str().unwrap());
    let shown = json(&desk(&["keys", "show", "--desk", folder, "--json"]).await);
    assert_eq!((&shown["custody"]["threshold"], &shown["custody"]["older_keys"]), (&2.into(), &false.into()));

    let rehearsed = desk_told(&["keys", "rehearse"], &(text(0) + "\n" + &text(2))).await;
    assert_eq!(rehearsed.status.code(), Some(0), "{rehearsed:?}");
    let few = desk_told(&["keys", "rehearse"], &text(0)).await;
    assert_eq!(few.status.code(), Some(1));
    assert!(String::from_utf8(few.stderr).unwrap().contains("1 of the 2 shares"));
    let mistyped = desk_told(&["keys", "rehearse"], &(text(0) + &text(1).replace(' ', "").replacen('0', "1", 1))).await;
    assert_eq!(mistyped.status.code(), Some(1));
    assert!(String::from_utf8(mistyped.stderr).unwrap().contains("share 2: "));

    let joined = desk_told(&["keys", "join", "--desk", folder], &(text(1) + &text(2))).await;
    assert_eq!(joined.status.code(), Some(0), "{joined:?}");
    let nowhere = desk_told(&["keys", "join", "--desk", &format!("{folder}-none")], "").await;
    assert_eq!(nowhere.status.code(), Some(2));
    assert_eq!(desk(&["pull", "--desk", folder]).await.status.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_replaced_in_an_export_only_once_somebody_has_read_it() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    phone.write("one", To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    let World { desk: opened, folder, _temporary, .. } = world;
    drop(opened);
    let (folder, out) = (folder.to_str().unwrap(), folder.join("out.csv"));
    let export = ["export", "--desk", folder, "--format", "csv", "--out", out.to_str().unwrap(), "--names-replaced"];
    let refused = desk(&export).await;
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("nobody has read 1") && !out.exists());
    let by = ["--only-read", "--by", "Ash", "--why", "to try"];
    let exported = desk(&[&export[..], &by].concat()).await;
    assert_eq!((exported.status.code(), stdout(&exported).lines().count()), (Some(0), 2));
    let made = json(&desk(&["exports", "--desk", folder, "--json"]).await);
    assert_eq!(
        (&made[0]["copy"], &made[0]["said"]["by"], &made[0]["revisions"]),
        (&true.into(), &"Ash".into(), &0.into())
    );
    let two = desk(&[&export[..], &["--with-proofs"]].concat()).await;
    assert_eq!(two.status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn interviews_are_added_listed_corrected_and_removed() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("one", To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    world.invite("P02").await;
    let World { desk: opened, folder, _temporary: temporary, server: _server } = world;
    drop(opened);
    let folder = folder.to_str().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = temporary.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let talk = file("Talk.txt", "I: How was it?\r\nP: Schön.\r\n".as_bytes());
    let add = async |file: &str, participant: &str, day: &str| {
        let about = ["--participant", participant, "--time-point", "T1", "--day", day, "--json"];
        desk(&[&["transcript", "add", "--desk", folder, file][..], &about].concat()).await
    };
    let added = json(&add(&talk, "Ash", "2026-04-20").await);
    let fields =
        ["participant", "time_point", "day", "title", "file"].map(|field| added[field].as_str().unwrap().to_owned());
    assert_eq!((fields, &added["words"]), (["Ash", "T1", "2026-04-20", "", "Talk.txt"].map(str::to_owned), &6.into()));
    for (file, participant, day, says) in [
        (&talk, "Ash", "2026-04-21", "at the desk already, as T1 of 2026-04-20"),
        (&talk, "P09", "2026-04-21", "no such participant"),
        (&talk, "P02", "21.4.2026", "one like 2026-05-04"),
        (
            &file("Renamed.docx", b"%PDF-1.5\n"),
            "P02",
            "2026-04-21",
            "Renamed.docx: it is a PDF, whatever its name says",
        ),
        (&file("Latin.txt", b"Sch\xf6n"), "P02", "2026-04-21", "Latin.txt: it is not text in UTF-8"),
        (&file("Nothing.md", b""), "P02", "2026-04-21", "Nothing.md: there is no text in it"),
        (&"/nowhere/T.txt".to_owned(), "P02", "2026-04-21", "/nowhere/T.txt: "),
    ] {
        let refused = add(file, participant, day).await;
        let sentence = String::from_utf8(refused.stderr).unwrap();
        assert!(refused.status.code() == Some(1) && sentence.contains(says) && refused.stdout.is_empty(), "{sentence}");
    }
    let tracked =
        crate::docx::docx("<w:p><w:r><w:t>P: Kept.</w:t></w:r><w:del><w:r><w:t>Not.</w:t></w:r></w:del></w:p>");
    let tracked = file("Tracked.docx", &tracked);
    let added = desk(&[
        "transcript",
        "add",
        "--desk",
        folder,
        &tracked,
        "--participant",
        "Ash",
        "--time-point",
        "T2",
        "--day",
        "2026-04-22",
    ])
    .await;
    let said = (stdout(&added), String::from_utf8(added.stderr).unwrap());
    assert!(
        said.0.starts_with("Ash, T2, 2026-04-22: 2 words.") && said.1.contains("not read: text that was deleted"),
        "{said:?}"
    );

    let list = async |arguments: &[&str]| {
        let output = desk(&[&["transcript", "list", "--desk", folder, "--json"][..], arguments].concat()).await;
        assert_eq!(output.status.code(), Some(0));
        json(&output)
    };
    let all = list(&[]).await;
    let points: Vec<&str> = all.as_array().unwrap().iter().map(|each| each["time_point"].as_str().unwrap()).collect();
    assert_eq!(points, ["T1", "T2"]);
    assert_eq!(list(&["--participant", "P02"]).await, serde_json::json!([]));
    let first = all[0]["transcript"].as_str().unwrap();
    let change = ["transcript", "change", "--desk", folder, "--transcript", first, "--title", "In town", "--json"];
    let changed = json(&desk(&change).await);
    assert_eq!(
        (&changed["title"], &changed["time_point"], &changed["participant"]),
        (&"In town".into(), &"T1".into(), &"Ash".into())
    );
    let printed = stdout(&desk(&["transcript", "list", "--desk", folder]).await);
    assert!(printed.lines().count() == 3 && printed.contains("In town") && !printed.contains("Schön"), "{printed}");

    let out = temporary.path().join("out.md");
    let exported = desk(&["export", "--desk", folder, "--format", "md", "--out", out.to_str().unwrap()]).await;
    assert!(stdout(&exported).contains("2 interviews in "));
    let erase = desk(&["erase", "--desk", folder, "--participant", "Ash", "--confirm", "Ash"]).await;
    let told = stdout(&erase);
    assert!(
        told.contains("are 2 interview transcripts") && told.contains("transcript remove --participant \"Ash\""),
        "{told}"
    );

    let remove = ["transcript", "remove", "--desk", folder, "--transcript", first];
    let unconfirmed = desk(&remove).await;
    assert!(
        unconfirmed.status.code() == Some(2) && String::from_utf8(unconfirmed.stderr).unwrap().contains("--confirm")
    );
    assert_eq!(desk(&[&remove[..], &["--confirm", "P02"]].concat()).await.status.code(), Some(2));
    assert_eq!(list(&[]).await.as_array().unwrap().len(), 2);
    let removed = stdout(&desk(&[&remove[..], &["--confirm", "Ash"]].concat()).await);
    assert!(removed.contains("1 interview transcript removed") && removed.contains(out.to_str().unwrap()), "{removed}");
    let again = desk(&[&remove[..], &["--confirm", "Ash"]].concat()).await;
    assert!(again.status.code() == Some(1) && String::from_utf8(again.stderr).unwrap().contains("no such transcript"));
    let exports = desk(&["exports", "--desk", folder]).await;
    assert!(exports.status.code() == Some(3) && stdout(&exports).contains(&format!("interview {first}")));
    let rest = ["transcript", "remove", "--desk", folder, "--participant", "Ash", "--confirm", "Ash", "--json"];
    assert_eq!(json(&desk(&rest).await).as_array().unwrap().len(), 1);
    assert!(stdout(&desk(&rest[..8]).await).contains("no interview to remove"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_printed_and_withdrawn_is_named_and_a_pack_of_nobody_is_refused_as_such() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    let written = phone.entry("to talk about");
    let target = phone.write_entry(&written, To::Study);
    phone.tell_on("2026-05-05", What::Talk { entry: written.entry, wanted: true });
    world.server.receive(&phone.items());
    world.pull().await;
    let shown = [(written.entry, written.revision)].into();
    assert!(note_printed(&mut world.desk, "P01", &shown, None).unwrap());
    let before = phone.log.len();
    let World { desk: opened, folder, _temporary, server } = world;
    drop(opened);
    let (path, out) = (folder.to_str().unwrap(), folder.join("out.md"));
    let pack = ["pack", "--desk", path, "--participant", "p01", "--format", "md", "--out", out.to_str().unwrap()];
    let unknown = desk(&pack).await;
    let sentence = String::from_utf8(unknown.stderr).unwrap();
    assert_eq!(unknown.status.code(), Some(1));
    assert!(sentence.contains("nobody who is called `p01`") && !sentence.contains("left out"), "{sentence}");
    let exports = ["exports", "--desk", path];
    assert_eq!(desk(&exports).await.status.code(), Some(0));
    phone.withdraw(target);
    server.receive(&phone.items()[before..]);
    assert_eq!(desk(&["pull", "--desk", path]).await.status.code(), Some(0));
    let told = desk(&exports).await;
    assert_eq!(told.status.code(), Some(3), "somebody must look for it");
    let told = stdout(&told);
    let line = told.lines().find(|line| line.contains("on paper, for an interview with P01")).expect("it is named");
    assert!(line.ends_with(&written.entry.to_string()) && told.contains("Only you know where it is"), "{told}");
    assert_eq!(desk(&[&exports[..], &["--json"]].concat()).await.status.code(), Some(3));
}
