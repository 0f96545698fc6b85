//! The demo for a machine without a screen: the app is driven, and what happens is told.

use std::path::Path;
use std::time::Instant;

use serde_json::Value;
use waymark_native::driver::App;
use waymark_native::{Trouble, steps};

use crate::begin;

/// The main job, from an invitation to the researcher's export.
pub async fn tell(folder: &Path) -> Result<(), Trouble> {
    let teller = Teller { start: Instant::now() };
    let (folder, mut study) = begin(folder)?;
    teller
        .tell(&format!("A study server listens on {}; the desk has set up the study “Transitions”.", study.address()));
    teller.tell("(The study as it ships holds what is shared for 48 hours. Here it goes at once.)");
    let invitation = study.invite("P01")?;
    teller.tell(&format!("The desk has made an invitation for P01: {} …", short(&invitation.text)));

    let app = App::open(&folder.join("phone")).await?;
    let picture = async |name: &str| app.picture(&folder.join(format!("{name}.png"))).await;
    app.see("I have an invitation").await?;
    picture("1-welcome").await?;
    teller.tell("The app is open. P01 types the invitation.");
    steps::read_invitation(&app, &invitation.text).await?;
    picture("2-study").await?;
    let questions = steps::agree(&app).await?;
    teller.tell(&format!("P01 has read what the study is, and said yes to its {questions} questions."));
    steps::choose_lock(&app).await?;
    steps::words_later(&app).await?;
    picture("3-today").await?;
    teller.tell("The diary is locked with a passphrase and has joined the study.");

    study.stop_server();
    teller.tell("The server is stopped: no connection from here on.");
    steps::begin_entry(&app, "He was waiting before the doors opened, and I saw myself, four years ago.").await?;
    picture("4-writing").await?;
    steps::end_entry(&app, "Somebody waited for me then.").await?;
    picture("5-who-reads").await?;
    steps::share(&app).await?;
    app.see("waits for a connection").await?;
    picture("6-waiting").await?;
    teller.tell("P01 has written an entry and shares it. It is sealed on the phone and waits for a connection.");

    study.start_server()?;
    steps::sync(&app).await?;
    picture("7-receipt").await?;
    app.press("Diary").await?;
    app.see("With the study").await?;
    picture("8-diary").await?;
    teller.tell("The server is back. It has given its receipt: only now the diary says “With the study”.");
    app.close().await?;

    let pulled = study.pull()?;
    teller.tell(&format!(
        "The desk pulls: {} received, {} of them opened.",
        number(&pulled, "received"),
        number(&pulled, "opened")
    ));
    for device in study.verify()?.get("devices").and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| device.get(key).and_then(Value::as_str).unwrap_or("?").to_owned();
        teller.tell(&format!("The desk verifies: the diary of {} is {}.", text("participant"), text("state")));
    }
    for (format, file) in [("md", "export.md"), ("jsonl", "export.jsonl"), ("csv", "export.csv")] {
        study.export(format, &folder.join(file))?;
    }
    let reading = folder.join("export.md");
    let text = std::fs::read_to_string(&reading).map_err(Trouble::system(reading.display().to_string()))?;
    teller.tell("The researcher's export reads:");
    for line in text.lines() {
        println!("          │ {line}");
    }
    teller.tell(&format!("Pictures and exports are in {}.", folder.display()));
    Ok(())
}

/// Tells what happens, with the time since the start.
struct Teller {
    start: Instant,
}

impl Teller {
    fn tell(&self, sentence: &str) {
        println!("{:>6.1} s  {sentence}", self.start.elapsed().as_secs_f32());
    }
}

fn number(answer: &Value, key: &str) -> u64 {
    answer.get(key).and_then(Value::as_u64).unwrap_or_default()
}

/// The beginning of an invitation: the whole of it is a secret.
fn short(text: &str) -> String {
    text.chars().take(11).collect()
}
