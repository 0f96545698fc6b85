//! Carries out the page's commands.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use serde_json::Value;
use waymark_page::Media;
use waymark_vault::Secret;
use zeroize::Zeroizing;

use super::locking::{LOCK_AFTER_MINUTES, Watched};
use super::preparing::Prepared;
use super::reading::Reading;
use super::setup::Published;
use super::*;
use crate::draft::DraftFile;
use crate::exported;
use crate::invite::invite;
use crate::progress::{Progress, Step};
use crate::pull::pull;
use crate::revoke::revoke;
use crate::transcripts;
use crate::{Desk, now_ms, passphrase};

include!("commands.rs");

/// What somebody has to be there for. Whatever else the page asks, it may ask by itself: it saves what was typed, again where that did not
/// work, and each letter has told already that somebody is there.
const TOUCHES: &[&str] = &[
    "add_passphrase",
    "add_transcript",
    "begin_study",
    "change_passphrase",
    "change_transcript",
    "close_preview",
    "continue_study",
    "create_study",
    "decide_names",
    "end_study",
    "erase",
    "export",
    "forget_names",
    "forget_words_met",
    "invite",
    "join_keys",
    "make_certificate",
    "mark_read",
    "mark_unread",
    "note_printed_pack",
    "note_words_met",
    "open_preview",
    "publish_study",
    "remove_passphrase",
    "remove_transcript",
    "remove_transcripts",
    "replace_token",
    "revoke_invitation",
    "save_pack",
    "say_left",
    "send_study_again",
    "split_keys",
    "stop_phone",
    "take_study",
    "touch",
    "try_shares",
    "unlock",
];

/// What can be asked of a locked desk.
const WHILE_LOCKED: &[&str] = &["await_lock", "join_keys", "lock", "status", "touch", "try_shares", "unlock"];

/// What can be asked too where there is no desk yet.
const WITHOUT_A_DESK: &[&str] = &[
    "await_preview",
    "begin_study",
    "close_preview",
    "create_study",
    "open_preview",
    "save_study",
    "study_form",
    "take_study",
];

/// The desk in one folder, open or locked.
#[derive(Clone, Debug)]
pub struct DeskApp {
    pub(super) folder: Arc<PathBuf>,
    /// The study that is being written.
    pub(super) draft: Arc<DraftFile>,
    /// One at a time works with it.
    pub(super) drafting: Arc<Mutex<()>>,
    /// One at a time.
    pub(super) creating: Arc<tokio::sync::Mutex<()>>,
    open: Arc<Mutex<Option<Arc<Open>>>>,
    watched: Arc<Watched>,
    /// One at a time.
    unlocking: Arc<tokio::sync::Mutex<()>>,
    /// How often the desk was locked.
    locked: Arc<AtomicU64>,
    lock_after: Duration,
    /// Where the study is shown as phones show it, where there is such a place.
    pub(super) preview: Option<Preview>,
}

/// An open desk, and what is read from it.
#[derive(Debug)]
pub(super) struct Open {
    /// Held for as long as a collection takes; taken out when the desk is locked.
    desk: Mutex<Option<Desk>>,
    study: Mutex<StudyView>,
    /// What is published.
    pub published: Mutex<Published>,
    /// Whether the draft was saved while the desk had no time to take its interviews.
    pub owes_interviews: AtomicBool,
    reading: Mutex<Arc<Reading>>,
    prepared: Mutex<Arc<Prepared>>,
    /// How far a collection has come.
    collecting: Arc<Mutex<Collecting>>,
}

impl DeskApp {
    /// The desk in `folder`, locked.
    pub fn new(folder: PathBuf) -> Self {
        let lock_after = Duration::from_secs(60 * u64::from(LOCK_AFTER_MINUTES));
        Self {
            draft: Arc::new(DraftFile::in_folder(&folder)),
            drafting: Arc::default(),
            creating: Arc::default(),
            folder: Arc::new(folder),
            open: Arc::default(),
            watched: Arc::default(),
            unlocking: Arc::default(),
            locked: Arc::default(),
            lock_after,
            preview: None,
        }
    }

    /// The same, with a place to show the study as phones show it.
    pub fn with_preview(self, preview: Preview) -> Self {
        Self { preview: Some(preview), ..self }
    }

    /// The same, which locks by itself after so long instead.
    pub fn locking_after(self, lock_after: Duration) -> Self {
        Self { lock_after, ..self }
    }

