//! The server without a network: all of its calls, over its own store, in the process of whoever asks. For the fault simulation
//! and for fuzzing.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use tokio::sync::watch;
use tower::Service;
use waymark_protocol::api::Token;

use crate::app::{self, App};
use crate::auth::{self, Role};
use crate::backup::{make, restore};
use crate::clock::Clock;
use crate::config::Settings;
use crate::listen::Caller;
use crate::metrics::Metrics;
use crate::rates::Rates;
use crate::serve::{ServeError, lock};
use crate::store::{Place, Store};

/// A server that runs, and answers whoever holds it. Dropping it ends it as a kill would: what was answered is on disk.
pub struct InProcess {
    router: Router,
    place: Place,
    _stopping: watch::Sender<bool>,
    _lock: File,
}

impl InProcess {
    /// Opens the data folder. Must be called within a Tokio runtime.
    pub async fn open(settings: &Settings, clock: Clock) -> Result<Self, ServeError> {
        let place = settings.place();
        Store::prepare(&place)?;
        let lock = lock(&place.folder)?;
        let store = Store::open(&place).await?;
        let (stopping, stopped) = watch::channel(false);
        let app = App::new(store, stopped, Arc::new(Rates::new(settings)), Metrics::new(), settings, clock);
        Ok(Self { router: app::router(app), place, _stopping: stopping, _lock: lock })
    }

    /// Answers one call.
    pub async fn call(&self, mut request: Request) -> Response<Body> {
        request.extensions_mut().insert(Caller::ThisMachine);
        match self.router.clone().call(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }

    /// A new token for somebody of this role, for all studies.
    pub async fn token(&self, role: Role, now: u64) -> Result<Token, String> {
        let token = auth::new_token();
        let added = Store::add_token(&self.place, auth::token_hash(&token), role, None, now).await;
        added.map(|()| token).map_err(|error| error.to_string())
    }

    /// Makes a backup in `to`, which must not be there, while the server runs.
    pub async fn back_up(&self, to: &Path) -> Result<(), String> {
        make(&self.place, to).await.map(drop).map_err(|error| error.to_string())
    }

    /// Restores a backup into a folder that is empty, or not there yet; the server that opens it has a new epoch.
    pub async fn restore(from: &Path, folder: PathBuf) -> Result<(), String> {
        restore(from, &Place::from(folder)).await.map(drop).map_err(|error| error.to_string())
    }
}
