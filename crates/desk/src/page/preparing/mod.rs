//! Names, their copies, and who has read these: [`crate::prepare`] on the page.

mod copies;
mod names;
pub mod types;

use std::sync::Arc;

use waymark_protocol::Hash;

use super::app::{DeskApp, Open, blocking};
use super::interviews::{TranscriptRef, id};
use super::reading::Reading;
use super::{ErrorCode, short};
use crate::Desk;
use crate::now_ms;
use crate::prepare::{
    Decision, LONGEST_NAME, LONGEST_PSEUDONYM, LONGEST_REASON, Pseudonyms, Review, Reviews, Said, WhoAndWhy,
};
use crate::prepare::{Verdict, copy, copy_interview, fingerprint, fingerprint_interview};
use crate::transcripts::{Transcript, TranscriptId};
use types::*;

const MOST_TERMS: usize = 500;
const MOST_COPIES: usize = 200;

/// What was decided and read, as the desk keeps it.
#[derive(Debug)]
pub(super) struct Prepared {
    pseudonyms: Pseudonyms,
    reviews: Reviews,
}

impl Prepared {
    pub fn load(desk: &Desk) -> Result<Self, ErrorCode> {
        let reader = desk.vault.reader();
        Ok(Self { pseudonyms: Pseudonyms::load(reader)?, reviews: Reviews::load(reader)? })
    }

    /// The names of all copies as they are now.
    fn copies(&self, reading: &Reading) -> Copied {
        let interviews = reading.interviews().map(|(participant, transcript)| {
            (transcript.id, Copied::interview(&self.pseudonyms, participant, transcript))
        });
        Copied {
            entries: reading.newest().map(|row| fingerprint(&copy(&self.pseudonyms, row))).collect(),
            interviews: interviews.collect(),
        }
    }

    fn count(&self, Copied { entries, interviews }: &Copied) -> ReadCount {
        let is_read = |copy: &Hash| self.reviews.of(copy).is_some();
        ReadCount {
            entries: short(entries.len()),
            read: short(entries.iter().filter(|copy| is_read(copy)).count()),
            interviews: short(interviews.len()),
            interviews_read: short(interviews.iter().filter(|(_, copy)| is_read(copy)).count()),
        }
    }
}

/// The names of copies, in the order of entries and of interviews.
struct Copied {
    entries: Vec<Hash>,
    interviews: Vec<(TranscriptId, Hash)>,
}

impl Copied {
    fn interview(pseudonyms: &Pseudonyms, participant: &str, transcript: &Transcript) -> Hash {
        fingerprint_interview(&copy_interview(pseudonyms, participant, transcript))
    }

    /// The interview of this copy: none of an entry's. An error where it is no copy of anything.
    fn interview_of(&self, copy: &Hash) -> Result<Option<TranscriptId>, ErrorCode> {
        match self.interviews.iter().find(|(_, of)| of == copy) {
            Some((id, _)) => Ok(Some(*id)),
            None if self.entries.contains(copy) => Ok(None),
            None => Err(ErrorCode::CopyChanged),
        }
    }
}

/// What an open desk shows at one time.
struct Shown {
    reading: Arc<Reading>,
    prepared: Arc<Prepared>,
}

impl Shown {
    fn of(open: &Open) -> Self {
        Self { reading: open.reading(), prepared: open.prepared() }
    }
}

/// Who says something: [`ErrorCode::NameMissing`] without a name, [`ErrorCode::ReasonUnfit`] where a reason is no line.
pub(super) fn said(by: &str, why: Option<&str>) -> Result<WhoAndWhy, ErrorCode> {
    let by = Said::of(by, LONGEST_NAME).ok_or(ErrorCode::NameMissing)?;
    let why = why.filter(|why| !why.trim().is_empty());
    let why = why.map(|why| Said::of(why, LONGEST_REASON).ok_or(ErrorCode::ReasonUnfit)).transpose()?;
    Ok(WhoAndWhy { by, why })
}

