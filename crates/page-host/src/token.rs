//! Tokens: of one run, of links that are good once, and of the session that comes of one. 256 random bits, as 64 hex digits, never shown in `Debug`.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ring::rand::{SecureRandom as _, SystemRandom};
use subtle::ConstantTimeEq as _;

/// Lets whoever knows it call commands, until the host stops.
#[derive(Clone)]
pub(crate) struct Token(String);

impl Token {
    /// A fresh one; `None` when the system has no randomness to give.
    pub(crate) fn new() -> Option<Self> {
        let mut bytes = [0u8; 32];
        SystemRandom::new().fill(&mut bytes).ok()?;
        Some(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// For the address that is given to the person.
    pub(crate) fn dangerously_as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is it, in time that does not depend on where the two differ.
    pub(crate) fn is(&self, given: &[u8]) -> bool {
        bool::from(self.0.as_bytes().ct_eq(given))
    }
}

/// The one link that is open, if any, and the one session that came of a link. Giving out another link closes both.
#[derive(Debug, Default)]
pub(crate) struct OneTime(Mutex<Links>);

/// What came of somebody who brought the token of a link.
pub(crate) enum Redeemed {
    /// This session.
    Session(Token),
    /// Nothing, and the session that there was has ended.
    Ended,
    /// Nothing.
    Nothing,
}

#[derive(Debug, Default)]
struct Links {
    open: Option<Token>,
    used: Option<Token>,
    session: Option<Token>,
}

impl OneTime {
    /// A fresh one, and whether a session has ended by that.
    pub(crate) fn open(&self) -> Option<(Token, bool)> {
        let token = Token::new()?;
        let before = std::mem::replace(&mut *self.links(), Links { open: Some(token.clone()), ..Links::default() });
        Some((token, before.session.is_some()))
    }

    /// Closes both; whether there was a session.
    pub(crate) fn close(&self) -> bool {
        std::mem::take(&mut *self.links()).session.is_some()
    }

    /// The token of a new session for that of the link, which is good no more then. Whoever comes by the same link after that ends the
    /// session: one of the two should not have had it.
    pub(crate) fn redeem(&self, given: &[u8]) -> Redeemed {
        let links = &mut *self.links();
        if links.used.as_ref().is_some_and(|used| used.is(given)) {
            return links.session.take().map_or(Redeemed::Nothing, |_| Redeemed::Ended);
        }
        let Some(used) = links.open.take_if(|open| open.is(given)) else { return Redeemed::Nothing };
        links.used = Some(used);
        links.session = Token::new();
        links.session.clone().map_or(Redeemed::Nothing, Redeemed::Session)
    }

    /// Whether this is the session's.
    pub(crate) fn is_let_in(&self, given: &[u8]) -> bool {
        self.links().session.as_ref().is_some_and(|session| session.is(given))
    }

    fn links(&self) -> MutexGuard<'_, Links> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn two_runs_have_two_tokens_of_256_bits() {
        let (one, other) = (Token::new().expect("randomness"), Token::new().expect("randomness"));
        assert_eq!(one.dangerously_as_str().len(), 64);
        assert!(one.is(one.dangerously_as_str().as_bytes()));
        assert!(!one.is(other.dangerously_as_str().as_bytes()));
    }

    #[test]
    fn a_part_of_the_token_is_not_the_token() {
        let token = Token::new().expect("randomness");
        let text = token.dangerously_as_str();
        assert!(!token.is(&text.as_bytes()[..63]));
        assert!(!token.is(b""));
        assert!(!token.is(format!("{text}0").as_bytes()));
    }

    #[test]
    fn debug_does_not_show_the_token() {
        let token = Token::new().expect("randomness");
        assert!(!format!("{token:?}").contains(token.dangerously_as_str()));
    }
}