    /// Carries out a command by its name, from JSON to JSON.
    ///
    /// # Errors
    ///
    /// What the page is told.
    pub async fn call(&self, name: &str, input: Value) -> Result<Value, CommandError> {
        if TOUCHES.contains(&name) {
            self.watched.touch();
        }
        let set_up = WITHOUT_A_DESK.contains(&name) && !Desk::is_in(&self.folder);
        if NAMES.contains(&name) && !WHILE_LOCKED.contains(&name) && !set_up {
            self.open_now()?;
        }
        self.carry_out(name, input).await
    }

    /// Answers a player that asks for a voice note, perhaps with a `Range` header. A locked desk plays nothing; while it collects, the player
    /// waits.
    pub async fn sound(&self, name: &str, range: Option<&str>) -> Media {
        let (name, range, open) = (name.to_owned(), range.map(str::to_owned), self.open_now());
        let answer = blocking(move || {
            let open = open?;
            let (voice, entry) = open.reading().voice(&name).ok_or(ErrorCode::EntryUnknown)?;
            let desk = open.desk.lock().unwrap_or_else(PoisonError::into_inner);
            let opened = voice.open(desk.as_ref().ok_or(ErrorCode::Locked)?.vault.reader(), &entry)?;
            let bytes = opened.ok_or(ErrorCode::EntryUnknown)?.map_err(|_| ErrorCode::Damaged)?;
            let read = |range: Range<u64>| {
                let range = usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?;
                Some(bytes.get(range)?.to_vec())
            };
            Media::of(range.as_deref(), voice.len(), &voice.r#type, |range| read(range).ok_or(ErrorCode::Damaged))
        });
        answer.await.unwrap_or_else(|_| Media::none())
    }

    /// Locks once nobody has been there for a while. Runs until it is dropped.
    pub async fn watch(self) {
        loop {
            tokio::time::sleep(self.lock_after.min(Duration::from_secs(1))).await;
            // Whoever tries a phone in its frame is there too, and the page around it does not see that.
            let tried = self.preview.as_ref().is_some_and(|preview| preview.is_watched(self.lock_after));
            if self.opened().is_some() && !tried && self.watched.is_left(self.lock_after) {
                self.lock_now().await;
            }
        }
    }

    /// Locks. A collection that is under way ends where it is: what has come by then is stored.
    pub async fn lock_now(&self) {
        // Also an opening that is under way comes to nothing.
        self.locked.fetch_add(1, Ordering::SeqCst);
        let open = self.opened().take();
        self.end_preview();
        self.watched.tell();
        if let Some(open) = open {
            // Its file is closed when this returns: somebody else may want it.
            let closed = blocking(move || {
                drop(open.desk.lock().unwrap_or_else(PoisonError::into_inner).take());
                Ok(())
            });
            let _ = closed.await;
        }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn opened(&self) -> MutexGuard<'_, Option<Arc<Open>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn open_now(&self) -> Result<Arc<Open>, ErrorCode> {
        self.opened().clone().ok_or(ErrorCode::Locked)
    }

    /// Works at the desk, away from the async threads, until it is done or the desk is locked; then everything is read anew: says what
    /// came of either. What breaks off has stored what it had come to. `until_read` is dropped once all of that is over, whoever still waits for the answer.
    pub(super) async fn at_desk<T: Send + 'static>(
        &self,
        until_read: impl Send + 'static,
        work: impl AsyncFnOnce(&mut Desk) -> Result<T, ErrorCode> + Send + 'static,
    ) -> Result<(T, Result<(), ErrorCode>), ErrorCode> {
        let worked = self.at_desk_and_then(work, |open, desk, done| {
            let _until_read = until_read;
            let read = open.read_anew(desk);
            // What was done is done, also when it cannot be read again.
            Ok((done?, read))
        });
        worked.await
    }

