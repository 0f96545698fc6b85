//! Another token for the desk.

use waymark_protocol::api::Token;
use zeroize::Zeroizing;

use super::super::ErrorCode;
use super::super::app::DeskApp;
use super::types::*;
use crate::token::replace;

impl DeskApp {
    pub(in super::super) async fn take_token(&self, input: ReplaceToken) -> Result<TokenReplaced, ErrorCode> {
        let typed = Zeroizing::new(input.token);
        let token: Token = typed.trim().parse().map_err(|_| ErrorCode::TokenUnfit)?;
        let replaced = self.at_desk_unread(async move |desk| Ok(replace(desk, token).await?));
        Ok(TokenReplaced { before: replaced.await? })
    }
}
