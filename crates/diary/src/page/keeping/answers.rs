//! Answers what the page asks about keeping the diary.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use waymark_vault::SlotKind;
use zeroize::Zeroizing;

use super::*;
use crate::backup::{self, Opener, incoming};
use crate::export::{Export, ExportFormat, ExportRevisions};
use crate::lock::{self, LockSecret, Resealed};
use crate::outbox;
use crate::page::app::{blocking, lock_secret};
use crate::page::{DiaryApp, ErrorCode, LOCK_AFTER_MINUTES, Nothing, Status};
use crate::store::Parted;
use crate::{Diary, Error, reconnect};

impl DiaryApp {
    pub(in crate::page) async fn keeping_now(&self) -> Result<Keeping, Error> {
        let outbox = self
            .outbox
            .as_deref()
            .map(|folder| folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default());
        let language = self.language();
        self.with(move |diary| {
            let study = diary.parted.as_ref().map(Parted::trusted).transpose()?;
            Ok(Keeping {
                outbox,
                words_open: diary.opens_with_words()?,
                lock_after_minutes: diary.lock_after_minutes(),
                lock_choices: LOCK_AFTER_MINUTES.to_vec(),
                parted: study.map(|study| study.document.plan.title.get(&language).to_owned()),
            })
        })
        .await
    }

    pub(in crate::page) async fn check_lock_now(&self, input: CheckLock) -> Result<Nothing, Error> {
        self.with(move |diary| {
            let secret = current(diary, input.secret)?;
            diary.check_lock(&secret)?;
            Ok(Nothing {})
        })
        .await
    }

    pub(in crate::page) async fn change_lock_now(&self, input: ChangeLock) -> Result<Status, Error> {
        self.with(move |diary| {
            let old = current(diary, input.old)?;
            diary.change_lock(&old, &lock_secret(input.lock, input.secret))
        })
        .await?;
        self.status_now().await
    }

    pub(in crate::page) async fn reseal_now(&self, input: ResealDiary) -> Result<ResealedDiary, Error> {
        let words = input.words.map(Zeroizing::new);
        self.with(move |diary| {
            let old = current(diary, input.old)?;
            let new = lock_secret(input.lock, input.secret);
            let resealed = diary.reseal(&old, &new, words.as_ref().map(|words| words.as_str()))?;
            Ok(ResealedDiary {
                words: match resealed {
                    Resealed::SameWords => WordsAfter::Same,
                    Resealed::NewWords => WordsAfter::New,
                    Resealed::NoWords => WordsAfter::Closed,
                },
            })
        })
        .await
    }

    pub(in crate::page) async fn check_words_now(&self, input: GivenWords) -> Result<Nothing, Error> {
        let (words, app) = (Zeroizing::new(input.words), self.clone());
        blocking(move || {
            if app.diary.is_open() {
                return app.diary.with(|diary| diary.own_words(&words).map(drop));
            }
            lock::check_words(&app.dir, &words)
        })
        .await?;
        Ok(Nothing {})
    }

    pub(in crate::page) async fn reset_lock_now(&self, input: ResetLock) -> Result<Status, Error> {
        let (words, app) = (Zeroizing::new(input.words), self.clone());
        let lock = lock_secret(input.lock, input.secret);
        blocking(move || {
            if app.diary.is_open() {
                return Err(Error::Plain(ErrorCode::DiaryExists));
            }
            app.diary.put(lock::reset(&app.dir, &words, &lock)?);
            Ok(())
        })
        .await?;
        self.status_now().await
    }

    pub(in crate::page) async fn let_words_open_now(&self, input: GivenWords) -> Result<Keeping, Error> {
        let words = Zeroizing::new(input.words);
        self.with(move |diary| diary.let_words_open(&words)).await?;
        self.keeping_now().await
    }

    pub(in crate::page) async fn export_now(&self, input: ExportDiary) -> Result<SavedFile, Error> {
        let clock = self.clock.clone();
        let folder = self.outbox()?;
        self.with(move |diary| {
            let secret = current(diary, input.secret)?;
            diary.check_lock(&secret)?;
            let export = Export {
                format: match input.format {
                    ExportKind::Markdown => ExportFormat::Markdown,
                    ExportKind::Html => ExportFormat::Html,
                    ExportKind::Json => ExportFormat::Json,
                },
                from: day(input.from)?,
                to: day(input.to)?,
                revisions: if input.all_revisions { ExportRevisions::All } else { ExportRevisions::Latest },
            };
            let now = clock.now();
            let bytes = diary.export(export, &input.words, now)?;
            let ending = export.format.ending();
            let delivered = outbox::put(&folder, now.date(), ending, |file| std::io::Write::write_all(file, &bytes))?;
            Ok(SavedFile { name: delivered.name, bytes: delivered.bytes })
        })
        .await
    }

