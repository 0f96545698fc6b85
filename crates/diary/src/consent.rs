//! What was agreed to, and changing one's mind.

use waymark_protocol::content::{Consent, ConsentAnswer};
use waymark_protocol::record::Kind;

use crate::diary::Diary;
use crate::page::ErrorCode;
use crate::store::{self, MEMBERSHIP, STUDY};
use crate::{Error, Now};

impl Diary {
    /// Answers the study's questions anew, as its newest document asks them. The study is told by a consent record; what it may
    /// read of entries does not change by it.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ConsentNeeded`] when a required item is not agreed to: without it there is no taking part, only leaving.
    pub fn change_consent(&mut self, agreed: &[String], now: Now) -> Result<(), Error> {
        let mut membership = self.member()?.clone();
        let trusted = membership.trusted()?;
        let items = &trusted.document.plan.consent;
        if items.iter().any(|item| item.required && !agreed.contains(&item.id)) {
            return Err(Error::Plain(ErrorCode::ConsentNeeded));
        }
        let answers: Vec<ConsentAnswer> = items
            .iter()
            .map(|item| ConsentAnswer { item: item.id.clone(), agreed: agreed.contains(&item.id) })
            .collect();
        membership.consent = answers.iter().map(|answer| (answer.item.clone(), answer.agreed)).collect();
        let (study, participant) = (membership.study, membership.participant);
        let consent =
            Consent::new(study, participant, trusted.document.version, trusted.hash, now.wall, answers).to_bytes();
        let membership = self.commit(|writing| {
            let log = writing.log().ok_or(Error::Plain(ErrorCode::NoStudy))?;
            log.sealed(Kind::Consent, None, &consent, Some(&trusted.encryption_key))?;
            store::put(log.tx, MEMBERSHIP, STUDY, &membership)?;
            Ok(membership)
        })?;
        self.membership = Some(membership);
        Ok(())
    }
}
