//! The real app, window and all, from the invitation to the receipt, and through locks and a kill.
//!
//! Needs a display, a message bus and the built programs, so it is ignored by a plain `cargo test`:
//! `cargo xtask test --only native` gives it all of them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use waymark_native::driver::App;
use waymark_native::study::Study;
use waymark_native::{Trouble, steps};

/// Words that stand in no program: wherever they are found, they came from the diary.
const CANARY: &str = "zephyrquokka";

/// The whole way takes about a minute; a hang must not take an hour.
const LONGEST: Duration = Duration::from_secs(600);

#[tokio::test]
#[ignore = "needs a display and the built programs: cargo xtask test --only native"]
async fn an_entry_goes_from_the_app_to_the_desk_and_survives_lock_and_kill() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let journey = tokio::time::timeout(LONGEST, journey(folder.path())).await.expect("the journey ends in time");
    if let Err(trouble) = journey {
        panic!("{trouble}\n\nThe app said:\n{}", read(&folder.path().join("phone/app.log")));
    }
}

async fn journey(folder: &Path) -> Result<(), Trouble> {
    let phone = folder.join("phone");
    let mut study = Study::begin(&folder.join("study"))?;
    let invitation = study.invite("P01")?;

    let app = App::open(&phone).await?;
    app.see("I have an invitation").await?;
    picture(&app, "1-welcome").await?;
    steps::read_invitation(&app, &invitation.text).await?;
    app.see("Transitions").await?;
    picture(&app, "2-study").await?;
    assert!(steps::agree(&app).await? > 0, "the example study asks for consent");
    steps::choose_lock(&app).await?;
    steps::words_later(&app).await?;
    picture(&app, "3-today").await?;

    study.stop_server();
    steps::begin_entry(&app, &format!("What {CANARY} told me at the door")).await?;
    picture(&app, "4-writing").await?;
    steps::end_entry(&app, "It was like looking back").await?;
    picture(&app, "5-who-reads").await?;
    steps::share(&app).await?;
    app.see("waits for a connection").await?;
    picture(&app, "6-waiting").await?;
    app.press("Diary").await?;
    app.see("Waits for a connection").await?;

    study.start_server()?;
    steps::sync(&app).await?;
    app.press("Diary").await?;
    app.see("With the study").await?;
    picture(&app, "7-with-the-study").await?;

    steps::lock(&app).await?;
    assert!(!app.words().await?.contains(CANARY), "a locked diary shows nothing of what was written");
    picture(&app, "8-locked").await?;
    app.fill("Passphrase", "not the passphrase").await?;
    app.press("Open").await?;
    app.see("That passphrase doesn’t open it.").await?;
    steps::unlock(&app).await?;

    app.press("Today").await?;
    steps::begin_entry(&app, &format!("Half a thought about {CANARY}")).await?;
    app.kill()?;
    let app = App::open(&phone).await?;
    app.see("Notes").await?;
    steps::unlock(&app).await?;
    assert_eq!(app.written().await?, format!("Half a thought about {CANARY}"), "a kill loses nothing that was saved");
    picture(&app, "9-after-the-kill").await?;
    steps::end_entry(&app, "It goes on").await?;
    steps::keep_private(&app).await?;
    steps::sync(&app).await?;

    app.press("Diary").await?;
    app.fill("Find in your diary", "half a").await?;
    app.see("One entry found.").await?;
    picture(&app, "10-found").await?;
    steps::speak(&app, "How it looks: language, text size, light or dark", "Español").await?;
    app.see("Cómo se ve").await?;
    picture(&app, "11-in-spanish").await?;
    app.press("Atrás").await?;
    app.press("Diario").await?;
    app.see("Con el estudio").await?;
    app.close().await?;

    let pulled = study.pull()?;
    assert_eq!(pulled["quarantined"], serde_json::json!([]), "{pulled}");
    assert_eq!(pulled["private"], 1, "{pulled}");
    let verified = study.verify()?;
    assert_eq!(verified["devices"][0]["state"], "complete", "{verified}");
    let export = folder.join("export.jsonl");
    study.export("jsonl", &export)?;
    let exported = read(&export);
    assert!(exported.contains(&format!("What {CANARY} told me")), "the shared entry reaches the researcher");
    assert!(!exported.contains("Half a thought"), "the private entry does not");

    for kept in [&phone, &study.folder().to_owned()] {
        let found = files_with(kept, CANARY);
        assert!(found.is_empty(), "diary text lies in the clear in {found:?}");
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs a display and the built programs: cargo xtask test --only native"]
async fn a_tapped_invitation_opens_on_its_study_and_leaves_the_address() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let tapped = async {
        let study = Study::begin(&folder.path().join("study"))?;
        let app = App::open_link(&folder.path().join("phone"), &study.invite("P01")?.link).await?;
        app.see("Who can read what").await?;
        app.see("Transitions").await?;
        let address = app.address().await?;
        assert!(!address.contains("join"), "the invitation is a secret and does not stay in {address}");
        app.close().await
    };
    if let Err(trouble) = tokio::time::timeout(LONGEST, tapped).await.expect("it ends in time") {
        panic!("{trouble}\n\nThe app said:\n{}", read(&folder.path().join("phone/app.log")));
    }
}

async fn picture(app: &App, name: &str) -> Result<(), Trouble> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/native");
    app.picture(&folder.join(format!("{name}.png"))).await
}

fn read(file: &Path) -> String {
    std::fs::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// All files below a folder that contain a word, as UTF-8 or as UTF-16.
fn files_with(folder: &Path, word: &str) -> Vec<PathBuf> {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, word));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        if has(word.as_bytes()) || has(&wide) {
            found.push(path);
        }
    }
    found
}
