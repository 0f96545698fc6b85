//! The desk as a page: served on this machine, opened in the person's browser.

use std::fs::{self, File};
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rust_embed::RustEmbed;
use serde_json::json;
use tokio::sync::mpsc;
use waymark_desk::page::{DeskApp, Preview};
use waymark_page::Media;
use waymark_page_host::{Assets, Framing, Listener, PageHost, Running, Sound};

use super::{DONE, FAILED, Failure};

/// The built page: inside a release, in its folder otherwise.
#[derive(RustEmbed)]
#[folder = "../../ui/dist/desk"]
#[allow_missing = true]
struct Page;

/// The diary's, for looking at a study as phones show it.
#[derive(RustEmbed)]
#[folder = "../../ui/dist/preview"]
#[allow_missing = true]
struct DiaryPage;

const ENTRY: &str = "index.html";
/// How long a browser may take to start.
const TO_ARRIVE: Duration = Duration::from_secs(60);
/// How long answers that are under way may take when the desk ends.
const LAST_ANSWERS: Duration = Duration::from_secs(2);
const NO_PAGE: &str =
    "this program was built without its page: `npm ci && npm run build` makes the page, then build the program again";

pub(super) async fn open_page(folder: &Path, browser: bool, listen: SocketAddr) -> Result<u8, Failure> {
    if Page::get(ENTRY).is_none() || DiaryPage::get(Preview::ENTRY).is_none() {
        return Err(Failure { code: FAILED, sentence: NO_PAGE.to_owned() });
    }
    let listener = Listener::bind(listen).await?;
    let diary = Assets::Embedded(|path| DiaryPage::get(path).map(|file| file.data));
    let preview = Preview::serve(listen.ip(), &listener.origin(), diary).await?;
    let framing = Framing::Shows(preview.origins().to_vec());
    let app = DeskApp::new(folder.to_owned()).with_preview(preview.clone());
    tokio::spawn(app.clone().watch());
    let (called, player) = (app.clone(), app.clone());
    let running = listener.serve(PageHost {
        assets: Assets::Embedded(|path| Page::get(path).map(|file| file.data)),
        entry: ENTRY,
        handler: Arc::new(move |name, input| {
            let app = called.clone();
            Box::pin(async move {
                let internal = |_| json!({ "code": "internal" });
                app.call(&name, input).await.map_err(|error| serde_json::to_value(error).unwrap_or_else(internal))
            })
        }),
        sound: Some(Arc::new(move |name, range| {
            let app = player.clone();
            Box::pin(async move {
                let Media { status, headers, body } = app.sound(&name, range.as_deref()).await;
                Sound { status, headers, body }
            })
        })),
        microphone: false,
        framing,
        // What the page of that session has opened ends with it.
        ended: Some(Arc::new(move || preview.end())),
    })?;
    let interactive = io::stdin().is_terminal();
    let url = tell(&running)?;
    if interactive {
        eprintln!("The link is good once. Enter prints another one; Ctrl+C ends the desk.");
    }
    // Not with the link itself: everybody on this machine sees with what a program was started.
    let mut way = if browser && interactive { Way::to(&url, folder) } else { None };
    if browser && interactive && !way.as_ref().is_some_and(Way::is_taken) {
        eprintln!("No browser could be started: open the link yourself.");
    }
    let mut enter = if interactive { lines() } else { mpsc::channel(1).1 };
    let ended = ended();
    tokio::pin!(ended);
    loop {
        tokio::select! {
            ended = &mut ended => break ended?,
            Some(()) = enter.recv() => drop(tell(&running)?),
            () = tokio::time::sleep(TO_ARRIVE), if way.is_some() => way = None,
        }
    }
    drop(way);
    // Whoever waits for the lock is answered, and so waits no more.
    app.lock_now().await;
    // The desk is closed: whoever keeps a connection busy keeps nobody here.
    if let Ok(stopped) = tokio::time::timeout(LAST_ANSWERS, running.stop()).await {
        stopped?;
    }
    Ok(DONE)
}

/// A file that leads a browser to a link. Only its owner can read it, and it goes when the desk ends.
struct Way(PathBuf);

impl Way {
    fn to(url: &str, folder: &Path) -> Option<Self> {
        // Where the folder of a new desk is not there yet, beside it.
        let mut beside = folder.file_name().unwrap_or_default().to_owned();
        beside.push(".open.html");
        let path = if folder.is_dir() { folder.join("open.html") } else { folder.with_file_name(beside) };
        let path = std::path::absolute(path).ok()?;
        // One that a program which was killed has left leads nowhere any more.
        let _ = fs::remove_file(&path);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let way = Self(path);
        let page =
            format!("<!doctype html><meta http-equiv=\"refresh\" content=\"0;url={url}\"><title>Waymark</title>");
        options.open(&way.0).and_then(|mut file| file.write_all(page.as_bytes())).ok()?;
        Some(way)
    }

    fn is_taken(&self) -> bool {
        open::that_detached(&self.0).is_ok()
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        // Its link is good no more, or soon will be.
        let _ = fs::remove_file(&self.0);
    }
}

/// Prints a fresh link.
fn tell(running: &Running) -> Result<String, Failure> {
    let url = running.one_time_url()?;
    let mut out = io::stdout();
    writeln!(out, "listening on {url}")?;
    out.flush()?;
    Ok(url)
}

/// Every line that is typed, until there are no more.
fn lines() -> mpsc::Receiver<()> {
    let (typed, lines) = mpsc::channel(1);
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            if line.is_err() || typed.blocking_send(()).is_err() {
                break;
            }
        }
    });
    lines
}

#[cfg(unix)]
async fn ended() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut closed) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        // The terminal's window was closed.
        _ = closed.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

#[cfg(not(unix))]
async fn ended() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
