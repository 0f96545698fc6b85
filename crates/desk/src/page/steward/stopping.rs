//! Stopping a phone by the study's signed word: it is looked at first, and a label has to be typed.

use super::super::app::DeskApp;
use super::super::{ErrorCode, short};
use super::types::*;
use super::{confirmed, phone};
use crate::stop::{StopError, Stopped, find, stop};
use crate::{Progress, now_ms};

impl DeskApp {
    pub(in super::super) async fn find_phone(&self, wanted: PhoneRef) -> Result<StopPlan, ErrorCode> {
        let device = phone(&wanted.device)?;
        let planned = self.at_desk((), async move |desk| {
            let found = find(desk, device, true, now_ms(), &Progress::silent()).await?;
            let (seq, participant) = (places(found.seq()), found.participant);
            Ok(StopPlan { participant, device: device.to_string(), seq, whole: found.whole, before: found.before })
        });
        let (plan, read) = planned.await?;
        read.map(|()| plan)
    }

    pub(in super::super) async fn stop(&self, input: StopPhone) -> Result<PhoneStopped, ErrorCode> {
        let device = phone(&input.device)?;
        let stopped = self.at_desk_told(async move |desk| {
            let found = find(desk, device, input.even_if_incomplete, now_ms(), &Progress::silent()).await?;
            confirmed(&input.confirm, &found.participant)?;
            let (participant, seq) = (found.participant.clone(), found.seq());
            let (again, not_sent) = match stop(desk, found).await {
                Ok(Stopped { again, .. }) => (again, None),
                // It is stopped here before the server hears of it.
                Err(StopError::NotSent(error)) => (false, Some(error.into())),
                Err(error) => return Err(error.into()),
            };
            Ok(PhoneStopped { participant, device: device.to_string(), seq: places(seq), again, not_sent })
        });
        stopped.await
    }
}

fn places(seq: u64) -> u32 {
    short(usize::try_from(seq).unwrap_or(usize::MAX))
}
