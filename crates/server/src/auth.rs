//! Who is calling: tokens and roles.
//!
//! A token is 256 random bits; the store keeps its SHA-256. A token with a study acts on that study alone. A role opens its
//! own calls and no others: an administrator registers studies and cannot read one.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use waymark_protocol::api::{ApiErrorCode, Token};
use waymark_protocol::{Hash, StudyId};

use crate::app::App;
use crate::entropy;
use crate::ingest::DeviceScope;
use crate::listen::Caller;
use crate::refusal::Refusal;
use crate::shares::Party;
use crate::store::Identity;

/// What people's tokens are for. Phones have tokens of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// Registers studies.
    Admin,
    /// Collects one study's records; invites; publishes what the study has signed.
    Researcher,
    /// Looks after what a study keeps: how much there is, what is due for review, whether the study has ended.
    DataManager,
    /// Sees who did what when.
    Auditor,
}

impl Role {
    /// The role's name, in the store and for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Researcher => "researcher",
            Self::DataManager => "data-manager",
            Self::Auditor => "auditor",
        }
    }

    /// The role with this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Admin, Self::Researcher, Self::DataManager, Self::Auditor].into_iter().find(|role| role.name() == name)
    }
}

/// A new token.
pub fn new_token() -> Token {
    Token(entropy::bytes())
}

/// What the store keeps of a token.
pub fn token_hash(token: &Token) -> Hash {
    Hash::of(&token.0)
}

/// A person's token.
#[derive(Debug, Clone, Copy)]
pub struct Staff {
    /// The token's number in the store, for the audit.
    pub token: i64,
    /// Its role.
    pub role: Role,
    /// The only study that it acts on; none for all.
    pub study: Option<StudyId>,
}

impl Staff {
    /// Whether this token acts on `study`.
    pub fn acts_on(&self, study: &StudyId) -> Result<(), Refusal> {
        match self.study {
            Some(own) if own != *study => Err(Refusal::new(ApiErrorCode::Forbidden, "the token is for another study")),
            _ => Ok(()),
        }
    }
}

/// The call comes from a phone that has not been revoked.
pub struct Device(pub DeviceScope);

/// The call comes from a phone.
pub struct AnyDevice {
    /// Whose log it may write.
    pub scope: DeviceScope,
    /// Whether it has been revoked.
    pub revoked: bool,
}

/// The call comes from an administrator.
pub struct Admin(pub Staff);

/// The call comes from someone of these roles, about the study in its path.
macro_rules! of_study {
    ($(#[$doc:meta])* $name:ident, $roles:expr) => {
        $(#[$doc])*
        pub struct $name {
            /// The study in the path.
            pub study: StudyId,
            /// The token.
            pub staff: Staff,
        }

        impl FromRequestParts<App> for $name {
            type Rejection = Refusal;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
                let (study, staff) = of_study(parts, app, &$roles).await?;
                Ok(Self { study, staff })
            }
        }
    };
}

of_study! {
    /// The call comes from a researcher of the study in its path.
    Researcher, [Role::Researcher]
}
of_study! {
    /// The call comes from a data manager of the study in its path.
    DataManager, [Role::DataManager]
}
of_study! {
    /// The call comes from a researcher or a data manager of the study in its path.
    Steward, [Role::Researcher, Role::DataManager]
}
of_study! {
    /// The call comes from an auditor of the study in its path.
    Auditor, [Role::Auditor]
}

async fn identify(parts: &mut Parts, app: &App) -> Result<Identity, Refusal> {
    let token = bearer(parts);
    let hash = token.as_ref().ok().map(token_hash);
    let caller = parts.extensions.get().copied().unwrap_or(Caller::ThisMachine);
    app.rates().with_token(caller, hash.as_ref()).map_err(|often| app.too_often(often))?;
    let identity = match hash {
        Some(hash) => app.store().identify(hash).await?.ok_or("the token is not known"),
        None => Err(token.err().unwrap_or_default()),
    };
    match &hash {
        Some(hash) if identity.is_ok() => app.rates().proven(hash),
        hash => app.rates().wrong(caller, hash.as_ref()),
    }
    let identity = identity.map_err(|message| Refusal::new(ApiErrorCode::Unauthorized, message))?;
    // Whose body it is, for who reads it.
    parts.extensions.insert(match &identity {
        Identity::Staff(staff) => Party::Staff(staff.token),
        Identity::Device { scope, revoked: false } => Party::Participant(scope.study, scope.participant),
        Identity::Device { scope, revoked: true } => Party::Stopped(scope.study, scope.participant),
    });
    Ok(identity)
}

fn bearer(parts: &Parts) -> Result<Token, &'static str> {
    let header = parts.headers.get(AUTHORIZATION).ok_or("this call needs a token")?;
    let text = header.to_str().ok().and_then(|text| text.strip_prefix("Bearer "));
    text.and_then(|text| text.trim().parse().ok()).ok_or("the token is malformed")
}

async fn staff(parts: &mut Parts, app: &App, roles: &[Role]) -> Result<Staff, Refusal> {
    match identify(parts, app).await? {
        Identity::Staff(staff) if roles.contains(&staff.role) => Ok(staff),
        _ => {
            let names: Vec<&str> = roles.iter().map(|role| role.name()).collect();
            let message = format!("this call needs a token of role {}", names.join(" or "));
            Err(Refusal::new(ApiErrorCode::Forbidden, message))
        }
    }
}

async fn of_study(parts: &mut Parts, app: &App, roles: &[Role]) -> Result<(StudyId, Staff), Refusal> {
    let staff = staff(parts, app, roles).await?;
    let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Refusal::not_found("study"))?;
    let study = params.iter().find(|(name, _)| *name == "study").and_then(|(_, text)| text.parse().ok());
    let study = study.ok_or_else(|| Refusal::not_found("study"))?;
    staff.acts_on(&study)?;
    Ok((study, staff))
}

impl FromRequestParts<App> for AnyDevice {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        match identify(parts, app).await? {
            Identity::Device { scope, revoked } => Ok(Self { scope, revoked }),
            Identity::Staff(_) => Err(Refusal::new(ApiErrorCode::Forbidden, "this call needs a phone's token")),
        }
    }
}

impl FromRequestParts<App> for Device {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        match AnyDevice::from_request_parts(parts, app).await? {
            AnyDevice { scope, revoked: false } => Ok(Self(scope)),
            AnyDevice { .. } => Err(Refusal::new(ApiErrorCode::Revoked, "the device has been revoked")),
        }
    }
}

impl FromRequestParts<App> for Admin {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        staff(parts, app, &[Role::Admin]).await.map(Self)
    }
}
