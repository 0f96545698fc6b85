//! What page and host say to each other about time off.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ErrorCode;
use crate::{Diary, Error, Now, Pause, PauseDays};

/// Time off.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct PauseView {
    /// The first day.
    pub from: String,
    /// The last day; none as long as it is not known.
    pub until: Option<String>,
    /// The writer's own words about it.
    pub note: String,
    /// Whether the study that the writer takes part in has been told its days.
    pub told: bool,
}

/// All time off.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct Pauses {
    /// The pause that goes on or is to come.
    pub open: Option<PauseView>,
    /// Those that are over, latest first; `until` is the last day that was off.
    pub past: Vec<PauseView>,
}

/// Time off is taken, or its days or its note are changed.
#[derive(Clone, Deserialize, TS)]
pub struct TakeTimeOff {
    /// The first day.
    pub from: String,
    /// The last day, when it is known.
    pub until: Option<String>,
    /// The writer's own words about it. They are for nobody else.
    pub note: String,
}

pub(super) fn pause_view(diary: &Diary, pause: &Pause) -> PauseView {
    let back = pause.back.and_then(|back| back.pred_opt());
    let last = match (pause.until, back) {
        (Some(until), Some(back)) => Some(until.min(back)),
        (until, back) => until.or(back),
    };
    PauseView {
        from: pause.from.to_string(),
        until: last.map(|day| day.to_string()),
        note: pause.note.clone(),
        told: diary.was_told(pause),
    }
}

pub(super) fn pauses(diary: &Diary, now: Now) -> Pauses {
    Pauses {
        open: diary.open_pause(now.date()).map(|pause| pause_view(diary, &pause)),
        past: diary.past_pauses(now.date()).iter().map(|pause| pause_view(diary, pause)).collect(),
    }
}

pub(super) fn take_time_off(diary: &mut Diary, input: &TakeTimeOff, now: Now) -> Result<Pauses, Error> {
    let day = |text: &str| text.parse().map_err(|_| Error::Plain(ErrorCode::Internal));
    let days = PauseDays { from: day(&input.from)?, until: input.until.as_deref().map(day).transpose()? };
    diary.take_time_off(days, &input.note, now)?;
    Ok(pauses(diary, now))
}
