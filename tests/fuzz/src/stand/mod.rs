//! A study with its server, its desk and one person, as the simulation makes them; and what they honestly said to each other, which the
//! targets repeat, change and leave out.
//!
//! Made once for each thread. Each input has copies of its own, so that one that fails does so alone and every time.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, Method};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use waymark_desk::export::export_with_proofs;
use waymark_desk::transport::{Answer, Call, Carrier, Server, TransportError};
use waymark_desk::{Desk, Progress, certificate, pull};
use waymark_diary::net::{Body, NetError, Reply, Request, Transport};
use waymark_diary::page::Draft;
use waymark_diary::{Diary, DiaryHandle, Finished, LockSecret, Now, Readers, join, preview, restore, sync, unlock};
use waymark_protocol::AttachmentId;
use waymark_protocol::api::Token;
use waymark_protocol::invitation::{Invitation, ServerUrl};
use waymark_protocol::record::wire::{self, read_push};
use waymark_protocol::record::{Kind, Target};
use waymark_server::Role;
use waymark_simulation::template::{PASSPHRASE, Template, copy_files, temporary};
use waymark_simulation::time::{HOUR, Time};
use waymark_simulation::wire::{CANARY, DeskEnd, HOST, PhoneEnd, Wire, open};
use waymark_vault::simulation::{make_locks_quick, settle_chance};

mod others;

/// What the person has shared, and what is theirs alone. Both begin as everything does that must never be seen on the way.
pub(crate) const SHARED: &str = "waymark-canary shared with the study";
pub(crate) const PRIVATE: &str = "waymark-canary nobody else's";

/// The name of the desk's export.
pub(crate) const EXPORT: &str = "out.jsonl";

