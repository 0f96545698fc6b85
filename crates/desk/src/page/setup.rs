//! Setting up a study, and changing it: the draft in the desk's folder, what stands in its way, creating and publishing.
//!
//! The draft is no secret: it is what phones get. So it is written before there is a desk; where there is one, it has to be open.

use std::io;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use waymark_protocol::api::{ApiErrorCode, Token};
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::study::{Problem, StudyFile, limits};
use waymark_vault::ArgonParams;
use zeroize::Zeroizing;

use super::app::{Commands, DeskApp, blocking};
use super::*;
use crate::codebook::Codebook;
use crate::desk::DeskError;
use crate::draft::{DraftFile, DraftTimePoint, EXAMPLE, StudyDraft, changes};
use crate::publish::{PublishError, publish, send_again};
use crate::study::{self, NewError, READABLE, StudyFileError};
use crate::time_points::TimePoints;
use crate::transport::TransportError;
use crate::{Desk, passphrase};

impl DeskApp {
    pub(super) async fn show_study(&self) -> Result<StudyForm, Refusal> {
        if self.opened().as_ref().is_some_and(|open| open.owes_interviews.load(Ordering::SeqCst)) {
            self.take_interviews().await?;
        }
        self.with_draft(|file, published| Ok(form(file, published, None))).await
    }

    pub(super) async fn begin_draft(&self, from: BeginFrom) -> Result<StudyForm, Refusal> {
        self.with_draft(move |file, published| {
            let text = match from {
                BeginFrom::Example => chosen(EXAMPLE, published),
                BeginFrom::Empty => chosen(&StudyDraft::empty().to_toml(), published),
                BeginFrom::Published => published.ok_or(ErrorCode::NoDesk)?.draft.to_toml(),
            };
            let kept = file.replace(&text).map_err(|error| unwritten(&error))?;
            Ok(form(file, published, kept))
        })
        .await
    }

    pub(super) async fn save_draft(&self, draft: StudyDraft) -> Result<StudyForm, Refusal> {
        let saved = self.with_draft(move |file, published| {
            let draft = numbered(draft.tidied(), published);
            // The file as it is now, for its notes: also when somebody has written them meanwhile.
            let before = file.peek().unwrap_or_default();
            let text = draft.to_toml_after(&before);
            // Longer than it could be read again.
            if text.len() > READABLE {
                return Err(ErrorCode::DraftTooLong);
            }
            let kept = write(file, &draft, &before, &text)?;
            Ok(form(file, published, kept))
        });
        let saved = saved.await?;
        self.take_interviews().await?;
        Ok(saved)
    }

    /// Phones are not told of interviews, so what the draft says of them holds at this desk as soon as it is saved and is whole; where the
    /// desk is at work, once that is over.
    async fn take_interviews(&self) -> Result<(), ErrorCode> {
        let Some(open) = self.opened().clone() else { return Ok(()) };
        let draft = self.draft.clone();
        blocking(move || {
            let Some(Ok(file)) = draft.as_read().map(|text| StudyFile::parse(&text)) else { return Ok(()) };
            let points = TimePoints::of(&file);
            let taken = open.if_free(|desk| {
                let kept = TimePoints::kept(desk.vault.reader())?;
                let older = file.version < desk.identity.document.document.version;
                if older || points == kept || (points.0.is_empty() && kept.is_names_alone()) {
                    return Ok(());
                }
                desk.vault.write(|tx| points.store(tx))?;
                if points.0 != kept.0 {
                    return open.read_anew(desk);
                }
                *open.published.lock().unwrap_or_else(PoisonError::into_inner) = Published::of(desk)?;
                Ok(())
            });
            open.owes_interviews.store(taken?.is_none(), Ordering::SeqCst);
            Ok(())
        })
        .await
    }

