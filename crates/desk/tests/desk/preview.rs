//! The study as phones show it: real diaries behind origins of their own, which have no way to the desk and end with it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use waymark_desk::page::{DeskApp, NAMES, Preview};
use waymark_page_host::{Assets, Framing, Listener, PageHost, Running, TOKEN_HEADER};

use crate::page::Shown;
use crate::world::{PASSPHRASE, World};

/// The desk's page and its phones, as `open` serves them.
struct Stand {
    app: DeskApp,
    preview: Preview,
    desk: Running,
    /// The desk page's origin, and the token of its session.
    origin: String,
    session: String,
    http: reqwest::Client,
}

impl Stand {
    async fn of(app: DeskApp) -> Self {
        // An error means that it is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = Listener::bind(([127, 0, 0, 1], 0).into()).await.unwrap();
        let origin = listener.origin();
        let page = |path: &str| (path == "preview.html").then_some(b"the diary".as_slice().into());
        let preview = Preview::serve([127, 0, 0, 1].into(), &origin, Assets::Embedded(page)).await.unwrap();
        let app = app.with_preview(preview.clone());
        let (called, ending) = (app.clone(), preview.clone());
        let desk = listener.serve(PageHost {
            assets: Assets::Embedded(|_| None),
            entry: "index.html",
            handler: Arc::new(move |name, input| {
                let app = called.clone();
                Box::pin(
                    async move { app.call(&name, input).await.map_err(|error| serde_json::to_value(error).unwrap()) },
                )
            }),
            sound: None,
            microphone: false,
            framing: Framing::Shows(preview.origins().to_vec()),
            ended: Some(Arc::new(move || ending.end())),
        });
        let desk = desk.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut stand = Self { app, preview, desk, origin, session: String::new(), http };
        let link = stand.desk.one_time_url().unwrap();
        stand.session = stand.redeem(&link).await;
        stand
    }

    /// In a folder that is not there yet, with the example study.
    async fn with_example() -> (Self, tempfile::TempDir) {
        let temporary = tempfile::tempdir().unwrap();
        let stand = Self::of(DeskApp::new(temporary.path().join("desk"))).await;
        stand.ask("begin_study", json!({ "from": "example" })).await;
        (stand, temporary)
    }

    async fn redeem(&self, link: &str) -> String {
        let (origin, token) = link.split_once("/#").unwrap();
        let reply = self.http.post(format!("{origin}/session")).header(TOKEN_HEADER, token).send().await.unwrap();
        reply.json::<Value>().await.unwrap()["token"].as_str().unwrap().to_owned()
    }

    /// Calls a command of whoever is at that origin.
    async fn call(&self, origin: &str, token: &str, name: &str, input: Value) -> (u16, Value) {
        let request = self.http.post(format!("{origin}/call/{name}")).header(TOKEN_HEADER, token).json(&input);
        let reply = request.send().await.unwrap();
        (reply.status().as_u16(), reply.json().await.unwrap_or_default())
    }

    /// Asks the desk as its page does.
    async fn ask(&self, name: &str, input: Value) -> Value {
        let (status, answer) = self.call(&self.origin, &self.session, name, input).await;
        assert_eq!(status, 200, "{name}: {answer}");
        answer
    }

    async fn refused(&self, name: &str, input: Value) -> Value {
        let (status, answer) = self.call(&self.origin, &self.session, name, input).await;
        assert_eq!(status, 422, "{name}: {answer}");
        answer["code"].clone()
    }

    async fn open(&self, languages: &[&str], day: Option<u32>) -> (Value, Vec<Phone<'_>>) {
        let view = self.ask("open_preview", json!({ "languages": languages, "day": day })).await;
        let mut phones = Vec::new();
        for phone in view["phones"].as_array().unwrap() {
            let url = phone["url"].as_str().unwrap();
            let (origin, token) = (url.split_once("/#").unwrap().0.to_owned(), self.redeem(url).await);
            phones.push(Phone { stand: self, origin, token });
        }
        (view, phones)
    }
}

