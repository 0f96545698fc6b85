//! The study that is being written, as phones show it: the diary's own page over the diary's own code, in a frame of the desk's page.
//!
//! ```text
//! desk's page ── open_preview ─► DeskApp ── a link that is good once, for each phone ─► frame
//!   http://127.0.0.1:A  frame-src B, C                                                    │
//!                                                            http://127.0.0.1:B or C  frame-ancestors A
//!                                                                                          ▼
//!                                     Phone: Diaries in a temporary folder ◄─ in process ─► Trial: the draft under throwaway keys
//! ```
//!
//! A phone has an origin of its own, so its page has no way to the desk's: not to its document, its token or its commands. Its host
//! knows no command but the diary's, and the diary has no server but the one in this process. The two places are taken when the program starts and kept
//! until it ends, so that no other program can be shown in the frame.
//!
//! There is one preview at a time. It ends, and with it the session of its phones and their folders, when it is closed, when another one is
//! opened, when nobody touches it for a while, when the desk is locked, when the desk's session ends, and with the program.

mod days;
mod phone;
mod trial;
pub(super) mod types;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::Notify;
use waymark_page_host::{Assets, Framing, Listener, PageHost, Running, ServeError};
use waymark_protocol::invitation::ServerUrl;

use self::days::{LAST_DAY, days};
use self::phone::{PIN, Phone};
use self::types::{OpenPreview, PreviewPhone, PreviewRef, PreviewView};
use super::app::{DeskApp, blocking};
use super::locking::Watched;
use super::{ErrorCode, Nothing, Refusal};

/// How many phones there can be side by side.
pub const PHONES: usize = 2;
/// What stands where the address of the study's server would, as long as there is none. Nobody asks there.
const NO_SERVER_YET: &str = "https://server.example";
/// By what a phone's page says that somebody is there, whatever it shows. The diary's own `touch` says so of an open diary alone.
const SEEN: &str = "seen";

/// Where phones are shown, and those that are.
#[derive(Clone)]
pub struct Preview {
    stage: Arc<Stage>,
    hosts: Arc<Vec<Running>>,
    origins: Vec<String>,
}

#[derive(Default)]
struct Stage {
    shown: Mutex<Option<Shown>>,
    /// How often a preview was ended, which is how many there were at most.
    ended: AtomicU32,
    over: Notify,
    touched: Watched,
    /// One is opened at a time.
    opening: tokio::sync::Mutex<()>,
}

struct Shown {
    number: u32,
    phones: Vec<Arc<Phone>>,
}

impl Stage {
    fn shown(&self) -> MutexGuard<'_, Option<Shown>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn call(&self, place: usize, name: String, input: Value) -> Result<Value, Value> {
        let phone = self.shown().as_ref().and_then(|shown| shown.phones.get(place).cloned());
        let phone = phone.ok_or_else(|| json!({ "code": "internal" }))?;
        if [SEEN, "touch"].contains(&name.as_str()) {
            self.touched.touch();
        }
        if name == SEEN {
            return Ok(json!({}));
        }
        // To its end, also when nobody waits for the answer any more: its folder goes after that.
        let answer = tokio::spawn(async move { phone.call(name, input).await });
        answer.await.unwrap_or_else(|_| Err(json!({ "code": "internal" })))
    }
}

impl Preview {
    /// The file of the diary's page with which a phone in a frame begins.
    pub const ENTRY: &str = "preview.html";

    /// Takes the places, at the desk's own loopback address, for the page of this origin. `diary` is the diary's built page.
    ///
    /// # Errors
    ///
    /// No place can be had.
    pub async fn serve(at: IpAddr, desk: &str, diary: Assets) -> Result<Self, ServeError> {
        let stage = Arc::new(Stage::default());
        let (mut hosts, mut origins) = (Vec::new(), Vec::new());
        for place in 0..PHONES {
            let listener = Listener::bind(SocketAddr::new(at, 0)).await?;
            origins.push(listener.origin());
            let stage = stage.clone();
            hosts.push(listener.serve(PageHost {
                assets: diary.clone(),
                entry: Self::ENTRY,
                handler: Arc::new(move |name, input| {
                    let stage = stage.clone();
                    Box::pin(async move { stage.call(place, name, input).await })
                }),
                sound: None,
                microphone: false,
                framing: Framing::ShownBy(desk.to_owned()),
                ended: None,
            })?);
        }
        Ok(Self { stage, hosts: Arc::new(hosts), origins })
    }

    /// The origins of the phones.
    pub fn origins(&self) -> &[String] {
        &self.origins
    }

    /// Ends what is shown, and what is about to be.
    pub fn end(&self) {
        self.stage.ended.fetch_add(1, Ordering::SeqCst);
        let shown = self.stage.shown().take();
        self.hosts.iter().for_each(Running::close);
        shown.iter().flat_map(|shown| &shown.phones).for_each(|phone| phone.end());
        self.stage.over.notify_waiters();
    }

    /// Whether anything is shown that somebody touched not long ago; ends it otherwise.
    pub(super) fn is_watched(&self, after: Duration) -> bool {
        let shown = self.stage.shown().is_some();
        if shown && self.stage.touched.is_left(after) {
            self.end();
            return false;
        }
        shown
    }

