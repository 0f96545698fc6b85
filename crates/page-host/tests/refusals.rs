//! What a page host gives, and to whom it gives nothing. Requests are written by hand, byte by byte, so that no client
//! tidies them up.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use waymark_page_host::{Assets, Framing, Listener, MAX_BODY, PageHost, Running, ServeError, Sound, TOKEN_HEADER};

struct Site {
    _folder: tempfile::TempDir,
    running: Running,
    address: String,
    token: String,
    calls: Arc<AtomicUsize>,
    /// How many sessions have ended.
    ended: Arc<AtomicUsize>,
}

/// A page with two files beside a file that is not part of it, and a handler that echoes.
async fn site() -> Site {
    site_framed(Framing::None).await
}

async fn listener() -> Listener {
    Listener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.expect("a free port")
}

async fn site_framed(framing: Framing) -> Site {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page");
    std::fs::create_dir_all(page.join("assets")).expect("a folder");
    std::fs::write(page.join("browser.html"), "<!doctype html>hello").expect("a file");
    std::fs::write(page.join("assets/page.js"), "1;").expect("a file");
    std::fs::write(folder.path().join("secret.txt"), "secret").expect("a file");
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let ended = Arc::new(AtomicUsize::new(0));
    let session_ended = Arc::clone(&ended);
    let running = listener()
        .await
        .serve(PageHost {
            assets: Assets::Folder(page),
            entry: "browser.html",
            handler: Arc::new(move |name, input| {
                counted.fetch_add(1, Ordering::SeqCst);
                Box::pin(async move {
                    if name == "broken" {
                        Err(json!({ "code": "not-now" }))
                    } else {
                        Ok(json!({ "name": name, "input": input }))
                    }
                })
            }),
            sound: Some(Arc::new(|name, range| {
                let body = format!("{name} {}", range.as_deref().unwrap_or("whole")).into_bytes();
                let headers = vec![("content-type", "audio/webm".to_owned()), ("cache-control", "public".to_owned())];
                Box::pin(async move { Sound { status: 206, headers, body } })
            })),
            microphone: true,
            framing,
            ended: Some(Arc::new(move || {
                session_ended.fetch_add(1, Ordering::SeqCst);
            })),
        })
        .expect("it serves");
    let url = running.url();
    let (address, token) = url.strip_prefix("http://").and_then(|rest| rest.split_once("/#")).expect("an address");
    let (address, token) = (address.to_owned(), token.to_owned());
    Site { _folder: folder, running, address, token, calls, ended }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

async fn send(address: &str, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(request).await.expect("a request");
    let mut bytes = Vec::new();
    // A refused body ends in a reset on some systems; what was answered before counts.
    let _ = stream.read_to_end(&mut bytes).await;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, head: head.to_lowercase(), body: body.to_owned() }
}

