//! Carries out the page's commands. Knows no shell: the Tauri app and the browser tests' host both hold one of these.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use waymark_protocol::invitation::{Invitation, ServerUrl};
use waymark_vault::SlotKind;
use zeroize::Zeroizing;

use super::appearance::{self, Appearance, Language, PhoneLanguage, Wanted};
use super::auto_lock::{SetLockAfter, Watched};
use super::clock::Clock;
use super::cues::*;
use super::diaries::{DiariesView, DiaryPlace, Shelf};
use super::keeping::*;
use super::list::{self, *};
use super::pauses::{self, Pauses, TakeTimeOff};
use super::phase::CorrectPhase;
use super::phones::*;
use super::reminding::*;
use super::speaking::{ReadAloud, Reading, Speaking, Speech};
use super::support::{self, SetContacts, Support};
use super::types::*;
use super::voice::*;
use super::{CommandError, ErrorCode, views};
use crate::net::{HttpTransport, InProcess, NetError, Way};
use crate::{Diary, DiaryHandle, Error, LockSecret, Preview, join, lock, preview, restore, sync};

macro_rules! declare_commands {
    ($($list:tt)*) => {
        waymark_page::commands! { for DiaryApp, Error => CommandError; $($list)* }
    };
}
include!("commands.rs");

/// The diary in one folder, open or locked, and the invitation that is being looked at.
#[derive(Clone)]
pub struct DiaryApp {
    /// The other diaries of the device.
    pub(super) shelf: Shelf,
    pub(super) dir: Arc<PathBuf>,
    /// Where files go that leave the app, where the shell has such a place.
    pub(super) outbox: Option<Arc<PathBuf>>,
    pub(super) diary: DiaryHandle,
    /// How something is read aloud, where the shell can.
    pub(super) speaking: Option<Arc<dyn Speaking>>,
    /// How reminders are shown, where the shell can show any.
    pub(super) reminded: Option<Reminded>,
    preview: Arc<Mutex<Option<Arc<Preview>>>>,
    /// The languages of the study's texts. Held while the choice is written: one at a time.
    wanted: Arc<Mutex<Wanted>>,
    /// One sync at a time.
    pub(super) syncing: Arc<tokio::sync::Mutex<()>>,
    /// When it is to lock by itself.
    pub(super) watched: Arc<Watched>,
    /// What time it is.
    pub(super) clock: Clock,
    /// The study's server, where it is in this process.
    server: Option<Arc<dyn InProcess>>,
}

impl DiaryApp {
    /// The diary in `dir`, locked, one of those on `shelf`.
    pub(super) fn on(shelf: Shelf, dir: PathBuf) -> Self {
        let chosen = appearance::read(&dir).language;
        Self {
            shelf,
            dir: Arc::new(dir),
            outbox: None,
            diary: DiaryHandle::default(),
            speaking: None,
            reminded: None,
            preview: Arc::default(),
            wanted: Arc::new(Mutex::new(Wanted { chosen, phone: None })),
            syncing: Arc::default(),
            watched: Arc::default(),
            clock: Clock::default(),
            server: None,
        }
    }

    /// The same, with a folder for files that leave the app: exports and backups.
    pub fn with_outbox(self, folder: PathBuf) -> Self {
        Self { outbox: Some(Arc::new(folder)), ..self }
    }

    /// The same, by another clock.
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// The same, with a study's server in this process: whatever it wants of any server, it asks this one, and no network.
    pub fn with_server(self, server: Arc<dyn InProcess>) -> Self {
        Self { server: Some(server), ..self }
    }

    /// Locks at once: the keys are wiped, and the memory that held the diary is given back.
    pub fn lock_now(&self) {
        drop(self.diary.take());
        *self.preview.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.watched.tell();
    }