/// A request and the answer to it.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub method: Method,
    pub path: String,
    pub token: Option<Token>,
    pub content_type: Option<&'static str>,
    pub body: Vec<u8>,
    pub answer: Answered,
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answered {
    pub status: u16,
    pub retry_after: Option<u64>,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Everything.
pub(crate) struct Stand {
    pub runtime: Runtime,
    pub time: Time,
    pub template: Template,
    /// The person's invitation and words.
    pub invitation: Invitation,
    pub words: String,
    /// The server's and the desk's folders and the phone's when everything had gone through but the grant; the desk has not pulled.
    pub server: PathBuf,
    pub desk: PathBuf,
    pub phone: PathBuf,
    /// Where the desk had pulled.
    pub pulled: PathBuf,
    /// What the desk could certify then.
    pub certificate: Vec<u8>,
    /// A folder with that certificate, and the export with proofs and a voice note that was written then.
    pub exported: PathBuf,
    /// What was said when the phone joined, when it synced with its grant due, when a new phone was restored, and when the desk pulled.
    pub joining: Arc<[Said]>,
    pub syncing: Arc<[Said]>,
    pub restoring: Arc<[Said]>,
    pub pulling: Arc<[Said]>,
    /// The record of the entry that is nobody else's.
    pub private: Target,
    /// Tokens of people of each role, for all studies.
    pub staff: Vec<Token>,
    /// Calls that none of them made, with bodies that are rightly signed.
    pub others: Vec<Said>,
    _folder: TempDir,
}

thread_local! {
    static STAND: Stand = Stand::new().expect("the study, the server and the phone are made");
}

/// Works with this thread's.
pub(crate) fn with<T>(work: impl FnOnce(&Stand) -> T) -> T {
    STAND.with(work)
}

/// From here on, the same chance each time: what the phone seals and signs is what it sealed when its answers were taken down.
pub(crate) fn same_chance() {
    settle_chance(7);
}

/// A copy of a folder, which is gone when it is dropped.
pub(crate) fn copy(of: &Path) -> TempDir {
    let folder = temporary().expect("a temporary folder");
    copy_files(of, folder.path()).expect("a copy");
    folder
}

/// What opens everything.
pub(crate) fn secret() -> LockSecret {
    LockSecret::passphrase(PASSPHRASE)
}

/// The server's address.
pub(crate) fn address() -> ServerUrl {
    ServerUrl::parse(&format!("http://{HOST}")).expect("an address")
}

/// All texts of a diary, in order.
pub(crate) fn texts(diary: &DiaryHandle) -> Vec<String> {
    let texts = diary.with(|diary| {
        let mut texts = Vec::new();
        for entry in diary.entry_ids() {
            texts.extend(diary.revisions(&entry)?.into_iter().map(|revision| revision.text.clone()));
        }
        Ok(texts)
    });
    let mut texts = texts.expect("what is in an open diary can be read");
    texts.sort();
    texts
}

impl Stand {
    fn new() -> Result<Self, String> {
        make_locks_quick();
        settle_chance(1);
        let runtime = Builder::new_current_thread().enable_all().build().map_err(told)?;
        let template = runtime.block_on(Template::make())?;
        let folder = temporary()?;
        let at = |name: &str| folder.path().join(name);
        let time = Time::beginning();
        copy_files(&template.server(), &at("running"))?;
        copy_files(&template.desk(), &at("desk"))?;
        copy_files(&template.invited[0].folder, &at("joining"))?;
        let wire = runtime.block_on(Wire::to(at("running"), time.clone()))?;
        let (link, words) = (&template.invited[0].link, template.invited[0].words.clone());
        let invitation = Invitation::parse(link).map_err(told)?;

        let recorder = Recorder::new(&wire);
        let diary = DiaryHandle::new(unlock(&at("joining"), &secret()).map_err(told)?);
        runtime.block_on(joins(&diary, invitation.clone(), &recorder, &time))?;
        let joining = recorder.said();

        diary.with(|diary| write(diary, SHARED, Readers::Study, time.on_a_phone(0))).map_err(told)?;
        diary.with(|diary| write(diary, PRIVATE, Readers::OnlyMe, time.on_a_phone(0))).map_err(told)?;
        let recorder = Recorder::new(&wire);
        runtime.block_on(syncs(&diary, &recorder, &time))?;
        let private = private_record(&recorder.said())?;
        drop(diary);
        time.pass(49 * HOUR);
        copy_files(&at("joining"), &at("phone"))?;
        wire.stop_server();
        let staff = runtime.block_on(staff(at("running"), &time))?;
        copy_files(&at("running"), &at("server"))?;
        runtime.block_on(wire.start_server())?;

        same_chance();
        let recorder = Recorder::new(&wire);
        let diary = DiaryHandle::new(unlock(&at("joining"), &secret()).map_err(told)?);
        runtime.block_on(syncs(&diary, &recorder, &time))?;
        let syncing = recorder.said();
        drop(diary);

        let recorder = Recorder::new(&wire);
        let now = time.on_a_phone(0);
        let (dir, lock, address) = (at("restored"), secret(), address());
        let restored = restore(&dir, &lock, &words, &address, now, &recorder);
        drop(runtime.block_on(restored).map_err(told)?);
        let restoring = recorder.said();

        copy_files(&at("desk"), &at("pulled"))?;
        let mut desk = Desk::open(&at("pulled"), PASSPHRASE).map_err(told)?;
        let recorder = Arc::new(DeskRecorder { line: DeskEnd(wire.clone()), said: Mutex::default() });
        let server = Server::over(recorder.clone(), desk.dangerously_token());
        let silent = Progress::silent();
        let pulled = pull::pull_over(&server, &mut desk, time.now(), &silent);
        let pulled = runtime.block_on(pulled).map_err(told)?;
        if pulled.totals.opened != 1 || pulled.totals.private != 1 {
            return Err(format!("the desk has read other entries than were written: {:?}", pulled.totals));
        }
        let pulling = std::mem::take(&mut *recorder.said.lock().unwrap_or_else(PoisonError::into_inner)).into();
        let file = at("certificate.json");
        certificate::make(&desk, &file, time.now()).map_err(told)?;
        let certificate = std::fs::read(&file).map_err(told)?;
        let others = others::made(&desk, &words, private, &staff)?;
        std::fs::create_dir(at("exported")).map_err(told)?;
        std::fs::copy(&file, at("exported").join("certificate.json")).map_err(told)?;
        let exported = export_with_proofs(&mut desk, &at("exported").join(EXPORT)).map_err(told)?;
        if exported.recordings != 1 {
            return Err(format!("the voice note is not beside the export: {exported:?}"));
        }
        drop(desk);
        wire.stop_server();

        Ok(Self {
            server: at("server"),
            desk: at("desk"),
            phone: at("phone"),
            pulled: at("pulled"),
            runtime,
            time,
            template,
            invitation,
            words,
            certificate,
            exported: at("exported"),
            joining,
            syncing,
            restoring,
            pulling,
            private,
            staff,
            others,
            _folder: folder,
        })
    }
}

// The signature is the one that `map_err` asks for.
#[allow(clippy::needless_pass_by_value)]
fn told(error: impl ToString) -> String {
    error.to_string()
}

/// A token for each role.
async fn staff(folder: PathBuf, time: &Time) -> Result<Vec<Token>, String> {
    let server = open(folder, time).await?;
    let mut tokens = Vec::new();
    for role in [Role::Admin, Role::Researcher, Role::DataManager, Role::Auditor] {
        tokens.push(server.token(role, time.now()).await?);
    }
    Ok(tokens)
}

async fn joins(diary: &DiaryHandle, invitation: Invitation, line: &Recorder, time: &Time) -> Result<(), String> {
    let preview = preview(invitation, line).await.map_err(told)?;
    join(diary, &preview, &["text".to_owned()], true, time.on_a_phone(0), line).await.map_err(told)
}

async fn syncs(diary: &DiaryHandle, line: &Recorder, time: &Time) -> Result<(), String> {
    let outcome = sync::run(diary, line, time.on_a_phone(0)).await.map_err(told)?;
    match outcome.stopped {
        None if outcome.noticed.is_empty() => Ok(()),
        _ => Err(format!("an honest sync says {outcome:?}")),
    }
}

/// An entry with a short voice note.
fn write(diary: &mut Diary, text: &str, readers: Readers, now: Now) -> Result<(), waymark_diary::Error> {
    let draft = Draft {
        id: String::new(),
        entry: None,
        prompt_set: "free".into(),
        about: now.date().to_string(),
        answers: Vec::new(),
        text: text.into(),
        weight: None,
        tags: Vec::new(),
        caret: None,
        saved_at: None,
        voice: Vec::new(),
    };
    let draft = diary.save_draft(draft, now)?.id;
    let note = diary.begin_voice(&draft, "audio/webm;codecs=opus", None, now)?;
    let id: AttachmentId = note.id.parse().expect("a note's id");
    diary.append_voice(&id, 0, CANARY.repeat(50).as_bytes(), 1000)?;
    diary.end_voice(&id)?;
    let finished = Finished {
        entry: None,
        draft: Some(draft),
        about: now.date(),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: text.into(),
        weight: None,
        tags: Vec::new(),
    };
    diary.finish(finished, readers, now).map(drop)
}

/// The second entry that was pushed.
fn private_record(said: &[Said]) -> Result<Target, String> {
    let pushes = said.iter().filter(|said| said.content_type == Some(wire::CONTENT_TYPE));
    let records = pushes.flat_map(|said| read_push(&said.body).map(|(records, _)| records).unwrap_or_default());
    let mut entries = records.filter(|record| record.header().kind == Kind::Entry);
    entries.nth(1).map(|record| record.as_target()).ok_or_else(|| "two entries were not pushed".into())
}

/// A phone's end of the way, which takes down what is said.
struct Recorder {
    line: PhoneEnd,
    said: Mutex<Vec<Said>>,
}

impl Recorder {
    fn new(wire: &Arc<Wire>) -> Self {
        Self { line: PhoneEnd(wire.clone()), said: Mutex::default() }
    }

    fn said(&self) -> Arc<[Said]> {
        std::mem::take(&mut *self.said.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

/// How a phone's request is sent, and what with it.
pub(crate) fn parts(body: &Body) -> (Method, Option<&'static str>, Vec<u8>) {
    match body {
        Body::None => (Method::GET, None, Vec::new()),
        Body::Json(body) => (Method::POST, Some("application/json"), body.clone()),
        Body::Records(body) => (Method::POST, Some(wire::CONTENT_TYPE), body.clone()),
        Body::Head => (Method::HEAD, None, Vec::new()),
        Body::Part(body) => (Method::PUT, Some("application/octet-stream"), body.clone()),
    }
}

impl Transport for Recorder {
    async fn send(&self, request: Request) -> Result<Reply, NetError> {
        let (path, token) = (request.path.clone(), request.token);
        let (method, content_type, body) = parts(&request.body);
        let reply = self.line.send(request).await?;
        let headers = HeaderMap::new();
        let answer =
            Answered { status: reply.status, retry_after: reply.retry_after, headers, body: reply.body.clone() };
        let said = Said { method, path, token, content_type, body, answer };
        self.said.lock().unwrap_or_else(PoisonError::into_inner).push(said);
        Ok(reply)
    }
}

/// The desk's end.
struct DeskRecorder {
    line: DeskEnd,
    said: Mutex<Vec<Said>>,
}

impl Carrier for DeskRecorder {
    fn carry<'c>(
        &'c self,
        call: &'c Call,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + 'c>> {
        Box::pin(async move {
            let answer = self.line.carry(call).await?;
            let said = Said {
                method: call.method.clone(),
                path: call.path.clone(),
                token: Some(call.token),
                content_type: call.json.is_some().then_some("application/json"),
                body: call.json.clone().unwrap_or_default(),
                answer: Answered {
                    status: answer.status.as_u16(),
                    retry_after: None,
                    headers: answer.headers.clone(),
                    body: answer.body.clone(),
                },
            };
            self.said.lock().unwrap_or_else(PoisonError::into_inner).push(said);
            Ok(answer)
        })
    }
}