impl Site {
    async fn get(&self, path: &str) -> Answer {
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address);
        send(&self.address, request.as_bytes()).await
    }

    async fn call_with(&self, name: &str, host: &str, extra: &str, body: &str) -> Answer {
        let request = format!(
            "POST /call/{name} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n{extra}\r\n{body}",
            body.len()
        );
        send(&self.address, request.as_bytes()).await
    }

    fn good(&self) -> String {
        format!("{TOKEN_HEADER}: {}\r\ncontent-type: application/json\r\n", self.token)
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn the_page_and_its_files_are_served_with_their_types() {
    let site = site().await;
    let entry = site.get("/").await;
    assert_eq!((entry.status, entry.body.as_str()), (200, "<!doctype html>hello"));
    assert!(entry.head.contains("content-type: text/html"));
    let script = site.get("/assets/page.js").await;
    assert_eq!((script.status, script.body.as_str()), (200, "1;"));
    assert!(script.head.contains("content-type: text/javascript"));
}

#[tokio::test]
async fn a_call_with_the_token_reaches_the_handler_and_its_answer_comes_back() {
    let site = site().await;
    let answer = site.call_with("status", &site.address, &site.good(), r#"{"a":1}"#).await;
    assert_eq!(answer.status, 200);
    let value: Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(value, json!({ "name": "status", "input": { "a": 1 } }));
}

#[tokio::test]
async fn a_player_that_knows_the_token_gets_the_range_that_it_asks_for_and_nothing_that_is_kept() {
    let site = site().await;
    let request = format!(
        "GET /sound/{}/abc HTTP/1.1\r\nhost: {}\r\nrange: bytes=5-9\r\nconnection: close\r\n\r\n",
        site.token, site.address
    );
    let answer = send(&site.address, request.as_bytes()).await;
    assert_eq!((answer.status, answer.body.as_str()), (206, "abc bytes=5-9"));
    assert!(answer.head.contains("content-type: audio/webm"));
    assert!(answer.head.contains("cache-control: no-store"), "what every answer says is not overruled");
    assert!(answer.head.contains("microphone=(self)"));
}

#[tokio::test]
async fn sound_without_the_token_is_refused_before_it_is_looked_for() {
    let site = site().await;
    for path in ["/sound/0000/abc".to_owned(), format!("/sound/{}/abc", &site.token[..63]), "/sound//abc".to_owned()] {
        let answer = site.get(&path).await;
        assert!(matches!(answer.status, 401 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.contains("abc"));
    }
    let foreign = format!(
        "GET /sound/{}/abc HTTP/1.1\r\nhost: {}\r\norigin: https://example.org\r\nconnection: close\r\n\r\n",
        site.token, site.address
    );
    assert_eq!(send(&site.address, foreign.as_bytes()).await.status, 403);
}

#[tokio::test]
async fn a_handlers_error_comes_back_as_it_is() {
    let site = site().await;
    let answer = site.call_with("broken", &site.address, &site.good(), "{}").await;
    assert_eq!((answer.status, answer.body.as_str()), (422, r#"{"code":"not-now"}"#));
}

#[tokio::test]
async fn no_token_and_a_wrong_token_are_refused() {
    let site = site().await;
    let none = site.call_with("status", &site.address, "content-type: application/json\r\n", "{}").await;
    let mut wrong = site.token.clone();
    let last = if wrong.ends_with('0') { "1" } else { "0" };
    wrong.replace_range(63.., last);
    let wrong = format!("{TOKEN_HEADER}: {wrong}\r\ncontent-type: application/json\r\n");
    let wrong = site.call_with("status", &site.address, &wrong, "{}").await;
    assert_eq!((none.status, wrong.status, site.calls()), (401, 401, 0));
}

#[tokio::test]
async fn a_link_is_good_once_and_one_that_comes_twice_ends_what_came_of_it() {
    let site = site().await;
    let redeem = async |token: &str, extra: &str| {
        let request = format!(
            "POST /session HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: 0\r\n{TOKEN_HEADER}: {token}\r\n{extra}\r\n",
            site.address
        );
        send(&site.address, request.as_bytes()).await
    };
    let link = || {
        let url = site.running.one_time_url().expect("randomness");
        url.split_once('#').expect("a fragment").1.to_owned()
    };
    let (unused, open) = (link(), link());
    assert_eq!(redeem(&unused, "").await.status, 401, "a newer one was given out");
    assert_eq!(redeem(&site.token, "").await.status, 401, "the token of the run is no link");
    assert_eq!(redeem("", "").await.status, 401);
    assert_eq!(redeem(&open, "origin: https://example.org\r\n").await.status, 403);
    let call = format!("{TOKEN_HEADER}: {open}\r\ncontent-type: application/json\r\n");
    assert_eq!(site.call_with("status", &site.address, &call, "{}").await.status, 401, "a link calls nothing");
    let answer = redeem(&open, "").await;
    let session: Value = serde_json::from_str(&answer.body).expect("JSON");
    let session = session["token"].as_str().expect("a token").to_owned();
    assert!(answer.status == 200 && session.len() == 64 && session != site.token && session != open);
    let call = async |session: &str| {
        let extra = format!("{TOKEN_HEADER}: {session}\r\ncontent-type: application/json\r\n");
        site.call_with("status", &site.address, &extra, "{}").await.status
    };
    assert_eq!(call(&session).await, 200);
    assert_eq!(site.get(&format!("/sound/{session}/abc")).await.status, 206);

    assert_eq!(site.ended.load(Ordering::SeqCst), 0);
    assert_eq!(redeem(&open, "").await.status, 401, "it was used");
    assert_eq!(site.ended.load(Ordering::SeqCst), 1, "it is told that the session has ended");
    assert_eq!(call(&session).await, 401, "somebody else had the link: nobody goes on with it");
    let another = link();
    let answer = redeem(&another, "").await;
    let session: Value = serde_json::from_str(&answer.body).expect("JSON");
    let session = session["token"].as_str().expect("a token").to_owned();
    assert_eq!(call(&session).await, 200);
    link();
    assert_eq!(call(&session).await, 401, "a new link ends the session before it");
    assert_eq!(site.ended.load(Ordering::SeqCst), 2);
    let last = link();
    assert_eq!(site.ended.load(Ordering::SeqCst), 2, "there was none");
    let answer = redeem(&last, "").await;
    let session: Value = serde_json::from_str(&answer.body).expect("JSON");
    let session = session["token"].as_str().expect("a token").to_owned();
    site.running.close();
    assert_eq!((call(&session).await, site.ended.load(Ordering::SeqCst)), (401, 3), "it was closed");
    let unused = link();
    site.running.close();
    assert_eq!((redeem(&unused, "").await.status, site.ended.load(Ordering::SeqCst)), (401, 3));
}

#[tokio::test]
async fn another_host_name_is_refused_for_calls_and_files() {
    let site = site().await;
    let port = site.address.split_once(':').expect("a port").1;
    for host in [format!("evil.example:{port}"), format!("localhost:{port}"), "127.0.0.1".to_owned()] {
        let call = site.call_with("status", &host, &site.good(), "{}").await;
        assert_eq!(call.status, 421, "{host}");
        let request = format!("GET / HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        let file = send(&site.address, request.as_bytes()).await;
        assert_eq!(file.status, 421, "{host}");
        assert!(!file.body.contains("hello"));
    }
    assert_eq!(site.calls(), 0);
}

#[tokio::test]
async fn another_origin_is_refused_and_the_pages_own_is_not() {
    let site = site().await;
    for origin in ["http://evil.example", "null", "https://127.0.0.1"] {
        let extra = format!("{}origin: {origin}\r\n", site.good());
        assert_eq!(site.call_with("status", &site.address, &extra, "{}").await.status, 403, "{origin}");
    }
    assert_eq!(site.calls(), 0);
    let own = format!("{}origin: http://{}\r\n", site.good(), site.address);
    assert_eq!(site.call_with("status", &site.address, &own, "{}").await.status, 200);
}

#[tokio::test]
async fn what_is_not_json_is_refused() {
    let site = site().await;
    let plain = format!("{TOKEN_HEADER}: {}\r\ncontent-type: text/plain\r\n", site.token);
    assert_eq!(site.call_with("status", &site.address, &plain, "{}").await.status, 415);
    assert_eq!(site.call_with("status", &site.address, &site.good(), "{").await.status, 400);
    assert_eq!(site.calls(), 0);
}

#[tokio::test]
async fn a_body_above_the_limit_is_refused() {
    let site = site().await;
    let fits = format!("\"{}\"", "a".repeat(MAX_BODY - 2));
    assert_eq!(site.call_with("status", &site.address, &site.good(), &fits).await.status, 200);
    let big = format!("\"{}\"", "a".repeat(MAX_BODY - 1));
    assert_eq!(site.call_with("status", &site.address, &site.good(), &big).await.status, 413);
    assert_eq!(site.calls(), 1);
}

#[tokio::test]
async fn nothing_above_the_page_can_be_read() {
    let site = site().await;
    for path in [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//etc/passwd",
        "/assets",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn every_answer_forbids_framing_sniffing_caching_and_referrers() {
    let site = site().await;
    let refused = site.call_with("status", "evil.example", "", "{}").await;
    for answer in [site.get("/").await, site.get("/nothing").await, refused] {
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';",
            "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: no-referrer",
            "cache-control: no-store",
        ] {
            assert!(answer.head.contains(header), "{header} is missing in {}", answer.head);
        }
    }
}

#[tokio::test]
async fn only_the_origin_that_is_named_shows_it_in_a_frame_or_is_shown_in_one() {
    let (shower, shown) = (listener().await.origin(), listener().await.origin());
    let page = site_framed(Framing::Shows(vec![shown.clone(), "http://127.0.0.1:1".to_owned()])).await.get("/").await;
    let policy = format!("form-action 'none'; frame-src {shown} http://127.0.0.1:1; frame-ancestors 'none'\r\n");
    assert!(page.head.contains(&policy) && page.head.contains("x-frame-options: deny"), "{}", page.head);
    let page = site_framed(Framing::ShownBy(shower.clone())).await.get("/").await;
    assert!(page.head.contains(&format!("form-action 'none'; frame-ancestors {shower}\r\n")), "{}", page.head);
    assert!(!page.head.contains("frame-src") && !page.head.contains("x-frame-options"), "{}", page.head);
}

#[tokio::test]
async fn a_page_that_another_one_shows_is_not_called_by_it() {
    let shower = listener().await.origin();
    let site = site_framed(Framing::ShownBy(shower.clone())).await;
    let extra = format!("{}origin: {shower}\r\n", site.good());
    assert_eq!((site.call_with("status", &site.address, &extra, "{}").await.status, site.calls()), (403, 0));
}

#[tokio::test]
async fn files_are_only_read_and_commands_only_called() {
    let site = site().await;
    let request =
        format!("POST / HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n", site.address);
    assert_eq!(send(&site.address, request.as_bytes()).await.status, 405);
    assert_eq!(site.get("/call/status").await.status, 405);
    assert_eq!(site.calls(), 0);
}

#[tokio::test]
async fn an_address_that_others_can_reach_is_refused() {
    let everywhere = SocketAddr::from(([0, 0, 0, 0], 0));
    let served = Listener::bind(everywhere).await;
    assert!(matches!(served, Err(ServeError::NotLoopback(address)) if address == everywhere));
}

#[tokio::test]
async fn embedded_files_are_served_too() {
    let running = listener()
        .await
        .serve(PageHost {
            assets: Assets::Embedded(|path| (path == "index.html").then_some(b"inside".as_slice().into())),
            entry: "index.html",
            handler: Arc::new(|_, input| Box::pin(async move { Ok(input) })),
            sound: None,
            microphone: false,
            framing: Framing::None,
            ended: None,
        })
        .expect("it serves");
    let url = running.url();
    let address = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("an address").0;
    let request = format!("GET / HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    let answer = send(address, request.as_bytes()).await;
    assert_eq!(answer.body, "inside");
    assert!(answer.head.contains("microphone=()"), "only a page that records may use it");
}

#[tokio::test]
async fn after_stop_nobody_answers() {
    let site = site().await;
    site.running.stop().await.expect("a clean end");
    assert!(TcpStream::connect(&site.address).await.is_err());
}