    pub(in crate::page) async fn back_up_now(&self, input: BackUpDiary) -> Result<SavedFile, Error> {
        let clock = self.clock.clone();
        let (folder, dir) = (self.outbox()?, self.dir.clone());
        let passphrase = input.passphrase.map(|typed| lock_secret(LockKind::Passphrase, typed));
        self.with(move |diary| {
            let sealed = diary.back_up(&dir, passphrase.as_ref())?;
            let delivered = outbox::put(&folder, clock.now().date(), "waymark-backup", |file| {
                std::io::copy(&mut std::fs::File::open(&sealed)?, file).map(drop)
            });
            lock::discard(&sealed);
            let delivered = delivered?;
            Ok(SavedFile { name: delivered.name, bytes: delivered.bytes })
        })
        .await
    }

    pub(in crate::page) async fn receive_backup_now(&self, input: BackupSlice) -> Result<BackupReceived, Error> {
        let dir = self.dir.clone();
        blocking(move || {
            // Four letters for three bytes: what is longer is not even decoded.
            if input.data.len() > incoming::MAX_SLICE.div_ceil(3) * 4 {
                return Err(Error::Plain(ErrorCode::NotABackup));
            }
            let slice = STANDARD.decode(&input.data).map_err(|_| Error::Plain(ErrorCode::Internal))?;
            Ok(BackupReceived { bytes: incoming::receive(&dir, input.offset, &slice)? })
        })
        .await
    }

    pub(in crate::page) async fn examine_backup_now(&self) -> Result<BackupView, Error> {
        let dir = self.dir.clone();
        blocking(move || {
            let examined = incoming::examine(&dir);
            if examined.is_err() {
                incoming::forget(&dir);
            }
            Ok(BackupView { words_open: examined?.contains(&SlotKind::Words) })
        })
        .await
    }

    pub(in crate::page) async fn open_backup_now(&self, input: OpenBackup) -> Result<Nothing, Error> {
        let (dir, opener) = (self.dir.clone(), opener(input.with, input.opens));
        blocking(move || backup::try_opening(&dir, &opener)).await?;
        Ok(Nothing {})
    }

    pub(in crate::page) async fn restore_backup_now(&self, input: RestoreBackup) -> Result<Status, Error> {
        let (app, opener) = (self.clone(), opener(input.with, input.opens));
        let lock = lock_secret(input.lock, input.secret);
        blocking(move || {
            app.diary.put(backup::restore_backup(&app.dir, &opener, &lock)?);
            Ok(())
        })
        .await?;
        self.status_now().await
    }

    pub(in crate::page) async fn reconnect_now(&self, input: ReconnectStudy) -> Result<Status, Error> {
        let words = input.words.map(Zeroizing::new);
        let server = self.with(|diary| diary.parted()?.server()).await?;
        let transport = self.way_to(server)?;
        let words = words.as_ref().map(|words| words.as_str());
        reconnect(&self.diary, words, self.clock.now(), &transport).await?;
        self.status_now().await
    }

    fn outbox(&self) -> Result<std::sync::Arc<std::path::PathBuf>, Error> {
        self.outbox.clone().ok_or(Error::Plain(ErrorCode::NoOutbox))
    }
}

/// What was typed, as the kind of lock that the diary has.
fn current(diary: &Diary, typed: String) -> Result<LockSecret, Error> {
    let kind = if diary.lock_kind()? == SlotKind::Pin { LockKind::Pin } else { LockKind::Passphrase };
    Ok(lock_secret(kind, typed))
}

fn opener(with: OpensWith, typed: String) -> Opener {
    match with {
        OpensWith::Passphrase => Opener::Passphrase(lock_secret(LockKind::Passphrase, typed)),
        OpensWith::Words => Opener::Words(Zeroizing::new(typed)),
    }
}

fn day(text: Option<String>) -> Result<Option<NaiveDate>, Error> {
    text.map(|day| day.parse()).transpose().map_err(|_| Error::Plain(ErrorCode::Internal))
}