    /// Shows these, unless it was ended since `number` was given.
    fn show(&self, number: u32, phones: Vec<Arc<Phone>>) -> Result<Vec<PreviewPhone>, ErrorCode> {
        let mut shown = self.stage.shown();
        if self.stage.ended.load(Ordering::SeqCst) != number {
            return Err(ErrorCode::PreviewFailed);
        }
        let links = self.hosts.iter().zip(&phones).map(|(host, phone)| {
            let url = host.one_time_url().map_err(|_| ErrorCode::PreviewFailed)?;
            Ok(PreviewPhone { language: phone.language.clone(), url })
        });
        let links = links.collect::<Result<_, ErrorCode>>()?;
        self.stage.touched.touch();
        *shown = Some(Shown { number, phones });
        Ok(links)
    }

    async fn is_over(&self, number: u32) {
        loop {
            let over = self.stage.over.notified();
            if self.stage.shown().as_ref().is_none_or(|shown| shown.number != number) {
                return;
            }
            over.await;
        }
    }
}

impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preview").field("origins", &self.origins).finish_non_exhaustive()
    }
}

impl DeskApp {
    fn preview(&self) -> Result<&Preview, ErrorCode> {
        self.preview.as_ref().ok_or(ErrorCode::PreviewFailed)
    }

    pub(super) async fn show_preview(&self, input: OpenPreview) -> Result<PreviewView, Refusal> {
        let preview = self.preview()?;
        let OpenPreview { languages, day } = input;
        let _one = preview.stage.opening.lock().await;
        preview.end();
        let number = preview.stage.ended.load(Ordering::SeqCst);
        // A desk that is locked from here on ends what comes of this; one that was locked before shows nothing.
        let file = Arc::new(self.study_in_form().await?);
        let known = |language: &String| file.plan.languages.contains(language);
        let days_fit = day.is_none_or(|day| (1..=LAST_DAY).contains(&day));
        if !(1..=PHONES).contains(&languages.len()) || !languages.iter().all(known) || !days_fit {
            return Err(ErrorCode::Internal);
        }
        let server = self.server_as_shown()?;
        let making: Vec<_> = languages
            .into_iter()
            .map(|language| tokio::spawn(Phone::new(file.clone(), server.clone(), language, day)))
            .collect();
        let mut phones = Vec::new();
        for phone in making {
            phones.push(Arc::new(phone.await.unwrap_or(Err(ErrorCode::PreviewFailed))?));
        }
        let days = blocking(move || Ok(days(&file.plan, chrono::Local::now().date_naive()))).await?;
        let pin = day.map(|_| PIN.to_owned());
        Ok(PreviewView { number, phones: preview.show(number, phones)?, pin, days, last_day: LAST_DAY })
    }

    /// What a phone names as the study's server.
    fn server_as_shown(&self) -> Result<ServerUrl, ErrorCode> {
        let host = self.status_now().study.map(|study| format!("https://{}", study.server));
        let known = host.and_then(|host| ServerUrl::parse(&host).ok());
        known.or_else(|| ServerUrl::parse(NO_SERVER_YET).ok()).ok_or(ErrorCode::Internal)
    }

    pub(super) fn end_preview(&self) -> Nothing {
        if let Some(preview) = &self.preview {
            preview.end();
        }
        Nothing {}
    }

    pub(super) async fn await_preview_end(&self, input: PreviewRef) -> Result<Nothing, Refusal> {
        self.preview()?.is_over(input.number).await;
        Ok(Nothing {})
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::draft::EXAMPLE;
    use waymark_protocol::study::StudyFile;

    #[tokio::test(flavor = "multi_thread")]
    async fn somebody_is_there_who_has_no_diary_yet() {
        let localhost = IpAddr::from([127, 0, 0, 1]);
        let preview = Preview::serve(localhost, "http://127.0.0.1:1", Assets::Embedded(|_| None)).await.unwrap();
        let file = Arc::new(StudyFile::parse(EXAMPLE).unwrap());
        let server = ServerUrl::parse(NO_SERVER_YET).unwrap();
        let phone = Phone::new(file, server, "en".to_owned(), None).await.unwrap();
        preview.show(0, vec![Arc::new(phone)]).unwrap();
        let shown = Instant::now();
        tokio::time::sleep(Duration::from_secs(2)).await;
        let stage = &preview.stage;
        stage.call(0, "status".to_owned(), json!({})).await.unwrap();
        assert!(stage.touched.is_left(shown.elapsed()), "the page asks that by itself");
        assert_eq!(stage.call(0, SEEN.to_owned(), json!({})).await, Ok(json!({})));
        assert!(!stage.touched.is_left(shown.elapsed()));
    }

    #[tokio::test]
    async fn somebody_is_there_until_nobody_touches_it_and_what_has_ended_is_not_shown_any_more() {
        const HOUR: Duration = Duration::from_secs(3600);
        let localhost = IpAddr::from([127, 0, 0, 1]);
        let preview = Preview::serve(localhost, "http://127.0.0.1:1", Assets::Embedded(|_| None)).await.unwrap();
        assert!(!preview.is_watched(HOUR));
        preview.show(0, Vec::new()).unwrap();
        assert!(preview.is_watched(HOUR));
        assert!(!preview.is_watched(Duration::ZERO));
        assert!(!preview.is_watched(HOUR), "it has ended");
        assert_eq!(preview.show(0, Vec::new()), Err(ErrorCode::PreviewFailed), "it was begun before that");
    }
}
