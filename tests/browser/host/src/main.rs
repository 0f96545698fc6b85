//! The diary's page in an ordinary browser, over the same core as the app: for the browser tests and for trying things out.
//!
//! ```text
//! waymark-browser-host --vault DIR --page ui/dist/diary [--outbox DIR] [--reminders FILE] [--speech FILE]
//!     [--lock-after SECONDS] [--listen 127.0.0.1:0]
//! ```
//!
//! Reminders, and what is read aloud, are lines in their files; without these, this host is as a device that can do neither. The lock falls by itself after so many
//! seconds in which nobody touches the diary; without them it does not: a test may look for as long as it likes.
//!
//! Prints one line, `listening on http://127.0.0.1:PORT/#TOKEN`, and serves until it gets SIGINT or SIGTERM.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::signal::unix::{SignalKind, signal};
use waymark_diary::page::{Diaries, LockWhenLeft, Media, Reminding, Speaking};
use waymark_page_host::{Assets, Framing, Listener, PageHost, Sound};

const USAGE: &str = "usage: waymark-browser-host --vault DIR --page DIR [--outbox DIR] [--reminders FILE] \
                     [--speech FILE] [--lock-after SECONDS] [--listen 127.0.0.1:0]";

struct Options {
    vault: PathBuf,
    page: PathBuf,
    outbox: Option<PathBuf>,
    reminders: Option<PathBuf>,
    speech: Option<PathBuf>,
    lock_after: Option<Duration>,
    listen: SocketAddr,
}

fn options(mut args: impl Iterator<Item = OsString>) -> Option<Options> {
    let (mut vault, mut page, mut outbox, mut reminders) = (None, None, None, None);
    let (mut speech, mut lock_after) = (None, None);
    let mut listen = SocketAddr::from(([127, 0, 0, 1], 0));
    while let Some(flag) = args.next() {
        let value = args.next()?;
        match flag.to_str()? {
            "--vault" => vault = Some(PathBuf::from(value)),
            "--page" => page = Some(PathBuf::from(value)),
            "--outbox" => outbox = Some(PathBuf::from(value)),
            "--reminders" => reminders = Some(PathBuf::from(value)),
            "--speech" => speech = Some(PathBuf::from(value)),
            "--lock-after" => lock_after = Some(Duration::from_secs(value.to_str()?.parse().ok()?)),
            "--listen" => listen = value.to_str()?.parse().ok()?,
            _ => return None,
        }
    }
    Some(Options { vault: vault?, page: page?, outbox, reminders, speech, lock_after, listen })
}

/// Shows a reminder, or reads aloud, as a line in a file.
struct ToFile(PathBuf);

impl ToFile {
    fn write(&self, line: &str) -> bool {
        let file = OpenOptions::new().create(true).append(true).open(&self.0);
        file.and_then(|mut file| writeln!(file, "{line}")).is_ok()
    }
}

impl Reminding for ToFile {
    fn show(&self, text: &str) -> bool {
        self.write(text)
    }
}

impl Speaking for ToFile {
    fn speak(&self, text: &str, language: &str) -> bool {
        self.write(&format!("{language}: {text}"))
    }

    fn stop(&self) {
        self.write("stop");
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let Some(options) = options(std::env::args_os().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("waymark-browser-host: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    waymark_diary::install_crypto();
    let (outbox, reminders, speech) = (options.outbox, options.reminders, options.speech);
    let diaries = Diaries::new(options.vault, move |mut app| {
        if let Some(outbox) = &outbox {
            app = app.with_outbox(outbox.clone());
        }
        if let Some(file) = &reminders {
            app = app.with_reminding(ToFile(file.clone()));
        }
        if let Some(file) = &speech {
            app = app.with_speaking(ToFile(file.clone()));
        }
        app
    });
    tokio::spawn(diaries.clone().watch(options.lock_after.map_or(LockWhenLeft::Never, LockWhenLeft::After)));
    let (player, at_the_end) = (diaries.clone(), diaries.clone());
    let running = Listener::bind(options.listen).await?.serve(PageHost {
        assets: Assets::Folder(options.page),
        entry: "browser.html",
        handler: Arc::new(move |name, input| {
            let diaries = diaries.clone();
            Box::pin(async move { call(&diaries, &name, input).await })
        }),
        sound: Some(Arc::new(move |note, range| {
            let diaries = player.clone();
            Box::pin(async move {
                let Media { status, headers, body } = diaries.media(&note, range.as_deref()).await;
                Sound { status, headers, body }
            })
        })),
        microphone: true,
        framing: Framing::None,
        ended: None,
    })?;
    let mut out = std::io::stdout();
    writeln!(out, "listening on {}", running.url())?;
    out.flush()?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted?,
    }
    // Whoever waits for the lock is answered, and so waits no more.
    at_the_end.lock_now();
    running.stop().await?;
    Ok(())
}

async fn call(diaries: &Diaries, name: &str, input: Value) -> Result<Value, Value> {
    diaries
        .call(name, input)
        .await
        .map_err(|error| serde_json::to_value(error).unwrap_or_else(|_| json!({ "code": "internal" })))
}
