//! Exports from the page. They are written into one folder beside the desk's, on the same disk as the desk: a browser would put a download
//! where it likes, and the desk could not tell later what still lies there.

mod certificate;
mod place;
pub mod types;

use super::app::{DeskApp, Open};
use super::preparing::{read_count, said};
use super::{ErrorCode, Nothing, short};
use crate::Desk;
use crate::export::refi::Flavour;
use crate::export::{Exported, Format, Text, Wanted, Without, export_wanted, title_of};
use crate::exported::{self, Made};
use crate::prepare::{LONGEST_REASON, Said};
use place::Place;
use types::*;

impl DeskApp {
    pub(super) fn exports_at(&self) -> Place {
        Place::beside(self.folder())
    }

    pub(super) async fn exports_now(&self) -> Result<ExportsView, ErrorCode> {
        let open = self.open_now()?;
        let made = self.at_desk_unread(async move |desk| views(desk)).await?;
        Ok(self.exports_of(&open, made))
    }

    pub(super) fn exports_of(&self, open: &Open, made: Vec<MadeView>) -> ExportsView {
        ExportsView { folder: self.exports_at().shown(), made, count: read_count(open) }
    }

    pub(super) async fn make_export(&self, input: MakeExport) -> Result<ExportDone, ErrorCode> {
        let said = match input.format {
            // Nobody's words are in it.
            Format::Qdc => None,
            _ => Some(said(&input.by, input.why.as_deref())?),
        };
        if input.original && said.as_ref().is_some_and(|said| said.why.is_none()) {
            return Err(ErrorCode::ReasonMissing);
        }
        let text = if input.original { Text::Original } else { Text::Copy { only_read: input.only_read } };
        let flavour = Flavour { per: input.documents, line_ends: input.line_ends };
        let without = match input.format {
            Format::Qdc => None,
            _ => without(input.without, input.why_without.as_deref())?,
        };
        let wanted = Wanted { format: input.format, flavour, text, without, said };
        let (place, open) = (self.exports_at(), self.open_now()?);
        let written = self.at_desk_unread(async move |desk| {
            let path = place.next(&title_of(desk, text)?, &wanted)?;
            let exported = export_wanted(desk, &wanted, &path)?;
            // It is written, also where the list cannot be read.
            Ok((path, exported, views(desk).unwrap_or_default()))
        });
        let (path, exported, made) = written.await?;
        let Exported { revisions, transcripts, recordings, left_out, left_out_interviews, needs_attention } = exported;
        Ok(ExportDone {
            path: path.display().to_string(),
            revisions: short(revisions),
            interviews: short(transcripts),
            recordings: short(recordings),
            left_out: short(left_out),
            left_out_interviews: short(left_out_interviews),
            needs_attention,
            exports: self.exports_of(&open, made),
        })
    }

    pub(super) async fn show_exports_now(&self) -> Result<Nothing, ErrorCode> {
        self.open_now()?;
        let place = self.exports_at();
        super::app::blocking(move || place.show().map(|()| Nothing {})).await
    }
}

fn without(participants: Vec<String>, why: Option<&str>) -> Result<Option<Without>, ErrorCode> {
    if participants.is_empty() {
        return Ok(None);
    }
    let why = why.filter(|why| !why.trim().is_empty()).ok_or(ErrorCode::ReasonMissing)?;
    let why = Said::of(why, LONGEST_REASON).ok_or(ErrorCode::ReasonUnfit)?;
    Ok(Some(Without { participants: participants.into_iter().collect(), why }))
}

/// Every export that was made, the newest first.
pub(super) fn views(desk: &Desk) -> Result<Vec<MadeView>, ErrorCode> {
    Ok(exported::all(desk)?.into_iter().rev().map(MadeView::from).collect())
}

impl From<Made> for MadeView {
    fn from(made: Made) -> Self {
        let said = made.said.as_ref();
        Self {
            at: made.at,
            format: made.format,
            path: made.path.display().to_string(),
            copy: made.copy,
            read_by: made.read_by.iter().map(|by| by.as_str().to_owned()).collect(),
            by: said.map(|said| said.by.as_str().to_owned()),
            why: said.and_then(|said| said.why.as_ref()).map(|why| why.as_str().to_owned()),
            there: made.there,
            revisions: short(made.revisions),
            withdrawn: short(made.withdrawn.len()),
            interviews: short(made.transcripts),
            removed: short(made.removed.len()),
            why_without: made.without.as_ref().map(|without| without.why.as_str().to_owned()),
            without: made.without.into_iter().flat_map(|without| without.participants).collect(),
            pack: made.pack,
        }
    }
}
