//! What the page inside the app's window cannot do.
//!
//! Needs a display, a message bus and the built programs, so it is ignored by a plain `cargo test`:
//! `cargo xtask test --only native` gives it all of them.

use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;
use waymark_native::Trouble;
use waymark_native::driver::App;

#[tokio::test]
#[ignore = "needs a display and the built programs: cargo xtask test --only native"]
async fn the_page_can_do_nothing_but_call_its_commands() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let tries = tokio::time::timeout(Duration::from_secs(120), tries(folder.path())).await;
    if let Err(trouble) = tries.expect("it ends in time") {
        panic!("{trouble}");
    }
}

async fn tries(folder: &Path) -> Result<(), Trouble> {
    let (url, visits) = elsewhere().map_err(Trouble::system("a server to be tempted by"))?;

    let app = App::open(folder).await?;
    app.see("I have an invitation").await?;
    let home = app.address().await?;

    // Its own commands work: without this, everything below could be refused for another reason.
    let invoke = |command: &str| format!("window.__TAURI_INTERNALS__.invoke('{command}', {{ input: {{}} }})");
    assert_eq!(app.evaluate(&invoke("status")).await?["state"], "none");
    for command in ["plugin:app|version", "plugin:event|listen", "plugin:window|close", "no_such_command"] {
        assert_eq!(app.evaluate(&invoke(command)).await?, json!("refused"), "{command}");
    }

    assert_eq!(app.evaluate("window.__TAURI__ === undefined").await?, json!(true));
    assert_eq!(app.evaluate("Object.isFrozen(Object.prototype)").await?, json!(true));
    assert_eq!(app.evaluate(&format!("fetch('{url}', {{ mode: 'no-cors' }})")).await?, json!("refused"));
    assert_eq!(app.evaluate("Promise.reject()").await?, json!("refused"), "a refusal is seen as one");
    assert_eq!(app.evaluate(&format!("void (new Image().src = '{url}')")).await?, json!(null));
    assert_eq!(app.evaluate(&format!("void window.open('{url}')")).await?, json!(null));
    assert_eq!(app.evaluate(&format!("void location.assign('{url}')")).await?, json!(null));
    // A navigation that were allowed would have begun by then.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(app.address().await?, home);
    app.see("I have an invitation").await?;
    assert_eq!(visits.load(Ordering::SeqCst), 0, "the window has reached another server");
    app.close().await
}

/// A server that welcomes everybody, and counts them. It ends with the test.
fn elsewhere() -> io::Result<(String, Arc<AtomicUsize>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/", listener.local_addr()?);
    let visits = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&visits);
    std::thread::spawn(move || {
        for mut visitor in listener.incoming().flatten() {
            count.fetch_add(1, Ordering::SeqCst);
            // Whoever hangs up early has been counted all the same.
            let _ = visitor.read(&mut [0; 4096]);
            let _ = visitor.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nElsewhere");
        }
    });
    Ok((url, visits))
}