    /// Works on the open diary away from the async threads: a disk may be slow.
    pub(super) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Diary) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let diary = self.diary.clone();
        blocking(move || diary.with(work)).await
    }

    fn wanted(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The language that the study's texts are shown in, as far as the study has it.
    pub(super) fn language(&self) -> String {
        self.wanted().tag().to_owned()
    }

    async fn known_preview(&self, text: &str) -> Result<Arc<Preview>, Error> {
        let invitation = Invitation::parse(text)?;
        let link = invitation.to_link();
        let known = self.preview.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| known.invitation.to_link() == link) {
            return Ok(known);
        }
        let transport = self.way_to(invitation.server.clone())?;
        let fresh = Arc::new(preview(invitation, &transport).await?);
        *self.preview.lock().unwrap_or_else(PoisonError::into_inner) = Some(fresh.clone());
        Ok(fresh)
    }

    pub(super) async fn transport(&self) -> Result<Way, Error> {
        let server = self.with(|diary| diary.membership()?.server()).await?;
        self.way_to(server)
    }

    /// What carries requests to a server.
    pub(super) fn way_to(&self, server: ServerUrl) -> Result<Way, Error> {
        Ok(match &self.server {
            Some(server) => Way::InProcess(server.clone()),
            None => Way::Http(HttpTransport::new(server)?),
        })
    }

    /// Today, with what rings next: whoever looks at it has the plan rolled on.
    fn today_of(&self, diary: &Diary) -> Result<Today, Error> {
        let now = self.clock.now();
        let reminder = self.plan(diary, now);
        Ok(Today { reminder, ..views::today(diary, now, &self.language())? })
    }

    async fn view(&self, entry: String) -> Result<EntryView, Error> {
        let clock = self.clock.clone();
        let language = self.language();
        self.with(move |diary| views::entry(diary, &views::entry_id(&entry)?, clock.now(), &language)).await
    }

    pub(super) async fn status_now(&self) -> Result<Status, Error> {
        let app = self.clone();
        blocking(move || {
            if app.diary.is_open() {
                return app.diary.with(|diary| {
                    // Nobody is kept out of the diary because this cannot be written; the next look tries again.
                    let _ = support::follow(&app.dir, diary);
                    views::open_status(diary, &app.language())
                });
            }
            let kinds = lock::lock_kinds(&app.dir)?;
            let lock = match kinds.contains(&SlotKind::Pin) {
                true => LockKind::Pin,
                false => LockKind::Passphrase,
            };
            let there = !kinds.is_empty();
            Ok(Status {
                state: if there { DiaryState::Locked } else { DiaryState::None },
                lock: there.then_some(lock),
                study: None,
                words_confirmed: false,
            })
        })
        .await
    }
}

pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(Error::Plain(ErrorCode::Internal)))
}

pub(super) fn lock_secret(kind: LockKind, secret: String) -> LockSecret {
    let secret = Zeroizing::new(secret);
    match kind {
        LockKind::Passphrase => LockSecret::passphrase(&secret),
        LockKind::Pin => LockSecret::pin(&secret),
    }
}

impl Commands for DiaryApp {
    async fn appearance(&self, input: PhoneLanguage) -> Result<Appearance, Error> {
        let app = self.clone();
        blocking(move || {
            let kept = appearance::read(&app.dir);
            *app.wanted() = Wanted { chosen: kept.language.clone(), phone: Language::try_from(input.phone).ok() };
            Ok(kept)
        })
        .await
    }

    async fn set_appearance(&self, input: Appearance) -> Result<Appearance, Error> {
        let app = self.clone();
        blocking(move || {
            let mut wanted = app.wanted();
            // What cannot be kept still holds until the app ends.
            wanted.chosen = input.language.clone();
            appearance::write(&app.dir, &input)?;
            Ok(input)
        })
        .await
    }

    async fn support(&self, _: Nothing) -> Result<Support, Error> {
        self.support_now().await
    }

    async fn set_contacts(&self, input: SetContacts) -> Result<Support, Error> {
        self.set_contacts_now(input).await
    }