/// The page in a frame.
struct Phone<'s> {
    stand: &'s Stand,
    origin: String,
    token: String,
}

impl Phone<'_> {
    async fn ask(&self, name: &str, input: Value) -> Value {
        let (status, answer) = self.stand.call(&self.origin, &self.token, name, input).await;
        assert_eq!(status, 200, "{name}: {answer}");
        answer
    }

    async fn is_let_in(&self) -> bool {
        let (status, _) = self.stand.call(&self.origin, &self.token, "status", json!({})).await;
        assert!(matches!(status, 200 | 401), "{status}");
        status == 200
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_the_draft_is_on_a_phone_in_each_of_two_languages() {
    let (stand, _folder) = Stand::with_example().await;
    let mut draft = stand.ask("study_form", json!({})).await["draft"].take();
    draft["languages"] = json!(["en", "es"]);
    let daily = draft["prompt_set"].as_array().unwrap().iter().find(|set| set["when"] == "day").unwrap()["id"].clone();
    let prompts = draft["prompt"].as_array_mut().unwrap();
    let prompt = prompts.iter_mut().find(|prompt| prompt["set"] == daily).unwrap();
    prompt["text"] = json!({ "en": "What was it like?", "es": "¿Cómo fue?" });
    stand.ask("save_study", json!({ "draft": draft })).await;

    let (view, phones) = stand.open(&["en", "es"], Some(10)).await;
    assert!(view["days"].as_array().unwrap().len() > 2 && view["pin"].is_string());
    let today = chrono::Local::now().date_naive();
    for (phone, question) in phones.iter().zip(["What was it like?", "¿Cómo fue?"]) {
        let beginning = phone.ask("beginning", json!({})).await;
        assert_eq!(beginning, json!({ "days_ahead": 9, "invitation": null }));
        let shown = phone.ask("today", json!({})).await;
        assert_eq!(shown["daily"]["prompts"][0]["text"], question);
        let days = shown["date"].as_str().unwrap().parse::<chrono::NaiveDate>().unwrap() - today;
        // Midnight may have passed meanwhile.
        assert!([9, 10].contains(&days.num_days()), "{days}");
        assert_eq!(shown["sync"]["state"], "up-to-date");
        let support = phone.ask("support", json!({})).await;
        assert!(!support["contacts"].as_array().unwrap().is_empty());
        // It is written and shared as on any phone, and what it sends is receipted in this process.
        let written = json!({
            "draft": {
                "id": "", "entry": null, "prompt_set": "free", "about": shown["date"], "answers": [], "text": "Tried out",
                "weight": null, "tags": [], "caret": null, "saved_at": null,
            },
            "readers": "study",
        });
        phone.ask("finish_entry", written).await;
        assert_eq!(phone.ask("sync_now", json!({})).await["problem"], Value::Null);
        assert_eq!(phone.ask("today", json!({})).await["held"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_run_begins_with_an_invitation_and_leads_into_the_study() {
    let (stand, _folder) = Stand::with_example().await;
    let (view, phones) = stand.open(&["en"], None).await;
    assert_eq!((view["pin"].clone(), phones.len()), (Value::Null, 1));
    let phone = &phones[0];
    let invitation = phone.ask("beginning", json!({})).await["invitation"].take();
    let shown = phone.ask("read_invitation", json!({ "invitation": invitation })).await;
    assert_eq!(shown["server"], "server.example");
    let form = stand.ask("study_form", json!({})).await;
    assert_eq!(shown["title"], form["draft"]["title"]["en"]);
    assert_eq!(shown["consent"].as_array().unwrap().len(), form["draft"]["consent"].as_array().unwrap().len());
    phone.ask("create_diary", json!({ "lock": "pin", "secret": "246810" })).await;
    let agreed: Vec<&Value> = shown["consent"].as_array().unwrap().iter().map(|item| &item["id"]).collect();
    let join = json!({ "invitation": invitation, "agreed": agreed, "back_up_earlier": false });
    assert_eq!(phone.ask("join_study", join).await["study"], form["draft"]["title"]["en"]);
    assert_eq!(phone.ask("sync_now", json!({})).await["state"], "up-to-date");
    assert_eq!(phone.ask("beginning", json!({})).await["invitation"], Value::Null, "it has joined");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_phone_reaches_a_server_that_is_named_to_it() {
    let (stand, _folder) = Stand::with_example().await;
    let (_, phones) = stand.open(&["en"], None).await;
    let asked = Listener::bind(([127, 0, 0, 1], 0).into()).await.unwrap();
    let restore = json!({ "words": "zoo ".repeat(24), "server": asked.origin(), "lock": "pin", "secret": "246810" });
    let words = stand.call(&phones[0].origin, &phones[0].token, "restore_diary", restore).await;
    assert_eq!(words.0, 422);
    // Where somebody listens who never answers, a diary that asked there would wait for a minute.
    let real = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon \
                abandon abandon abandon abandon abandon abandon abandon abandon abandon art";
    let restore = json!({ "words": real, "server": asked.origin(), "lock": "pin", "secret": "246810" });
    let refused = stand.call(&phones[0].origin, &phones[0].token, "restore_diary", restore).await;
    assert_eq!(refused, (422, json!({ "code": "server-trouble" })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_has_no_way_to_the_desk_and_the_desk_none_to_a_phone() {
    let (stand, _folder) = Stand::with_example().await;
    let (_, phones) = stand.open(&["en"], None).await;
    let phone = &phones[0];
    assert_ne!(phone.origin, stand.origin);
    // Its token is none at the desk; and with the desk's own, which it cannot come by, its origin gives it away.
    let call = format!("{}/call/study_form", stand.origin);
    for (token, origin, status) in [
        (&phone.token, None, 401),
        (&phone.token, Some(&phone.origin), 403),
        (&stand.session, Some(&phone.origin), 403),
        (&stand.session, Some(&stand.origin), 200),
    ] {
        let mut request = stand.http.post(&call).header(TOKEN_HEADER, token).json(&json!({}));
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        assert_eq!(request.send().await.unwrap().status(), status, "{origin:?}");
    }
    // What a browser asks first on behalf of another origin is never allowed.
    let asked =
        stand.http.request(reqwest::Method::OPTIONS, &call).header("origin", &phone.origin).send().await.unwrap();
    assert!(asked.status() == 403 && !asked.headers().contains_key("access-control-allow-origin"));
    // Nor is there anything of the desk's at the phone's host, whoever asks.
    for name in NAMES.iter().filter(|name| !["status", "lock", "unlock", "touch", "await_lock"].contains(name)) {
        let (status, answer) = stand.call(&phone.origin, &phone.token, name, json!({})).await;
        assert_eq!((status, &answer["code"]), (422, &json!("internal")), "{name}");
    }
    assert_eq!(stand.call(&phone.origin, &stand.session, "status", json!({})).await.0, 401);
    // The one page shows the other, and no other does.
    let policy = |reply: &reqwest::Response| reply.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let shown = policy(&stand.http.get(&phone.origin).send().await.unwrap());
    assert!(shown.contains("connect-src 'self';") && shown.ends_with(&format!("frame-ancestors {}", stand.origin)));
    let showing = policy(&stand.http.get(&stand.origin).send().await.unwrap());
    let frames = format!("frame-src {};", stand.preview.origins().join(" "));
    assert!(showing.contains(&frames) && showing.ends_with("frame-ancestors 'none'"), "{showing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_one_preview_and_it_ends_when_another_is_opened_or_it_is_closed() {
    let (stand, _folder) = Stand::with_example().await;
    let (first, before) = stand.open(&["en"], None).await;
    assert!(before[0].is_let_in().await);
    let (second, phones) = stand.open(&["en"], None).await;
    // At the same place, for another session.
    assert_eq!(before[0].origin, phones[0].origin);
    assert!(!before[0].is_let_in().await && phones[0].is_let_in().await);
    stand.ask("await_preview", json!({ "number": first["number"] })).await;
    stand.ask("close_preview", json!({})).await;
    stand.ask("await_preview", json!({ "number": second["number"] })).await;
    assert!(!phones[0].is_let_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_with_the_session_of_the_desks_page() {
    let (stand, _folder) = Stand::with_example().await;
    let (_, phones) = stand.open(&["en"], None).await;
    stand.desk.one_time_url().unwrap();
    assert!(!phones[0].is_let_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_when_nobody_touches_it() {
    let temporary = tempfile::tempdir().unwrap();
    let folder: PathBuf = temporary.path().join("desk");
    let stand = Stand::of(DeskApp::new(folder).locking_after(Duration::from_millis(200))).await;
    stand.ask("begin_study", json!({ "from": "example" })).await;
    tokio::spawn(stand.app.clone().watch());
    let view = stand.ask("open_preview", json!({ "languages": ["en"], "day": null })).await;
    stand.ask("await_preview", json!({ "number": view["number"] })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_tries_a_phone_is_at_the_desk_and_still_is_when_they_come_back_from_it() {
    const AFTER: Duration = Duration::from_secs(3);
    let shown = Shown::of(World::new().await);
    let stand = Stand::of(shown.app.clone().locking_after(AFTER)).await;
    stand.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    let watch = tokio::spawn(stand.app.clone().watch());
    // Before a diary has come to be: nothing but this says that somebody is there.
    let (_, phones) = stand.open(&["en"], None).await;
    let until = std::time::Instant::now() + AFTER + Duration::from_millis(500);
    while std::time::Instant::now() < until {
        phones[0].ask("seen", json!({})).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    stand.ask("close_preview", json!({})).await;
    tokio::time::sleep(AFTER / 2).await;
    assert_eq!(stand.ask("status", json!({})).await["open"], true);
    watch.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_when_the_desk_is_locked_and_a_locked_desk_shows_none() {
    let shown = Shown::unlocked(World::new().await).await;
    // What is published is shown where nothing else was written.
    let stand = Stand::of(shown.app.clone()).await;
    let (_, phones) = stand.open(&["en"], Some(1)).await;
    assert!(phones[0].is_let_in().await);
    // Whoever waits for the phone's lock is answered, or comes too late.
    let waiting = stand.call(&phones[0].origin, &phones[0].token, "await_lock", json!({}));
    let (waited, status) = tokio::join!(waiting, stand.ask("lock", json!({})));
    assert!(matches!(waited.0, 200 | 401) && status["open"] == false, "{waited:?}");
    assert!(!phones[0].is_let_in().await);
    for (name, input) in [
        ("open_preview", json!({ "languages": ["en"], "day": null })),
        ("close_preview", json!({})),
        ("await_preview", json!({ "number": 1 })),
    ] {
        assert_eq!(stand.refused(name, input).await, "locked", "{name}");
    }
    stand.ask("unlock", json!({ "passphrase": PASSPHRASE })).await;
    let (_, phones) = stand.open(&["en"], None).await;
    assert!(phones[0].is_let_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_study_yet_and_what_is_not_in_it_is_not_shown() {
    let (stand, _folder) = Stand::with_example().await;
    for (languages, day) in [
        (json!([]), json!(null)),
        (json!(["en", "en", "en"]), json!(null)),
        (json!(["xx"]), json!(null)),
        (json!(["en"]), json!(0)),
        (json!(["en"]), json!(3661)),
    ] {
        let wanted = json!({ "languages": languages, "day": day });
        assert_eq!(stand.refused("open_preview", wanted.clone()).await, "internal", "{wanted}");
    }
    stand.ask("begin_study", json!({ "from": "empty" })).await;
    assert_eq!(stand.refused("open_preview", json!({ "languages": ["en"], "day": null })).await, "draft-unfit");
}
