//! That the six words of a phone were compared with its person.

use super::super::app::DeskApp;
use super::super::preparing::said;
use super::super::{ErrorCode, Nothing};
use super::phone;
use super::types::*;
use crate::collection::Collection;
use crate::met::{Met, forget, note};
use crate::now_ms;
use crate::verify::rfc3339;

impl DeskApp {
    pub(in super::super) async fn note_met(&self, input: NoteWordsMet) -> Result<Nothing, ErrorCode> {
        let (device, by) = (phone(&input.device)?, said(&input.by, None)?.by);
        let noted = self.at_desk_told(async move |desk| {
            // Of a phone that nobody has seen there are no words.
            let collection = Collection::load(desk.vault.reader())?;
            if !collection.records().any(|(target, _)| target.device == device) {
                return Err(ErrorCode::PhoneUnknown);
            }
            note(desk, device, &Met { by, at: now_ms() })?;
            Ok(Nothing {})
        });
        noted.await
    }

    pub(in super::super) async fn forget_met(&self, input: PhoneRef) -> Result<Nothing, ErrorCode> {
        let device = phone(&input.device)?;
        self.at_desk_told(async move |desk| Ok(forget(desk, device).map(|()| Nothing {})?)).await
    }
}

impl From<&Met> for MetView {
    fn from(met: &Met) -> Self {
        Self { by: met.by.as_str().to_owned(), at: rfc3339(met.at) }
    }
}