    async fn speech(&self, _: Nothing) -> Result<Speech, Error> {
        Ok(self.speech_now())
    }

    async fn read_aloud(&self, input: ReadAloud) -> Result<Reading, Error> {
        self.read_aloud_now(input).await
    }

    async fn stop_reading(&self, _: Nothing) -> Result<Nothing, Error> {
        self.stop_reading_now().await
    }

    async fn diaries(&self, _: Nothing) -> Result<DiariesView, Error> {
        self.diaries_now().await
    }

    async fn bring_to_front(&self, input: DiaryPlace) -> Result<DiariesView, Error> {
        self.bring_to_front_now(input).await
    }

    async fn status(&self, _: Nothing) -> Result<Status, Error> {
        self.status_now().await
    }

    async fn read_invitation(&self, input: ReadInvitation) -> Result<InvitationView, Error> {
        let preview = self.known_preview(&input.invitation).await?;
        let earlier = match self.diary.is_open() {
            true => self.with(|diary| Ok(diary.entry_ids().len())).await?,
            false => 0,
        };
        Ok(views::invitation(&preview, earlier, &self.language()))
    }

    async fn create_diary(&self, input: CreateDiary) -> Result<Status, Error> {
        let app = self.clone();
        blocking(move || {
            if app.diary.is_open() {
                return Err(Error::Plain(ErrorCode::DiaryExists));
            }
            app.diary.put(lock::create(&app.dir, &lock_secret(input.lock, input.secret))?);
            Ok(())
        })
        .await?;
        self.status_now().await
    }

    async fn join_study(&self, input: JoinStudy) -> Result<Status, Error> {
        let preview = self.known_preview(&input.invitation).await?;
        let transport = self.way_to(preview.invitation.server.clone())?;
        let now = self.clock.now();
        join(&self.diary, &preview, &input.agreed, input.back_up_earlier, now, &transport).await?;
        self.status_now().await
    }

    async fn restore_diary(&self, input: RestoreDiary) -> Result<Status, Error> {
        let words = Zeroizing::new(input.words);
        let lock = lock_secret(input.lock, input.secret);
        let server = ServerUrl::parse(&input.server).map_err(|_| NetError::Unreachable)?;
        let transport = self.way_to(server.clone())?;
        let now = self.clock.now();
        let (diary, _) = restore(&self.dir, &lock, &words, &server, now, &transport).await?;
        self.diary.put(diary);
        self.status_now().await
    }

    async fn unlock(&self, input: Unlock) -> Result<Status, Error> {
        let app = self.clone();
        blocking(move || {
            if app.diary.is_open() {
                return Ok(());
            }
            let kinds = lock::lock_kinds(&app.dir)?;
            let kind = if kinds.contains(&SlotKind::Pin) { LockKind::Pin } else { LockKind::Passphrase };
            app.diary.put(lock::unlock(&app.dir, &lock_secret(kind, input.secret))?);
            Ok(())
        })
        .await?;
        self.status_now().await
    }

    async fn lock(&self, _: Nothing) -> Result<Status, Error> {
        let app = self.clone();
        blocking(move || {
            app.lock_now();
            Ok(())
        })
        .await?;
        self.status_now().await
    }

    async fn touch(&self, _: Nothing) -> Result<Nothing, Error> {
        // That it was called is all of it.
        Ok(Nothing {})
    }

    async fn await_lock(&self, _: Nothing) -> Result<Nothing, Error> {
        self.await_lock_now().await
    }

    async fn set_lock_after(&self, input: SetLockAfter) -> Result<Keeping, Error> {
        self.set_lock_after_now(input).await
    }

    async fn recovery_words(&self, _: Nothing) -> Result<RecoveryWords, Error> {
        self.with(|diary| {
            let words = diary.recovery_words().ok_or(Error::Plain(ErrorCode::NotNow))?;
            Ok(RecoveryWords { words: words.into_iter().map(str::to_owned).collect() })
        })
        .await
    }

