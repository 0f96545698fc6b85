//! Erasing by the study's order, from the page: what it takes is shown, and a label has to be typed.

pub mod types;

use super::app::DeskApp;
use super::exporting::views;
use super::{ErrorCode, short};
use crate::erase::{Counts, EraseError, Reach, carry_out, prepare};
use crate::{Progress, now_ms};
use types::*;

impl DeskApp {
    pub(super) async fn plan(&self, wanted: WantErasure) -> Result<ErasurePlan, ErrorCode> {
        let reach = Reach::of(&wanted)?;
        let planned = self.at_desk((), async move |desk| {
            let prepared = prepare(desk, &wanted.participant, &reach, "", now_ms(), &Progress::silent()).await?;
            let counts = ErasureCounts::from(prepared.counts);
            let (before, interviews) = (short(prepared.before), short(prepared.transcripts));
            Ok(ErasurePlan { participant: prepared.participant, counts, before, interviews })
        });
        let (plan, read) = planned.await?;
        read.map(|()| plan)
    }

    pub(super) async fn order(&self, input: OrderErasure) -> Result<ErasureDone, ErrorCode> {
        let reach = Reach::of(&input.wanted)?;
        if input.reason.trim().is_empty() {
            return Err(ErrorCode::ReasonMissing);
        }
        let erased = self.at_desk_told(async move |desk| {
            let OrderErasure { wanted, counts, reason, confirm } = input;
            let prepared =
                prepare(desk, &wanted.participant, &reach, reason.trim(), now_ms(), &Progress::silent()).await?;
            if confirm.trim() != prepared.participant.trim() {
                return Err(ErrorCode::NotConfirmed);
            }
            // More has come meanwhile, or less is left: whoever confirms has to see it.
            if counts != ErasureCounts::from(prepared.counts) {
                return Err(ErrorCode::ErasureChanged);
            }
            let (participant, interviews) = (prepared.participant.clone(), short(prepared.transcripts));
            // The newest first, and none is made meanwhile.
            let before: Vec<u32> = views(desk)?.iter().map(|made| made.withdrawn).collect();
            let not_sent = match carry_out(desk, prepared, now_ms()).await {
                Ok(_) => None,
                Err(EraseError::NotSent(error)) => Some(error.into()),
                Err(error) => return Err(error.into()),
            };
            // It is erased, also where the list cannot be read.
            let after = views(desk).unwrap_or_default().into_iter().zip(before);
            let exports = after.filter(|(made, before)| made.withdrawn > *before).map(|(made, _)| made).collect();
            Ok(ErasureDone { participant, counts, interviews, not_sent, exports })
        });
        erased.await
    }
}

impl Reach {
    fn of(wanted: &WantErasure) -> Result<Self, ErrorCode> {
        match (&wanted.entry, wanted.private_too) {
            (Some(entry), _) => Ok(Self::Entries(vec![entry.parse().map_err(|_| ErrorCode::EntryUnknown)?])),
            (None, true) => Ok(Self::PrivateToo),
            (None, false) => Ok(Self::Shared),
        }
    }
}

impl From<Counts> for ErasureCounts {
    fn from(counts: Counts) -> Self {
        let Counts { entries, notices, private } = counts;
        Self { entries: short(entries), notices: short(notices), private: short(private) }
    }
}