impl DeskApp {
    async fn show<T: Send + 'static>(&self, view: impl FnOnce(&Shown) -> T + Send + 'static) -> Result<T, ErrorCode> {
        let shown = Shown::of(&*self.open_now()?);
        blocking(move || Ok(view(&shown))).await
    }

    /// Changes what was decided or read, and keeps it.
    async fn prepare(
        &self,
        change: impl FnOnce(&mut Desk, &Shown) -> Result<(), ErrorCode> + Send + 'static,
    ) -> Result<(), ErrorCode> {
        let open = self.open_now()?;
        self.at_desk_unread(async move |desk| {
            change(desk, &Shown::of(&open))?;
            // What was changed is changed, also when it cannot be read again.
            open.set_prepared(Prepared::load(desk).map_err(|_| ErrorCode::DoneUnread)?);
            Ok(())
        })
        .await
    }

    pub(super) async fn names_now(&self) -> Result<NamesView, ErrorCode> {
        self.show(names::view).await
    }

    pub(super) async fn names_history_now(&self) -> Result<Vec<DecidedName>, ErrorCode> {
        self.show(names::history).await
    }

    pub(super) async fn decide(&self, input: DecideNames) -> Result<NamesView, ErrorCode> {
        let said = said(&input.by, input.why.as_deref())?;
        let verdict = match input.verdict {
            VerdictName::Replace => {
                let by = input.replacement.as_deref().and_then(|by| Said::of(by, LONGEST_PSEUDONYM));
                Verdict::Replace(by.ok_or(ErrorCode::PseudonymUnfit)?)
            }
            VerdictName::Leave => Verdict::Leave,
            VerdictName::Undone => Verdict::Undone,
        };
        if input.terms.is_empty() || input.terms.len() > MOST_TERMS {
            return Err(ErrorCode::TermUnfit);
        }
        let decided = input.terms.into_iter().map(|term| {
            let decision = Decision::new(&term.term, term.sort, verdict.clone(), said.clone(), now_ms());
            decision.map_err(|_| ErrorCode::TermUnfit)
        });
        let decided = decided.collect::<Result<Vec<_>, _>>()?;
        self.prepare(|desk, _| {
            let pseudonyms = Pseudonyms::load(desk.vault.reader())?;
            Ok(pseudonyms.decide(&mut desk.vault, decided).map(drop)?)
        })
        .await?;
        self.names_now().await
    }

    pub(super) async fn forget(&self, input: ForgetNames) -> Result<NamesView, ErrorCode> {
        self.prepare(move |desk, _| {
            let pseudonyms = Pseudonyms::load(desk.vault.reader())?;
            Ok(pseudonyms.forget(&mut desk.vault, &input.terms).map(drop)?)
        })
        .await?;
        self.names_now().await
    }

    pub(super) async fn copies_now(&self, wanted: FindCopies) -> Result<CopyPage, ErrorCode> {
        self.show(move |shown| copies::page(shown, &wanted)).await
    }

    pub(super) async fn interview_copy_now(&self, input: TranscriptRef) -> Result<InterviewCopy, ErrorCode> {
        let id = id(&input.transcript)?;
        self.show(move |shown| copies::interview(shown, id)).await?.ok_or(ErrorCode::TranscriptUnknown)
    }

    pub(super) async fn mark(&self, input: MarkRead) -> Result<ReadCount, ErrorCode> {
        let by = said(&input.by, None)?.by;
        let read: Option<Vec<Hash>> = input.copies.iter().map(|copy| copy.parse().ok()).collect();
        let read = read.filter(|read| read.len() <= MOST_COPIES).ok_or(ErrorCode::CopyChanged)?;
        self.prepare(move |desk, shown| {
            // What was shown and is another one by now, nobody has read.
            let (copies, at) = (shown.prepared.copies(&shown.reading), now_ms());
            let read = read.into_iter().map(|copy| {
                let interview = copies.interview_of(&copy)?;
                Ok((copy, Review { by: by.clone(), at, interview }))
            });
            let read = read.collect::<Result<Vec<_>, ErrorCode>>()?;
            let mut reviews = Reviews::load(desk.vault.reader())?;
            Ok(reviews.add(&mut desk.vault, read)?)
        })
        .await?;
        self.read_count().await
    }

    pub(super) async fn unmark(&self, input: MarkUnread) -> Result<ReadCount, ErrorCode> {
        let copy: Hash = input.copy.parse().map_err(|_| ErrorCode::CopyChanged)?;
        self.prepare(move |desk, _| {
            let mut reviews = Reviews::load(desk.vault.reader())?;
            Ok(reviews.remove(&mut desk.vault, &copy)?)
        })
        .await?;
        self.read_count().await
    }

    async fn read_count(&self) -> Result<ReadCount, ErrorCode> {
        self.show(|shown| shown.prepared.count(&shown.prepared.copies(&shown.reading))).await
    }
}

/// How many copies of what is on show were read.
pub(super) fn read_count(open: &Open) -> ReadCount {
    let Shown { reading, prepared } = Shown::of(open);
    prepared.count(&prepared.copies(&reading))
}
