//! Setting up a study, and changing it: the draft in the desk's folder, what stands in its way, creating and publishing.
//!
//! The draft is no secret: it is what phones get. So it is written before there is a desk; where there is one, it has to be open.

use std::io;
use std::sync::PoisonError;

use waymark_protocol::api::{ApiErrorCode, Token};
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::study::{Problem, StudyFile, limits};
use waymark_vault::ArgonParams;
use zeroize::Zeroizing;

use super::app::{Commands, DeskApp, blocking};
use super::*;
use crate::codebook::Codebook;
use crate::desk::DeskError;
use crate::draft::{DraftFile, EXAMPLE, StudyDraft, changes};
use crate::publish::{PublishError, publish};
use crate::study::{self, NewError, READABLE, StudyFileError};
use crate::transport::TransportError;
use crate::{Desk, passphrase};

impl DeskApp {
    pub(super) async fn show_study(&self) -> Result<StudyForm, Refusal> {
        self.with_draft(|file, published| Ok(form(file, published.as_ref(), None))).await
    }

    pub(super) async fn begin_draft(&self, from: BeginFrom) -> Result<StudyForm, Refusal> {
        self.with_draft(move |file, published| {
            let text = match from {
                BeginFrom::Example => EXAMPLE.to_owned(),
                BeginFrom::Empty => StudyDraft::empty().to_toml(),
                BeginFrom::Published => published.as_ref().ok_or(ErrorCode::NoDesk)?.to_toml(),
            };
            let kept = file.replace(&text).map_err(|error| unwritten(&error))?;
            Ok(form(file, published.as_ref(), kept))
        })
        .await
    }

    pub(super) async fn save_draft(&self, draft: StudyDraft) -> Result<StudyForm, Refusal> {
        self.with_draft(move |file, published| {
            let draft = numbered(draft.tidied(), published.as_ref());
            // The file as it is now, for its notes: also when somebody has written them meanwhile.
            let before = file.peek().unwrap_or_default();
            let text = draft.to_toml_after(&before);
            // Longer than it could be read again.
            if text.len() > READABLE {
                return Err(ErrorCode::DraftTooLong);
            }
            let kept = file.write(&text).map_err(|error| unwritten(&error))?;
            Ok(form(file, published.as_ref(), kept))
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
            let draft = numbered(draft, published.as_ref());
            let kept = file.replace(&draft.to_toml_after(text)).map_err(|error| unwritten(&error))?;
            Ok(StudyTaken { form: Some(form(file, published.as_ref(), kept)), problems: Vec::new() })
        })
        .await
    }

    pub(super) async fn create(&self, input: CreateStudy) -> Result<Status, Refusal> {
        let _one = self.creating.lock().await;
        let CreateStudy { server, token, passphrase } = input;
        let (token, typed) = (Zeroizing::new(token), Zeroizing::new(passphrase));
        let folder = self.folder.clone();
        if Desk::is_in(&folder) {
            drop(self.open_now()?);
            return Err(ErrorCode::DeskExists);
        }
        let file = self.with_draft(|file, _| study_of(file)).await?;
        let server = server_address(&server).ok_or(ErrorCode::ServerAddress)?;
        let token: Token = token.trim().parse().map_err(|_| ErrorCode::TokenUnfit)?;
        let passphrase = passphrase::normal(&typed).map_err(|_| ErrorCode::PassphraseEmpty)?;
        blocking(move || {
            let params = ArgonParams::calibrated(study::UNLOCK);
            let made = study::new(&folder, &file, server, token, &passphrase, &params);
            tokio::runtime::Handle::current().block_on(made)?;
            Ok(())
        })
        .await?;
        self.unlock(Unlock { passphrase: (*typed).clone() }).await
    }

    pub(super) async fn publish_draft(&self) -> Result<StudyForm, Refusal> {
        let file = self.with_draft(|file, _| study_of(file)).await?;
        let published = self.at_desk((), async move |desk| {
            match publish(desk, &file).await {
                // One that was kept when its answer was lost has just gone first, and this is the one after.
                Err(PublishError::Changed(newest)) if newest == file.version => {
                    publish(desk, &StudyFile { version: newest.saturating_add(1), ..file }).await
                }
                published => published,
            }?;
            Ok(())
        });
        let ((), read) = published.await?;
        read?;
        // The file says the number under which it was published.
        self.with_draft(|file, published| {
            if let (Some(text), Some(published)) = (file.read().ok().flatten(), &published)
                && let Some(draft) = StudyDraft::parse(&text)
            {
                let draft = numbered(draft, Some(published));
                file.write(&draft.to_toml_after(&text)).map_err(|error| unwritten(&error))?;
            }
            Ok(form(file, published.as_ref(), None))
        })
        .await
    }

    /// Works with the draft's file, and with what is published where there is a desk, which then has to be open.
    async fn with_draft<T: Send + 'static>(
        &self,
        work: impl FnOnce(&DraftFile, Option<StudyDraft>) -> Result<T, ErrorCode> + Send + 'static,
    ) -> Result<T, ErrorCode> {
        let (app, open) = (self.clone(), self.opened().clone());
        blocking(move || {
            let published = match open {
                Some(open) => Some(open.published.lock().unwrap_or_else(PoisonError::into_inner).clone()),
                None if Desk::is_in(&app.folder) => return Err(ErrorCode::Locked),
                None => None,
            };
            let _one = app.drafting.lock().unwrap_or_else(PoisonError::into_inner);
            work(&app.draft, published)
        })
        .await
    }
}

/// What is published, as a draft.
pub(super) fn published(desk: &Desk) -> Result<StudyDraft, ErrorCode> {
    let codebook = Codebook::load(desk.vault.reader())?;
    let identity = &desk.identity;
    Ok(StudyDraft::of_published(&identity.document.document, &codebook, identity.join_page.as_ref()))
}

/// A draft counts on from what is published, as soon as it says something else.
fn numbered(draft: StudyDraft, published: Option<&StudyDraft>) -> StudyDraft {
    let version = match published {
        None => 1,
        Some(published) if changes(published, &draft).is_empty() => published.version,
        Some(published) => published.version.saturating_add(1),
    };
    StudyDraft { version, ..draft }
}

fn form(file: &DraftFile, published: Option<&StudyDraft>, kept: Option<String>) -> StudyForm {
    let mut form = StudyForm {
        file: file.path().display().to_string(),
        published: published.map(|published| published.version),
        kept,
        ..StudyForm::default()
    };
    let read = file.read();
    let there = matches!(read, Ok(Some(_)));
    let text = match read {
        Ok(Some(text)) => text,
        Ok(None) => match published {
            Some(published) => published.to_toml(),
            None => return form,
        },
        Err(error) => {
            form.problems.push(unread(&error));
            return form;
        }
    };
    form.problems = StudyFile::parse(&text).err().unwrap_or_default().into_iter().map(Into::into).collect();
    form.draft = StudyDraft::parse(&text);
    if let (Some(draft), Some(published)) = (&form.draft, published) {
        form.changes = changes(published, draft);
        form.stale = draft.version < published.version && !form.changes.is_empty();
        form.without_interviews = !there;
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
        _ => ErrorCode::ReadOnly,
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
            NewError::Server(error) => error.into(),
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
            PublishError::Desk(error) => error.into(),
            PublishError::Server(error) | PublishError::NotSent(error, _) => error.into(),
            PublishError::Older(error) => error.into(),
        }
    }
}