    /// As [`Self::at_desk`] with [`told`], for an answer that nothing is read for.
    pub(super) async fn at_desk_told<T: Send + 'static>(
        &self,
        work: impl AsyncFnOnce(&mut Desk) -> Result<T, ErrorCode> + Send + 'static,
    ) -> Result<T, ErrorCode> {
        told(self.at_desk((), work).await?)
    }

    /// The same for what changes nothing of what is read.
    pub(super) async fn at_desk_unread<T: Send + 'static>(
        &self,
        work: impl AsyncFnOnce(&mut Desk) -> Result<T, ErrorCode> + Send + 'static,
    ) -> Result<T, ErrorCode> {
        self.at_desk_and_then(work, |_, _, done| done).await
    }

    async fn at_desk_and_then<T: Send + 'static, U: Send + 'static>(
        &self,
        work: impl AsyncFnOnce(&mut Desk) -> Result<T, ErrorCode> + Send + 'static,
        then: impl FnOnce(&Open, &Desk, Result<T, ErrorCode>) -> Result<U, ErrorCode> + Send + 'static,
    ) -> Result<U, ErrorCode> {
        let (open, app) = (self.open_now()?, self.clone());
        blocking(move || {
            let fallen = app.watched.falls();
            drop(app.open_now()?);
            let mut desk = open.desk.lock().unwrap_or_else(PoisonError::into_inner);
            let desk = desk.as_mut().ok_or(ErrorCode::Locked)?;
            let done = tokio::runtime::Handle::current().block_on(async {
                tokio::select! {
                    done = work(desk) => Some(done),
                    () = fallen => None,
                }
            });
            // Nothing is opened any more for a desk that was locked meanwhile.
            then(&open, desk, done.ok_or(ErrorCode::Locked)?)
        })
        .await
    }

    /// How often the desk was locked until now.
    pub(super) fn locks(&self) -> u64 {
        self.locked.load(Ordering::SeqCst)
    }

    /// One at a time opens the desk.
    pub(super) async fn unlocking(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.unlocking.lock().await
    }

    /// Takes a desk that was opened, unless it was locked since.
    pub(super) fn open_as(&self, open: Open, locks: u64) -> Result<Status, ErrorCode> {
        let mut opened = self.opened();
        if self.locks() != locks {
            return Err(ErrorCode::Locked);
        }
        *opened = Some(Arc::new(open));
        drop(opened);
        self.watched.touch();
        Ok(self.status_now())
    }

    fn reading(&self) -> Result<Arc<Reading>, ErrorCode> {
        Ok(self.open_now()?.reading())
    }

    pub(super) fn status_now(&self) -> Status {
        let study =
            self.opened().as_ref().map(|open| open.study.lock().unwrap_or_else(PoisonError::into_inner).clone());
        let seconds = self.lock_after.as_secs();
        let lock_after_minutes = u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX);
        Status { desk: Desk::is_in(&self.folder), open: study.is_some(), study, lock_after_minutes }
    }
}

impl Open {
    pub(super) fn of(desk: Desk) -> Result<Self, ErrorCode> {
        let reading = Mutex::new(Arc::new(Reading::of(&desk, now_ms())?));
        let prepared = Mutex::new(Arc::new(Prepared::load(&desk)?));
        let study = Mutex::new(StudyView::of(&desk.identity));
        let published = Mutex::new(Published::of(&desk)?);
        let (owes_interviews, collecting) = (AtomicBool::new(false), Arc::default());
        Ok(Self { desk: Mutex::new(Some(desk)), study, published, owes_interviews, reading, prepared, collecting })
    }

    /// Works at the desk, where nothing else does just now.
    pub(super) fn if_free<T>(
        &self,
        work: impl FnOnce(&mut Desk) -> Result<T, ErrorCode>,
    ) -> Result<Option<T>, ErrorCode> {
        let mut desk = match self.desk.try_lock() {
            Ok(desk) => desk,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Ok(None),
        };
        work(desk.as_mut().ok_or(ErrorCode::Locked)?).map(Some)
    }

    pub(super) fn read_anew(&self, desk: &Desk) -> Result<(), ErrorCode> {
        // What is published is known at once, whatever can be read.
        *self.study.lock().unwrap_or_else(PoisonError::into_inner) = StudyView::of(&desk.identity);
        *self.published.lock().unwrap_or_else(PoisonError::into_inner) = Published::of(desk)?;
        *self.reading.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(Reading::of(desk, now_ms())?);
        Ok(())
    }

    pub(super) fn reading(&self) -> Arc<Reading> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn prepared(&self) -> Arc<Prepared> {
        self.prepared.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_prepared(&self, prepared: Prepared) {
        *self.prepared.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(prepared);
    }
}

/// A collection that is under way, until it is dropped.
struct Shown(Arc<Mutex<Collecting>>);

impl Shown {
    /// None while another one is.
    fn begin(open: &Open) -> Option<Self> {
        let mut collecting = open.collecting.lock().unwrap_or_else(PoisonError::into_inner);
        if collecting.running {
            return None;
        }
        *collecting = Collecting { running: true, ..Collecting::default() };
        Some(Self(open.collecting.clone()))
    }

