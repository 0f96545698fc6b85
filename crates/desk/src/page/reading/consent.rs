//! What people have agreed to, item by item, as they answered last.

use std::collections::BTreeSet;

use chrono::DateTime;
use waymark_protocol::content::Consent;
use waymark_protocol::study::Plan;

use super::super::types::{AgreedView, ConsentItemView};

/// Of all answers of one person the newest, by their own clock.
pub(super) fn newest(consents: &[Consent]) -> Option<AgreedView> {
    let at = |consent: &&Consent| DateTime::parse_from_rfc3339(&consent.agreed_at).ok();
    let newest = consents.iter().max_by_key(at)?;
    let (yes, no): (Vec<_>, Vec<_>) = newest.answers.iter().partition(|answer| answer.agreed);
    let items = |answers: Vec<&waymark_protocol::content::ConsentAnswer>| {
        answers.into_iter().map(|answer| answer.item.clone()).collect()
    };
    Some(AgreedView {
        at: newest.agreed_at.clone(),
        document_version: newest.document_version,
        yes: items(yes),
        no: items(no),
    })
}

/// The study's items, then those that it has no more and somebody has answered.
pub(super) fn items<'a>(plan: &Plan, agreed: impl Iterator<Item = &'a AgreedView>) -> Vec<ConsentItemView> {
    let language = plan.languages.first().map_or("", String::as_str);
    let own = plan.consent.iter().map(|item| ConsentItemView {
        id: item.id.clone(),
        text: item.text.get(language).to_owned(),
        required: item.required,
    });
    let mut all: Vec<ConsentItemView> = own.collect();
    let answered: BTreeSet<&String> = agreed.flat_map(|agreed| agreed.yes.iter().chain(&agreed.no)).collect();
    for id in answered {
        if !all.iter().any(|item| item.id == *id) {
            all.push(ConsentItemView { id: id.clone(), text: id.clone(), required: false });
        }
    }
    all
}