    pub(super) async fn take_text(&self, text: String) -> Result<StudyTaken, Refusal> {
        self.with_draft(move |file, published| {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let fits = text.len() <= limits::FILE_BYTES;
            let Some(draft) = StudyDraft::parse(text).filter(|_| fits) else {
                let problems = StudyFile::parse(text).err().unwrap_or_default();
                return Ok(StudyTaken { form: None, problems: problems.into_iter().map(Into::into).collect() });
            };
            let draft = numbered(draft, published);
            let kept = file.replace(&draft.to_toml_after(text)).map_err(|error| unwritten(&error))?;
            Ok(StudyTaken { form: Some(form(file, published, kept)), problems: Vec::new() })
        })
        .await
    }

    pub(super) async fn create(&self, input: CreateStudy) -> Result<Status, Refusal> {
        // It goes with the work: whoever loads the page anew meanwhile does not end that, and begins no second one beside it.
        let one = self.creating.clone().lock_owned().await;
        let CreateStudy { server, token, passphrase } = input;
        let (token, typed) = (Zeroizing::new(token), Zeroizing::new(passphrase));
        let folder = self.folder.clone();
        if Desk::is_in(&folder) {
            drop(self.open_now()?);
            return Err(ErrorCode::DeskExists);
        }
        let file = self.drafted_study().await?;
        let server = server_address(&server).ok_or(ErrorCode::ServerAddress)?;
        let token: Token = token.trim().parse().map_err(|_| ErrorCode::TokenUnfit)?;
        let passphrase = passphrase::normal(&typed).map_err(|_| ErrorCode::PassphraseEmpty)?;
        blocking(move || {
            let _one = one;
            let params = ArgonParams::calibrated(study::UNLOCK);
            let made = study::new(&folder, &file, server, token, &passphrase, &params);
            tokio::runtime::Handle::current().block_on(made)?;
            Ok(())
        })
        .await?;
        self.unlock(Unlock { passphrase: (*typed).clone() }).await
    }

    pub(super) async fn publish_draft(&self) -> Result<StudyForm, Refusal> {
        let file = self.drafted_study().await?;
        let published = self.at_desk_told(async move |desk| {
            match publish(desk, &file).await {
                // One that was kept when its answer was lost has just gone first, and this is the one after.
                Err(PublishError::Changed(newest)) if newest == file.version => {
                    publish(desk, &StudyFile { version: newest.saturating_add(1), ..file }).await
                }
                published => published,
            }?;
            Ok(())
        });
        published.await?;
        self.number_draft().await
    }