    fn show(&self, step: Step) {
        let mut collecting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match step {
            Step::Records(records) => collecting.records = short(records),
            Step::Part { part, of } => (collecting.part, collecting.parts) = (short(part), short(of)),
            Step::Opening => collecting.opening = true,
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Collecting::default();
    }
}

/// What was done is done, also where the desk cannot be read anew after it: nobody is told that nothing was changed.
pub(super) fn told<T>((done, read): (T, Result<(), ErrorCode>)) -> Result<T, ErrorCode> {
    read.map(|()| done).map_err(|_| ErrorCode::DoneUnread)
}

pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ErrorCode> + Send + 'static,
) -> Result<T, ErrorCode> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(ErrorCode::Internal))
}

impl Commands for DeskApp {
    async fn status(&self, _: Nothing) -> Result<Status, Refusal> {
        Ok(self.status_now())
    }

    async fn unlock(&self, input: Unlock) -> Result<Status, Refusal> {
        let locks = self.locks();
        let _one = self.unlocking().await;
        let (folder, already) = (self.folder.clone(), self.opened().clone());
        let open = blocking(move || {
            let passphrase = Zeroizing::new(input.passphrase);
            let passphrase = passphrase::normal(&passphrase).map_err(|_| ErrorCode::WrongPassphrase)?;
            // Another tab was quicker: that is no reason to take any passphrase.
            if let Some(open) = already {
                let desk = open.desk.lock().unwrap_or_else(PoisonError::into_inner);
                desk.as_ref().ok_or(ErrorCode::Locked)?.vault.verify(&Secret::Passphrase(&passphrase))?;
                return Ok(None);
            }
            if !Desk::is_in(&folder) {
                return Err(ErrorCode::NoDesk);
            }
            Ok(Some(Open::of(Desk::open(&folder, &passphrase)?)?))
        });
        if let Some(open) = open.await? {
            return self.open_as(open, locks);
        }
        self.watched.touch();
        Ok(self.status_now())
    }

    async fn lock(&self, _: Nothing) -> Result<Status, Refusal> {
        self.lock_now().await;
        Ok(self.status_now())
    }

    async fn touch(&self, _: Nothing) -> Result<Nothing, Refusal> {
        Ok(Nothing {})
    }

    async fn await_lock(&self, _: Nothing) -> Result<Nothing, Refusal> {
        let fallen = self.watched.falls();
        if self.opened().is_some() {
            fallen.await;
        }
        Ok(Nothing {})
    }

    async fn study_form(&self, _: Nothing) -> Result<StudyForm, Refusal> {
        self.show_study().await
    }

    async fn begin_study(&self, input: BeginStudy) -> Result<StudyForm, Refusal> {
        self.begin_draft(input.from).await
    }

    async fn save_study(&self, input: SaveStudy) -> Result<StudyForm, Refusal> {
        self.save_draft(input.draft).await
    }

    async fn take_study(&self, input: TakeStudy) -> Result<StudyTaken, Refusal> {
        self.take_text(input.text).await
    }

    async fn create_study(&self, input: CreateStudy) -> Result<Status, Refusal> {
        self.create(input).await
    }

    async fn publish_study(&self, _: Nothing) -> Result<StudyForm, Refusal> {
        self.publish_draft().await
    }

    async fn send_study_again(&self, _: Nothing) -> Result<StudyForm, Refusal> {
        self.send_again().await
    }

    async fn phone_versions(&self, _: Nothing) -> Result<Vec<PhoneVersion>, Refusal> {
        Ok(self.reading()?.phone_versions.clone())
    }

    async fn open_preview(&self, input: OpenPreview) -> Result<PreviewView, Refusal> {
        self.show_preview(input).await
    }

    async fn close_preview(&self, _: Nothing) -> Result<Nothing, Refusal> {
        Ok(self.end_preview())
    }

    async fn await_preview(&self, input: PreviewRef) -> Result<Nothing, Refusal> {
        self.await_preview_end(input).await
    }

    async fn overview(&self, _: Nothing) -> Result<Overview, Refusal> {
        Ok(self.reading()?.overview.clone())
    }

    async fn collect(&self, _: Nothing) -> Result<Overview, Refusal> {
        let open = self.open_now()?;
        let shown = Arc::new(Shown::begin(&open).ok_or(ErrorCode::Collecting)?);
        let collected = self.at_desk(shown.clone(), async move |desk| {
            let progress = Progress::told_to(move |step| shown.show(step));
            pull(desk, now_ms(), &progress).await?;
            Ok(())
        });
        told(collected.await?)?;
        Ok(self.reading()?.overview.clone())
    }

