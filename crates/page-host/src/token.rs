//! Tokens: of one run, and of links that are good once. 256 random bits, as 64 hex digits, never shown in `Debug`.

use std::fmt;
use std::sync::{Mutex, PoisonError};

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

/// The one link that is open, if any: giving out another closes it, and so does using it.
#[derive(Debug, Default)]
pub(crate) struct OneTime(Mutex<Option<Token>>);

impl OneTime {
    /// A fresh one, instead of one that was not used.
    pub(crate) fn open(&self) -> Option<Token> {
        let token = Token::new()?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        Some(token)
    }

    /// Whether this is it; it is good no more then.
    pub(crate) fn redeem(&self, given: &[u8]) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take_if(|open| open.is(given)).is_some()
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