    async fn confirm_words(&self, input: ConfirmWords) -> Result<Status, Error> {
        self.with(move |diary| diary.confirm_words(&input.words)).await?;
        self.status_now().await
    }

    async fn keeping(&self, _: Nothing) -> Result<Keeping, Error> {
        self.keeping_now().await
    }

    async fn check_lock(&self, input: CheckLock) -> Result<Nothing, Error> {
        self.check_lock_now(input).await
    }

    async fn change_lock(&self, input: ChangeLock) -> Result<Status, Error> {
        self.change_lock_now(input).await
    }

    async fn reseal_diary(&self, input: ResealDiary) -> Result<ResealedDiary, Error> {
        self.reseal_now(input).await
    }

    async fn check_words(&self, input: GivenWords) -> Result<Nothing, Error> {
        self.check_words_now(input).await
    }

    async fn reset_lock(&self, input: ResetLock) -> Result<Status, Error> {
        self.reset_lock_now(input).await
    }

    async fn let_words_open(&self, input: GivenWords) -> Result<Keeping, Error> {
        self.let_words_open_now(input).await
    }

    async fn export_diary(&self, input: ExportDiary) -> Result<SavedFile, Error> {
        self.export_now(input).await
    }

    async fn back_up_diary(&self, input: BackUpDiary) -> Result<SavedFile, Error> {
        self.back_up_now(input).await
    }

    async fn receive_backup(&self, input: BackupSlice) -> Result<BackupReceived, Error> {
        self.receive_backup_now(input).await
    }

    async fn examine_backup(&self, _: Nothing) -> Result<BackupView, Error> {
        self.examine_backup_now().await
    }

    async fn open_backup(&self, input: OpenBackup) -> Result<Nothing, Error> {
        self.open_backup_now(input).await
    }

    async fn restore_backup(&self, input: RestoreBackup) -> Result<Status, Error> {
        self.restore_backup_now(input).await
    }

    async fn reconnect_study(&self, input: ReconnectStudy) -> Result<Status, Error> {
        self.reconnect_now(input).await
    }

    async fn today(&self, _: Nothing) -> Result<Today, Error> {
        let app = self.clone();
        self.with(move |diary| app.today_of(diary)).await
    }

    async fn save_draft(&self, input: SaveDraft) -> Result<Draft, Error> {
        let clock = self.clock.clone();
        self.with(move |diary| diary.save_draft(input.draft, clock.now())).await
    }

    async fn discard_draft(&self, input: DraftId) -> Result<Today, Error> {
        let app = self.clone();
        self.with(move |diary| {
            diary.discard_draft(&input.draft)?;
            app.today_of(diary)
        })
        .await
    }

    async fn cues(&self, input: CuesOf) -> Result<Vec<DraftCue>, Error> {
        let clock = self.clock.clone();
        let finder = self.with(move |diary| diary.cue_finder(clock.now())).await?;
        blocking(move || Ok(finder.find(&input.draft))).await
    }

    async fn fine_words(&self, _: Nothing) -> Result<FineWords, Error> {
        self.with(|diary| Ok(FineWords { words: diary.fine_words()? })).await
    }

    async fn allow_word(&self, input: AllowWord) -> Result<FineWords, Error> {
        self.with(move |diary| {
            diary.allow_word(&input.word, input.fine)?;
            Ok(FineWords { words: diary.fine_words()? })
        })
        .await
    }

    async fn finish_entry(&self, input: FinishEntry) -> Result<EntryView, Error> {
        let clock = self.clock.clone();
        let language = self.language();
        self.with(move |diary| {
            let now = clock.now();
            let (finished, readers) = views::finished(input)?;
            let entry = diary.finish(finished, readers, now)?;
            views::entry(diary, &entry, now, &language)
        })
        .await
    }