    pub(super) async fn send_again(&self) -> Result<StudyForm, Refusal> {
        let file = self.with_draft(|file, _| Ok(study_of(file).ok())).await?;
        let sent = self.at_desk_told(async move |desk| {
            let sent = send_again(desk).await?;
            if let Some(file) = file.filter(|file| sent == Some(file.version)) {
                // Of the same file, it takes what no document says; whatever else the file says is published when somebody wants that.
                match publish(desk, &file).await {
                    Ok(_) | Err(PublishError::Changed(_)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(())
        });
        sent.await?;
        self.number_draft().await
    }

    /// The study that the draft is, as the page has shown it.
    pub(super) async fn drafted_study(&self) -> Result<StudyFile, ErrorCode> {
        self.with_draft(|file, _| study_of(file)).await
    }

    /// The study that the form shows: that of the file, or where there is no file, what is published.
    pub(super) async fn study_in_form(&self) -> Result<StudyFile, ErrorCode> {
        self.with_draft(|file, published| match published {
            Some(published) if matches!(file.path().try_exists(), Ok(false)) => {
                StudyFile::parse(&published.draft.to_toml()).map_err(|_| ErrorCode::DraftUnfit)
            }
            _ => study_of(file),
        })
        .await
    }

    /// The file says the number under which it was published. Published it is, whatever becomes of the file.
    async fn number_draft(&self) -> Result<StudyForm, Refusal> {
        let numbered = self.with_draft(|file, published| {
            if let (Some(text), Some(published)) = (file.read().ok().flatten(), published)
                && let Some(draft) = StudyDraft::parse(&text)
            {
                let draft = numbered(draft, Some(published));
                write(file, &draft, &text, &draft.to_toml_after(&text))?;
            }
            Ok(form(file, published, None))
        });
        numbered.await.map_err(|_| ErrorCode::DoneUnread)
    }

    /// Works with the draft's file, and with what is published where there is a desk, which then has to be open.
    async fn with_draft<T: Send + 'static>(
        &self,
        work: impl FnOnce(&DraftFile, Option<&Published>) -> Result<T, ErrorCode> + Send + 'static,
    ) -> Result<T, ErrorCode> {
        let (app, open) = (self.clone(), self.opened().clone());
        blocking(move || {
            let published = match open {
                Some(open) => Some(open.published.lock().unwrap_or_else(PoisonError::into_inner).clone()),
                None if Desk::is_in(&app.folder) => return Err(ErrorCode::Locked),
                None => None,
            };
            let _one = app.drafting.lock().unwrap_or_else(PoisonError::into_inner);
            work(&app.draft, published.as_ref())
        })
        .await
    }
}

/// What a desk has published, as a form has to know it.
#[derive(Debug, Clone)]
pub(super) struct Published {
    /// As a draft, with the interviews that the desk knows of.
    draft: StudyDraft,
    /// Whether it knows all of them.
    knows_interviews: bool,
    /// The version that was sent without an answer.
    unsent: Option<u32>,
}

impl Published {
    pub(super) fn of(desk: &Desk) -> Result<Self, ErrorCode> {
        let reader = desk.vault.reader();
        let (codebook, points) = (Codebook::load(reader)?, TimePoints::kept(reader)?);
        let identity = &desk.identity;
        let mut draft = StudyDraft::of_published(&identity.document.document, &codebook, identity.join_page.as_ref());
        let knows_interviews = points.1.is_some();
        let points = points.0.into_iter().zip(points.1.unwrap_or_default());
        draft.time_point = points.map(|(id, at)| DraftTimePoint { id, at }).collect();
        let unsent = desk.unpublished()?.map(|_| draft.version.saturating_add(1));
        Ok(Self { draft, knows_interviews, unsent })
    }
}

/// A draft counts on from what is published, as soon as it says something else. One that is older stays so until somebody chooses.
fn numbered(draft: StudyDraft, published: Option<&Published>) -> StudyDraft {
    let version = match published.map(|published| &published.draft) {
        None => 1,
        Some(published) if changes(published, &draft).is_empty() => published.version,
        Some(published) if draft.version < published.version => draft.version,
        Some(published) => published.version.saturating_add(1),
    };
    StudyDraft { version, ..draft }
}

/// A study with which somebody wants to begin anew, as the one that comes after what is published.
fn chosen(text: &str, published: Option<&Published>) -> String {
    let (Some(published), Some(draft)) = (published, StudyDraft::parse(text)) else { return text.to_owned() };
    numbered(StudyDraft { version: published.draft.version, ..draft }, Some(published)).to_toml_after(text)
}

/// Writes the text of a draft in the place of `before`, which is kept where notes of it would be lost.
fn write(file: &DraftFile, draft: &StudyDraft, before: &str, text: &str) -> Result<Option<String>, ErrorCode> {
    let written = if draft.loses_notes(before, text) { file.replace(text) } else { file.write(text) };
    written.map_err(|error| unwritten(&error))
}

fn form(file: &DraftFile, published: Option<&Published>, kept: Option<String>) -> StudyForm {
    let mut form = StudyForm {
        file: file.path().display().to_string(),
        published: published.map(|published| published.draft.version),
        unsent: published.and_then(|published| published.unsent),
        kept,
        ..StudyForm::default()
    };
    let text = match file.read() {
        Ok(Some(text)) => text,
        Ok(None) => match published {
            Some(published) => published.draft.to_toml(),
            None => return form,
        },
        Err(error) => {
            form.problems.push(unread(&error));
            return form;
        }
    };
    form.problems = StudyFile::parse(&text).err().unwrap_or_default().into_iter().map(Into::into).collect();
    form.draft = StudyDraft::parse(&text);
    if let (Some(draft), Some(published)) = (&mut form.draft, published) {
        form.changes = changes(&published.draft, draft);
        // A version that has other keys and the same questions was published without the page: what is written next counts on from it.
        if form.changes.is_empty() {
            draft.version = published.draft.version;
        }
        form.stale = draft.version < published.draft.version && !form.changes.is_empty();
        form.without_interviews = draft.time_point.is_empty() && !published.knows_interviews;
    }
    form.text = text;
    form
}

/// The study that the file is, as the page has shown it.
fn study_of(file: &DraftFile) -> Result<StudyFile, ErrorCode> {
    let text = file.as_read().ok_or(ErrorCode::StudyChanged)?;
    StudyFile::parse(&text).map_err(|_| ErrorCode::DraftUnfit)
}

/// An address as people type it: `https://` goes without saying.
fn server_address(typed: &str) -> Option<ServerUrl> {
    let typed = typed.trim();
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    ServerUrl::parse(&whole).ok()
}

fn unread(error: &StudyFileError) -> StudyProblem {
    let remedy = match error {
        StudyFileError::NotText(_) => "open it in a text editor, save it as UTF-8, and look again",
        _ => "see that it can be read, and look again",
    };
    StudyProblem { at: String::new(), line: 1, message: error.to_string(), remedy: remedy.to_owned() }
}

fn unwritten(error: &io::Error) -> ErrorCode {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => ErrorCode::ReadOnly,
        io::ErrorKind::NotFound => ErrorCode::FolderMissing,
        _ => ErrorCode::DraftUnwritten,
    }
}

/// Why a server did not take a study.
fn unsent(error: TransportError) -> ErrorCode {
    match error {
        TransportError::Refused { code: ApiErrorCode::TooLarge, .. } => ErrorCode::DraftTooLong,
        error => error.into(),
    }
}

impl From<Problem> for StudyProblem {
    fn from(problem: Problem) -> Self {
        let Problem { line, at, message, remedy } = problem;
        Self { at, line: u32::try_from(line).unwrap_or(u32::MAX), message, remedy }
    }
}

impl From<NewError> for ErrorCode {
    fn from(error: NewError) -> Self {
        match error {
            NewError::File(_) | NewError::Document(_) => Self::DraftUnfit,
            NewError::Desk(DeskError::Exists(_)) => Self::DeskExists,
            NewError::Desk(error) => error.into(),
            NewError::Trust(_) => Self::Internal,
            NewError::Server(TransportError::Refused {
                code: ApiErrorCode::Unauthorized | ApiErrorCode::Forbidden,
                ..
            }) => Self::AdminTokenRefused,
            NewError::Server(error) => unsent(error),
            NewError::JoinPage => Self::JoinPageOnServer,
            NewError::OtherStudy => Self::ServerGarbage,
        }
    }
}

impl From<PublishError> for ErrorCode {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Version { .. } | PublishError::Changed(_) => Self::StudyChanged,
            PublishError::JoinPage => Self::JoinPageOnServer,
            PublishError::Document(_) => Self::DraftUnfit,
            PublishError::Elsewhere(_) => Self::PublishedElsewhere,
            PublishError::OldKeys => Self::KeysOlder,
            // The page changes no keys.
            PublishError::Unanswered => Self::StudyChanged,
            PublishError::Desk(error) => error.into(),
            PublishError::Server(error) | PublishError::NotSent(error, _) => unsent(error),
            PublishError::Older(error) => error.into(),
        }
    }
}
