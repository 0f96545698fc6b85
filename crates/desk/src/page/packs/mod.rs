//! Packs for interviews, from the page: shown, to be printed, and written into files as exports are.

pub mod types;

use std::collections::BTreeSet;

use super::ErrorCode;
use super::app::DeskApp;
use super::exporting::types::ExportDone;
use super::exporting::views;
use super::preparing::said;
use super::types::ParticipantRef;
use super::{Nothing, short};
use crate::export::{WantedPack, export_pack, note_printed};
use crate::prepare::WhoAndWhy;
use types::*;

impl DeskApp {
    pub(super) async fn pack_now(&self, input: ParticipantRef) -> Result<PackView, ErrorCode> {
        let ParticipantRef { participant } = input;
        let entries = self.open_now()?.reading().pack(&participant);
        Ok(PackView { participant, entries })
    }

    pub(super) async fn note_printed_pack_now(&self, input: NotePrintedPack) -> Result<Nothing, ErrorCode> {
        let NotePrintedPack { participant, shown, by, why } = input;
        let said = who_and_why(&by, &why)?;
        let shown = shown.iter().map(|each| Some((each.entry.parse().ok()?, each.revision.parse().ok()?)));
        let shown = shown.collect::<Option<BTreeSet<_>>>().ok_or(ErrorCode::PackChanged)?;
        let noted = self.at_desk_unread(async move |desk| Ok(note_printed(desk, &participant, &shown, Some(said))?));
        if noted.await? { Ok(Nothing {}) } else { Err(ErrorCode::PackChanged) }
    }

    pub(super) async fn save_pack_now(&self, input: SavePack) -> Result<ExportDone, ErrorCode> {
        let said = who_and_why(&input.by, &input.why)?;
        let wanted = WantedPack { participant: input.participant, format: input.format, said: Some(said) };
        let (place, open) = (self.exports_at(), self.open_now()?);
        let written = self.at_desk_unread(async move |desk| {
            let path = place.next_pack(desk.identity.title(), &wanted)?;
            let exported = export_pack(desk, &wanted, &path)?;
            // It is written, also where the list cannot be read.
            Ok((path, exported, views(desk).unwrap_or_default()))
        });
        let (path, exported, made) = written.await?;
        Ok(ExportDone {
            path: path.display().to_string(),
            revisions: short(exported.revisions),
            interviews: 0,
            recordings: 0,
            left_out: 0,
            left_out_interviews: 0,
            needs_attention: exported.needs_attention,
            exports: self.exports_of(&open, made),
        })
    }
}

/// Whoever takes somebody's own words away says what for.
fn who_and_why(by: &str, why: &str) -> Result<WhoAndWhy, ErrorCode> {
    let said = said(by, Some(why))?;
    if said.why.is_none() { Err(ErrorCode::ReasonMissing) } else { Ok(said) }
}