    async fn edit_entry(&self, input: EntryRef) -> Result<Draft, Error> {
        let clock = self.clock.clone();
        self.with(move |diary| diary.edit_entry(&views::entry_id(&input.entry)?, clock.now())).await
    }

    async fn reminders(&self, input: ReminderText) -> Result<RemindersView, Error> {
        self.reminders_now(input).await
    }

    async fn set_reminders(&self, input: SetReminders) -> Result<RemindersView, Error> {
        self.set_reminders_now(input).await
    }

    async fn show_reminder(&self, _: Nothing) -> Result<ReminderShown, Error> {
        self.show_reminder_now().await
    }

    async fn pauses(&self, _: Nothing) -> Result<Pauses, Error> {
        let clock = self.clock.clone();
        self.with(move |diary| Ok(pauses::pauses(diary, clock.now()))).await
    }

    async fn take_time_off(&self, input: TakeTimeOff) -> Result<Pauses, Error> {
        let app = self.clone();
        self.with(move |diary| {
            let now = app.clock.now();
            let pauses = pauses::take_time_off(diary, &input, now)?;
            app.plan(diary, now);
            Ok(pauses)
        })
        .await
    }

    async fn end_time_off(&self, _: Nothing) -> Result<Pauses, Error> {
        let app = self.clone();
        self.with(move |diary| {
            let now = app.clock.now();
            diary.end_time_off(now)?;
            app.plan(diary, now);
            Ok(pauses::pauses(diary, now))
        })
        .await
    }

    async fn set_voice_waits(&self, input: VoiceWaits) -> Result<SyncView, Error> {
        let clock = self.clock.clone();
        self.with(move |diary| {
            let now = clock.now();
            diary.set_voice_waits(input.waits, now)?;
            views::sync(diary, now)
        })
        .await
    }

    async fn let_voice_go(&self, _: Nothing) -> Result<Status, Error> {
        self.with(Diary::let_voice_go).await?;
        self.status_now().await
    }

    async fn begin_voice(&self, input: BeginVoice) -> Result<VoiceNote, Error> {
        let clock = self.clock.clone();
        self.with(move |diary| {
            let asked = input.prompt.zip(input.question);
            diary.begin_voice(&input.draft, &input.media_type, asked, clock.now())
        })
        .await
    }

    async fn list_entries(&self, input: ListEntries) -> Result<EntryList, Error> {
        let clock = self.clock.clone();
        let language = self.language();
        self.with(move |diary| list::entry_list(diary, input, clock.now(), &language)).await
    }

    async fn calendar(&self, input: AskCalendar) -> Result<Calendar, Error> {
        let language = self.language();
        self.with(move |diary| list::calendar(diary, input, &language)).await
    }

    async fn list_tags(&self, input: FindTags) -> Result<TagList, Error> {
        self.with(move |diary| Ok(list::tag_list(diary, &input))).await
    }

    async fn append_voice(&self, input: AppendVoice) -> Result<VoiceNote, Error> {
        let data = Zeroizing::new(input.data);
        self.with(move |diary| {
            let chunk = BASE64.decode(data.as_bytes()).map(Zeroizing::new);
            let chunk = chunk.map_err(|_| Error::Plain(ErrorCode::Internal))?;
            diary.append_voice(&views::note_id(&input.note)?, input.place, &chunk, input.duration_ms)
        })
        .await
    }

    async fn end_voice(&self, input: VoiceRef) -> Result<Vec<VoiceNote>, Error> {
        self.with(move |diary| diary.end_voice(&views::note_id(&input.note)?)).await
    }

    async fn discard_voice(&self, input: VoiceRef) -> Result<Vec<VoiceNote>, Error> {
        self.with(move |diary| diary.discard_voice(&views::note_id(&input.note)?)).await
    }

    async fn read_entry(&self, input: EntryRef) -> Result<EntryView, Error> {
        self.view(input.entry).await
    }