    async fn progress(&self, _: Nothing) -> Result<Collecting, Refusal> {
        Ok(*self.open_now()?.collecting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn records(&self, input: ListRecords) -> Result<RecordList, Refusal> {
        Ok(self.reading()?.records_of(input))
    }

    async fn people(&self, _: Nothing) -> Result<PeopleView, Refusal> {
        Ok(self.reading()?.people.clone())
    }

    async fn invite(&self, input: ParticipantRef) -> Result<InvitationCard, Refusal> {
        let invited = self.at_desk((), async move |desk| Ok(invite(desk, &input.participant, now_ms()).await?.into()));
        Ok(invited.await?.0)
    }

    async fn revoke_invitation(&self, input: ParticipantRef) -> Result<PeopleView, Refusal> {
        let revoked =
            self.at_desk_told(async move |desk| Ok(revoke(desk, &input.participant, now_ms()).await.map(drop)?));
        revoked.await?;
        Ok(self.reading()?.people.clone())
    }

    async fn filters(&self, _: Nothing) -> Result<Filters, Refusal> {
        Ok(self.reading()?.filters.clone())
    }

    async fn entries(&self, input: FindEntries) -> Result<EntryPage, Refusal> {
        let reading = self.reading()?;
        blocking(move || Ok(reading.find(&input))).await
    }

    async fn versions(&self, input: EntryRef) -> Result<Vec<EntryView>, Refusal> {
        self.reading()?.versions(&input).ok_or(ErrorCode::EntryUnknown)
    }

    async fn names(&self, _: Nothing) -> Result<NamesView, Refusal> {
        self.names_now().await
    }

    async fn names_history(&self, _: Nothing) -> Result<Vec<DecidedName>, Refusal> {
        self.names_history_now().await
    }

    async fn decide_names(&self, input: DecideNames) -> Result<NamesView, Refusal> {
        self.decide(input).await
    }

    async fn forget_names(&self, input: ForgetNames) -> Result<NamesView, Refusal> {
        self.forget(input).await
    }

    async fn copies(&self, input: FindCopies) -> Result<CopyPage, Refusal> {
        self.copies_now(input).await
    }

    async fn interview_copy(&self, input: TranscriptRef) -> Result<InterviewCopy, Refusal> {
        self.interview_copy_now(input).await
    }

    async fn mark_read(&self, input: MarkRead) -> Result<ReadCount, Refusal> {
        self.mark(input).await
    }

    async fn mark_unread(&self, input: MarkUnread) -> Result<ReadCount, Refusal> {
        self.unmark(input).await
    }

    async fn exports(&self, _: Nothing) -> Result<ExportsView, Refusal> {
        self.exports_now().await
    }

    async fn export(&self, input: MakeExport) -> Result<ExportDone, Refusal> {
        self.make_export(input).await
    }

    async fn show_exports(&self, _: Nothing) -> Result<Nothing, Refusal> {
        self.show_exports_now().await
    }

    async fn pack(&self, input: ParticipantRef) -> Result<PackView, Refusal> {
        self.pack_now(input).await
    }

    async fn note_printed_pack(&self, input: NotePrintedPack) -> Result<Nothing, Refusal> {
        self.note_printed_pack_now(input).await
    }

    async fn save_pack(&self, input: SavePack) -> Result<ExportDone, Refusal> {
        self.save_pack_now(input).await
    }

    async fn plan_erasure(&self, input: WantErasure) -> Result<ErasurePlan, Refusal> {
        self.plan(input).await
    }

    async fn erase(&self, input: OrderErasure) -> Result<ErasureDone, Refusal> {
        self.order(input).await
    }

    async fn keys(&self, _: Nothing) -> Result<KeysView, Refusal> {
        self.keys_now().await
    }

    async fn add_passphrase(&self, input: AddPassphrase) -> Result<KeysView, Refusal> {
        self.give_passphrase(input).await
    }

    async fn change_passphrase(&self, input: ChangePassphrase) -> Result<KeysView, Refusal> {
        self.exchange_passphrase(input).await
    }

    async fn remove_passphrase(&self, input: RemovePassphrase) -> Result<KeysView, Refusal> {
        self.take_passphrase_away(input).await
    }

    async fn split_keys(&self, input: SplitKeys) -> Result<SharesMade, Refusal> {
        self.split_now(input).await
    }

    async fn try_shares(&self, input: TypedShares) -> Result<SharesTried, Refusal> {
        self.try_typed(input).await
    }

    async fn join_keys(&self, input: JoinKeys) -> Result<Status, Refusal> {
        self.join_now(input).await
    }

    async fn say_left(&self, input: SayLeft) -> Result<LeftSaid, Refusal> {
        self.leave(input).await
    }

    async fn plan_stop(&self, input: PhoneRef) -> Result<StopPlan, Refusal> {
        self.find_phone(input).await
    }

    async fn stop_phone(&self, input: StopPhone) -> Result<PhoneStopped, Refusal> {
        self.stop(input).await
    }

    async fn note_words_met(&self, input: NoteWordsMet) -> Result<Nothing, Refusal> {
        self.note_met(input).await
    }

    async fn forget_words_met(&self, input: PhoneRef) -> Result<Nothing, Refusal> {
        self.forget_met(input).await
    }

    async fn end_study(&self, input: EndStudy) -> Result<EndSaid, Refusal> {
        self.end(Some(input.confirm)).await
    }

    async fn continue_study(&self, _: Nothing) -> Result<EndSaid, Refusal> {
        self.end(None).await
    }

    async fn replace_token(&self, input: ReplaceToken) -> Result<TokenReplaced, Refusal> {
        self.take_token(input).await
    }

    async fn make_certificate(&self, _: Nothing) -> Result<CertificateMade, Refusal> {
        self.certify().await
    }

    async fn read_transcript(&self, input: TranscriptFile) -> Result<TranscriptRead, Refusal> {
        self.open_now()?;
        blocking(move || Ok(TranscriptRead::of(&input.read()?))).await
    }

    async fn add_transcript(&self, input: AddTranscript) -> Result<Nothing, Refusal> {
        let read = blocking(move || {
            let (about, text) = (input.about()?, input.file.read()?);
            Ok((input.participant, about, text, input.file.name))
        });
        // Before the desk is taken: a long file keeps nobody waiting for it.
        let (participant, about, text, file) = read.await?;
        let added = self.at_desk_told(async move |desk| {
            transcripts::add(desk, &participant, about, text, &file, now_ms())?;
            Ok(Nothing {})
        });
        added.await
    }

    async fn transcript(&self, input: TranscriptRef) -> Result<TranscriptView, Refusal> {
        let open = self.open_now()?;
        blocking(move || {
            let desk = open.desk.lock().unwrap_or_else(PoisonError::into_inner);
            let desk = desk.as_ref().ok_or(ErrorCode::Locked)?;
            let id = interviews::id(&input.transcript)?;
            let exports = exported::holding(desk.vault.reader())?.remove(&id).unwrap_or_default();
            let text = transcripts::get(desk.vault.reader(), id)?.text;
            Ok(TranscriptView { text, exports: exports.into_iter().map(ExportRef::from).collect() })
        })
        .await
    }

    async fn change_transcript(&self, input: ChangeTranscript) -> Result<Nothing, Refusal> {
        let changed = self.at_desk_told(async move |desk| {
            let id = interviews::id(&input.transcript)?;
            transcripts::change(desk, id, &input.participant, input.about()?)?;
            Ok(Nothing {})
        });
        changed.await
    }

    async fn remove_transcript(&self, input: TranscriptRef) -> Result<TranscriptsRemoved, Refusal> {
        let removed =
            self.at_desk_told(async move |desk| Ok(transcripts::remove(desk, interviews::id(&input.transcript)?)?));
        Ok(vec![removed.await?].into())
    }

    async fn remove_transcripts(&self, input: ParticipantRef) -> Result<TranscriptsRemoved, Refusal> {
        let removed = self.at_desk_told(async move |desk| Ok(transcripts::remove_all_of(desk, &input.participant)?));
        Ok(removed.await?.into())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_was_done_is_never_said_not_to_be() {
        assert_eq!(told(("done", Ok(()))), Ok("done"));
        for error in [ErrorCode::Damaged, ErrorCode::Unreadable] {
            assert_eq!(told(("done", Err(error))), Err(ErrorCode::DoneUnread));
        }
    }

    #[test]
    fn every_list_of_commands_names_commands_and_each_once() {
        for list in [TOUCHES, WHILE_LOCKED, WITHOUT_A_DESK] {
            for name in list {
                assert!(NAMES.contains(name), "{name}");
            }
            assert_eq!(list.iter().collect::<BTreeSet<_>>().len(), list.len(), "{list:?}");
        }
        assert!(!TOUCHES.contains(&"save_study"), "the page saves by itself");
    }
}
