//! A certificate of what was collected, beside the exports.

use super::super::app::DeskApp;
use super::super::{ErrorCode, short};
use super::types::CertificateMade;
use crate::certificate::make;
use crate::now_ms;

impl DeskApp {
    pub(in super::super) async fn certify(&self) -> Result<CertificateMade, ErrorCode> {
        let place = self.exports_at();
        let made = self.at_desk_unread(async move |desk| {
            let path = place.certificate(desk.identity.title())?;
            let certificate = make(desk, &path, now_ms())?;
            let statement = &certificate.statement;
            Ok(CertificateMade {
                path: path.display().to_string(),
                records: short(usize::try_from(statement.counts.received).unwrap_or(usize::MAX)),
                phones: short(statement.devices.len()),
            })
        });
        made.await
    }
}
