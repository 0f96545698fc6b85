//! Lists that come page by page.

use serde::Deserialize;
use utoipa::IntoParams;
use waymark_protocol::ParticipantId;
use waymark_protocol::api::{MAX_PAGE, PAGE};
use waymark_protocol::hex::HexBytes;

use crate::refusal::Refusal;
use crate::store::{OrdersAfter, Page};

/// Where to go on in a list of participants.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Participants {
    /// The last participant of the page before; none at the beginning.
    #[serde(default)]
    after: Option<ParticipantId>,
    /// How many lines at most.
    #[serde(default = "usual")]
    #[param(minimum = 1, maximum = 1000, default = 100)]
    limit: u32,
}

impl Participants {
    /// The page, when it is not too long.
    pub fn page(self) -> Result<Page, Refusal> {
        Ok(Page { after: self.after, limit: checked(self.limit)? })
    }
}

/// Where to go on in the audit.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Lines {
    /// The `id` of the last line that the reader has.
    #[serde(default)]
    pub after: u64,
    /// How many lines at most.
    #[serde(default = "usual")]
    #[param(minimum = 1, maximum = 1000, default = 100)]
    limit: u32,
}

impl Lines {
    /// How many, when it is not too many.
    pub fn limit(&self) -> Result<u32, Refusal> {
        checked(self.limit)
    }
}

/// Where to go on in a study's orders.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SomeOrders {
    /// The `next` of the page before; none at the beginning.
    #[serde(default)]
    after: Option<HexBytes>,
    /// How many orders at most.
    #[serde(default = "usual")]
    #[param(minimum = 1, maximum = 1000, default = 100)]
    limit: u32,
}

impl SomeOrders {
    /// Where to begin, when it is a place, and how many, when it is not too many.
    pub fn page(self) -> Result<(OrdersAfter, u32), Refusal> {
        let after = OrdersAfter::parse(&self.after.unwrap_or_default().0);
        let after = after.ok_or_else(|| Refusal::bad_request("`after` is not the `next` of a page of orders"))?;
        Ok((after, checked(self.limit)?))
    }
}

fn usual() -> u32 {
    PAGE
}

fn checked(limit: u32) -> Result<u32, Refusal> {
    match limit {
        1..=MAX_PAGE => Ok(limit),
        _ => Err(Refusal::bad_request(format!("a page has 1 to {MAX_PAGE} lines"))),
    }
}
