//! Erasure orders and revocations.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use waymark_protocol::StudyId;
use waymark_protocol::api::{ApiError, Orders, OrdersPage};

use super::paging::SomeOrders;
use super::{Body, DONE, audit_reading, trusted};
use crate::app::App;
use crate::auth::Researcher;
use crate::refusal::Refusal;
use crate::store::OrderError;

const AT_ONCE: usize = 1_000;

/// `POST /v1/studies/{study}/orders`, `GET /v1/studies/{study}/orders`
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(some, add))
}

/// What a study has ordered, page by page: erasures by their ids, then revocations.
#[utoipa::path(
    get,
    path = "/v1/studies/{study}/orders",
    operation_id = "orders",
    tag = "orders",
    params(("study" = StudyId, Path, description = "The study."), SomeOrders),
    responses((status = 200, description = "One page of the orders, as signed.", body = OrdersPage)),
    security(("researcher" = [])),
)]
async fn some(
    State(app): State<App>,
    Researcher { study, staff }: Researcher,
    Query(orders): Query<SomeOrders>,
) -> Result<Json<OrdersPage>, Refusal> {
    let (after, limit) = orders.page()?;
    let orders = app.store().orders(study, after, limit).await?;
    audit_reading(&app, staff, study, "orders read").await?;
    Ok(Json(orders))
}

/// Gives orders: what they erase is gone when this returns. The same orders again change nothing.
///
/// At most 1,000 at once.
#[utoipa::path(
    post,
    path = "/v1/studies/{study}/orders",
    operation_id = "give_orders",
    tag = "orders",
    params(("study" = StudyId, Path, description = "The study.")),
    request_body(content = Orders),
    responses(
        (status = 204, description = "Done."),
        (status = 422, description = "`not-proven`: a signature, certificate or hash does not fit.", body = ApiError),
    ),
    security(("researcher" = [])),
)]
async fn add(
    State(app): State<App>,
    Researcher { study, staff }: Researcher,
    Body(orders): Body<Orders>,
) -> Result<StatusCode, Refusal> {
    if orders.erasures.len() + orders.revocations.len() > AT_ONCE {
        return Err(Refusal::bad_request("at most 1,000 orders can be given at once"));
    }
    let study_keys = trusted(&app, study).await?.signing_keys;
    let unproven = || Refusal::not_proven("an order is not signed by the study");
    for order in &orders.erasures {
        order.verify(&study, &study_keys).map_err(|_| unproven())?;
    }
    for revocation in &orders.revocations {
        let mut keys = app.store().recovery_keys(study, revocation.device).await?;
        keys.extend(&study_keys);
        revocation.verify(&study, &keys).map_err(|_| unproven())?;
    }
    app.store().add_orders(study, orders, staff, app.now()).await?;
    Ok(DONE)
}

impl From<OrderError> for Refusal {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::SameId => Self::bad_request(error.to_string()),
            OrderError::Store(error) => error.into(),
        }
    }
}
