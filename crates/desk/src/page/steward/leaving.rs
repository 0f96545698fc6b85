//! That a participant has left in another way than by the app, and that the study has ended; both can be taken back.

use super::super::app::DeskApp;
use super::super::{ErrorCode, short};
use super::confirmed;
use super::types::*;
use crate::ending::{self, EndingError, Leaving, Said};
use crate::verify::rfc3339;
use crate::{Desk, now_ms, transcripts};

impl DeskApp {
    pub(in super::super) async fn leave(&self, input: SayLeft) -> Result<LeftSaid, ErrorCode> {
        let said = self.at_desk_told(async move |desk| {
            let Leaving { participant, left_at, again } =
                ending::leave(desk, &input.participant, input.left, now_ms()).await?;
            // It is said, also where they cannot be counted.
            let interviews = transcripts::count_of(desk, &participant).unwrap_or_default();
            Ok(LeftSaid { participant, left_at, again, interviews: short(interviews) })
        });
        said.await
    }

    /// That the study has ended, with its title as it was typed; without one, that it goes on after all.
    pub(in super::super) async fn end(&self, confirm: Option<String>) -> Result<EndSaid, ErrorCode> {
        let said = self.at_desk_told(async move |desk| {
            if let Some(typed) = &confirm {
                confirmed(typed, desk.identity.title())?;
            }
            match ending::end(desk, confirm.is_some(), now_ms()).await {
                Ok(end) => Ok(EndSaid { ended_at: end.ended_at, again: end.again, not_sent: None }),
                // It is kept before it is sent.
                Err(EndingError::Server(error) | EndingError::NotSent(error)) => {
                    let ended_at = EndView::of(desk)?.and_then(|end| end.ended_at);
                    Ok(EndSaid { ended_at, again: false, not_sent: Some(error.into()) })
                }
                Err(error) => Err(error.into()),
            }
        });
        said.await
    }
}

impl EndView {
    /// What this desk has said last of the study's end; none where it has said nothing, or that it goes on and the server knows.
    pub(in super::super) fn of(desk: &Desk) -> Result<Option<Self>, ErrorCode> {
        let said = ending::said_of_study(desk.vault.reader())?;
        Ok(said.map(|Said { holds, at, sent }| Self { ended_at: rfc3339(at).filter(|_| holds), sent }))
    }
}