    async fn mark_entry(&self, input: MarkEntry) -> Result<EntryView, Error> {
        let clock = self.clock.clone();
        let id = views::entry_id(&input.entry)?;
        let language = self.language();
        self.with(move |diary| {
            let now = clock.now();
            diary.mark(&id, input.marks(), now)?;
            views::entry(diary, &id, now, &language)
        })
        .await
    }

    async fn talk_about(&self, input: TalkAbout) -> Result<EntryView, Error> {
        let id = views::entry_id(&input.entry)?;
        let now = self.clock.now();
        self.with(move |diary| diary.talk_about(&id, input.wanted, now)).await?;
        self.view(input.entry).await
    }

    async fn delete_entry(&self, input: EntryRef) -> Result<Nothing, Error> {
        let id = views::entry_id(&input.entry)?;
        self.with(move |diary| diary.delete_everywhere(&id)).await?;
        Ok(Nothing {})
    }

    async fn share_entry(&self, input: EntryRef) -> Result<EntryView, Error> {
        let clock = self.clock.clone();
        let id = views::entry_id(&input.entry)?;
        self.with(move |diary| diary.share(&id, clock.now())).await?;
        self.view(input.entry).await
    }

    async fn keep_private(&self, input: EntryRef) -> Result<EntryView, Error> {
        let id = views::entry_id(&input.entry)?;
        let kept = self.with(move |diary| diary.keep_private(&id)).await?;
        self.view(kept.to_string()).await
    }

    async fn withdraw_entry(&self, input: EntryRef) -> Result<EntryView, Error> {
        let id = views::entry_id(&input.entry)?;
        let copy = self.with(move |diary| diary.withdraw(&id)).await?;
        self.view(copy.to_string()).await
    }

    async fn study(&self, _: Nothing) -> Result<Option<StudyView>, Error> {
        let clock = self.clock.clone();
        let language = self.language();
        self.with(move |diary| views::study(diary, clock.now(), &language)).await
    }

    async fn change_consent(&self, input: ChangeConsent) -> Result<Option<StudyView>, Error> {
        let clock = self.clock.clone();
        let language = self.language();
        self.with(move |diary| {
            let now = clock.now();
            diary.change_consent(&input.agreed, now)?;
            views::study(diary, now, &language)
        })
        .await
    }

    async fn correct_phase(&self, input: CorrectPhase) -> Result<Option<StudyView>, Error> {
        let clock = self.clock.clone();
        let language = self.language();
        self.with(move |diary| {
            let now = clock.now();
            diary.correct_phase(&input.phase, now)?;
            views::study(diary, now, &language)
        })
        .await
    }

    async fn leave_study(&self, input: LeaveStudy) -> Result<Status, Error> {
        let clock = self.clock.clone();
        self.with(move |diary| diary.leave(input.erase, clock.now())).await?;
        self.status_now().await
    }

    async fn sync_now(&self, _: Nothing) -> Result<SyncView, Error> {
        let clock = self.clock.clone();
        let joined = self.with(|diary| Ok(diary.has_joined())).await?;
        if joined {
            let _one_at_a_time = self.syncing.lock().await;
            let transport = self.transport().await?;
            // How it ended is part of the view.
            sync::run(&self.diary, &transport, self.clock.now()).await?;
        }
        let dir = self.dir.clone();
        self.with(move |diary| {
            // A newer document of the study may have come. As in the status: it is tried again.
            let _ = support::follow(&dir, diary);
            views::sync(diary, clock.now())
        })
        .await
    }

    async fn phones(&self, _: Nothing) -> Result<PhoneList, Error> {
        self.phones_now().await
    }

    async fn know_phone(&self, input: PhoneRef) -> Result<PhoneList, Error> {
        self.know_phone_now(input).await
    }

    async fn stop_phone(&self, input: StopPhone) -> Result<PhoneList, Error> {
        self.stop_phone_now(input).await
    }
}
