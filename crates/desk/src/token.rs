//! Another token for the desk, when the one that it has was lost to somebody else, or was revoked.
//!
//! Tokens are made and revoked where the server is (`waymark-server token`), never over the network: whoever has a token must not
//! be able to make themselves another. So the desk takes a token that it is given, after the server has taken it too.

use std::io::IsTerminal;

use serde::Serialize;
use ts_rs::TS;
use waymark_protocol::api::{ApiErrorCode, Token};
use zeroize::Zeroizing;

use crate::desk::{Desk, DeskError};
use crate::transport::{Server, TransportError};

/// The environment variable.
pub const VARIABLE: &str = "WAYMARK_TOKEN";

/// Why there is no other token. The desk keeps the one that it has.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// None was given.
    #[error("no token: set {VARIABLE}, or run this on a terminal to type it")]
    None,
    /// What was given is none.
    #[error("the token is not one: expected 64 hex digits")]
    NotOne,
    /// The terminal gave none.
    #[error("the token could not be read from the terminal")]
    Terminal(#[source] std::io::Error),
    /// The server does not take it for this study.
    #[error("{0}; the desk keeps the token that it has")]
    Server(#[from] TransportError),
    /// The desk's file.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// What became of the token before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Before {
    /// It was the same one.
    Same,
    /// The server still takes it: whoever has it can use it until it is revoked.
    StillGood,
    /// The server takes it no more.
    Revoked,
}

/// The token from the environment, or typed without echo; never from a flag, which other people on the machine could see.
///
/// # Errors
///
/// There is none, or it is not one; see [`TokenError`].
pub fn ask() -> Result<Token, TokenError> {
    let text = match std::env::var(VARIABLE).ok().map(Zeroizing::new) {
        Some(text) => text,
        None if !std::io::stdin().is_terminal() => return Err(TokenError::None),
        None => {
            let typed = rpassword::prompt_password("The new token: ").map_err(TokenError::Terminal)?;
            Zeroizing::new(typed)
        }
    };
    text.trim().parse().map_err(|_| TokenError::NotOne)
}

/// Takes this token in the place of the desk's own, once the server has taken it for a researcher's of this study.
///
/// # Errors
///
/// The server cannot be reached or does not take it, or the desk's file cannot be written; see [`TokenError`].
pub async fn replace(desk: &mut Desk, token: Token) -> Result<Before, TokenError> {
    let (study, old) = (desk.identity.study, desk.dangerously_token());
    Server::new(desk.identity.server.clone(), token)?.try_token(study).await?;
    if token == old {
        return Ok(Before::Same);
    }
    desk.take_token(token)?;
    match Server::new(desk.identity.server.clone(), old)?.try_token(study).await {
        Err(error) if error.code() == Some(ApiErrorCode::Unauthorized) => Ok(Before::Revoked),
        // Not being sure of it is no better than knowing that it is good.
        _ => Ok(Before::StillGood),
    }
}
