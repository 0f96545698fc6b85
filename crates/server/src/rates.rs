//! How often one may call: by token once it was proven, by address before.
//!
//! | who | counted by |
//! |---|---|
//! | a token that the store knows | itself; its address does not matter, for thousands may share one |
//! | a token that the store does not know, or none where one is needed | its address, *after* the answer; when that is used up, the next is refused before the store is asked |
//! | a call that needs no token | its address |
//! | this machine | not by address |
//!
//! Addresses and hashes of tokens are kept in memory alone, and no longer than it takes their buckets to fill again; see
//! docs/decisions/0027. What is kept is bounded: beyond [`MOST`] addresses strangers wait, proven tokens do not.

use std::collections::HashMap;
use std::hash::Hash as Key;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock, MonotonicClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use waymark_protocol::Hash;

use crate::config::{Rate, Settings};
use crate::listen::Caller;

/// How many keys one kind of limit remembers.
const MOST: usize = 100_000;
/// How long a token that does not call stays proven.
const PROVEN_FOR: Duration = Duration::from_secs(24 * 3600);
/// What somebody waits for whom there is no room.
const NO_ROOM: Duration = Duration::from_secs(60);

/// A token is remembered by half of its hash: enough to tell all tokens apart.
type TokenKey = [u8; 16];

/// All limits.
pub struct Rates {
    by_token: Buckets<TokenKey>,
    without_token: Buckets<IpAddr>,
    wrong_tokens: Buckets<IpAddr>,
    /// Until when an address must not try another token.
    barred: Mutex<HashMap<IpAddr, Instant>>,
    proven: Mutex<HashMap<TokenKey, Instant>>,
}

/// The call must wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooOften {
    /// How long.
    pub wait: Duration,
    /// Which limit.
    pub limit: Limit,
}

/// The limits, by what they count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Calls by one token.
    Token,
    /// Calls without a token by one address.
    WithoutToken,
    /// Wrong tokens by one address.
    WrongTokens,
    /// Bytes of feeds and parts that are on their way.
    Replies,
    /// Bytes of bodies that are on their way.
    Bodies,
}

impl Rates {
    /// As set.
    pub fn new(settings: &Settings) -> Self {
        Self {
            by_token: Buckets::new(settings.rate_per_token),
            without_token: Buckets::new(settings.rate_without_token),
            wrong_tokens: Buckets::new(settings.rate_of_wrong_tokens),
            barred: Mutex::default(),
            proven: Mutex::default(),
        }
    }

    /// Whether a call that needs a token may ask the store about the one that it carries, if any.
    pub fn with_token(&self, caller: Caller, token: Option<&Hash>) -> Result<(), TooOften> {
        let now = Instant::now();
        if let Some(key) = token.map(token_key)
            && let Some(seen) = locked(&self.proven).get_mut(&key)
        {
            *seen = now;
            return self.by_token.take(&key).map_err(|wait| TooOften { wait, limit: Limit::Token });
        }
        let until = match caller {
            Caller::At(address) => locked(&self.barred).get(&address).copied(),
            Caller::ThisMachine => None,
        };
        match until.map(|until| until.saturating_duration_since(now)) {
            Some(wait) if !wait.is_zero() => Err(TooOften { wait, limit: Limit::WrongTokens }),
            _ => Ok(()),
        }
    }

    /// The store knows the token.
    pub fn proven(&self, token: &Hash) {
        let mut proven = locked(&self.proven);
        if proven.len() < MOST {
            proven.entry(token_key(token)).or_insert_with(Instant::now);
        }
    }

    /// The token is none, or there was none.
    pub fn wrong(&self, caller: Caller, token: Option<&Hash>) {
        if let Some(token) = token {
            locked(&self.proven).remove(&token_key(token));
        }
        let Caller::At(address) = caller else { return };
        if let Err(wait) = self.wrong_tokens.take(&address) {
            let mut barred = locked(&self.barred);
            if barred.len() < MOST || barred.contains_key(&address) {
                barred.insert(address, Instant::now() + wait);
            }
        }
    }

    /// Whether a call that needs no token may go on.
    pub fn without_token(&self, caller: Caller) -> Result<(), TooOften> {
        match caller {
            Caller::At(address) => {
                self.without_token.take(&address).map_err(|wait| TooOften { wait, limit: Limit::WithoutToken })
            }
            Caller::ThisMachine => Ok(()),
        }
    }

    /// Forgets whom no limit concerns any more. To be called now and then.
    pub fn sweep(&self) {
        let now = Instant::now();
        self.by_token.sweep();
        self.without_token.sweep();
        self.wrong_tokens.sweep();
        locked(&self.barred).retain(|_, until| *until > now);
        locked(&self.proven).retain(|_, seen| now.duration_since(*seen) < PROVEN_FOR);
    }
}

fn token_key(token: &Hash) -> TokenKey {
    *token.0.first_chunk().expect("a hash has 32 bytes")
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One bucket for each key; none when there is no limit.
struct Buckets<K: Key + Eq + Clone>(Option<RateLimiter<K, HashMapStateStore<K>, MonotonicClock>>);

impl<K: Key + Eq + Clone> Buckets<K> {
    fn new(Rate(rate): Rate) -> Self {
        let quota =
            rate.and_then(|(calls, per)| Some(Quota::with_period(per.length() / calls.get())?.allow_burst(calls)));
        Self(quota.map(|quota| RateLimiter::hashmap_with_clock(quota, MonotonicClock)))
    }

    /// Takes one call out of the bucket, or says how long until there is one.
    fn take(&self, key: &K) -> Result<(), Duration> {
        let Some(limiter) = &self.0 else { return Ok(()) };
        if limiter.len() >= MOST {
            return Err(NO_ROOM);
        }
        limiter.check_key(key).map_err(|not_until| not_until.wait_time_from(MonotonicClock.now()))
    }

    fn sweep(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layer;

    fn rates(rate: &str) -> Rates {
        let rate = Some(rate.parse().unwrap());
        let (data, off) = (Some("data".into()), Layer::default());
        let given = Layer { data, rate_per_token: rate, rate_without_token: rate, rate_of_wrong_tokens: rate, ..off };
        Rates::new(&Settings::resolve(given, Layer::default()).unwrap())
    }

    fn somebody(last: u8) -> Caller {
        Caller::at([192, 0, 2, last].into())
    }

    fn hash(n: u32) -> Hash {
        Hash::of(&n.to_be_bytes())
    }

    #[test]
    fn wrong_tokens_bar_their_address_and_neither_another_nor_this_machine() {
        let rates = rates("3/h");
        for n in 0..4 {
            assert_eq!(rates.with_token(somebody(1), Some(&hash(n))), Ok(()));
            rates.wrong(somebody(1), Some(&hash(n)));
            rates.wrong(Caller::ThisMachine, None);
        }
        let refused = rates.with_token(somebody(1), Some(&hash(9))).unwrap_err();
        assert_eq!(refused.limit, Limit::WrongTokens);
        assert!(refused.wait > Duration::from_secs(1000) && refused.wait <= Duration::from_secs(1200), "{refused:?}");
        assert!(rates.with_token(somebody(1), None).is_err());
        assert_eq!(rates.with_token(somebody(2), Some(&hash(9))), Ok(()));
        assert_eq!(rates.with_token(Caller::ThisMachine, Some(&hash(9))), Ok(()));
    }

    #[test]
    fn a_proven_token_is_not_barred_with_its_address_and_has_a_limit_of_its_own() {
        let rates = rates("3/h");
        rates.proven(&hash(0));
        for _ in 0..9 {
            rates.wrong(somebody(1), None);
        }
        for _ in 0..3 {
            assert_eq!(rates.with_token(somebody(1), Some(&hash(0))), Ok(()));
        }
        assert_eq!(rates.with_token(somebody(2), Some(&hash(0))).unwrap_err().limit, Limit::Token);
        rates.wrong(somebody(2), Some(&hash(0)));
        assert_eq!(rates.with_token(somebody(2), Some(&hash(0))), Ok(()), "no longer proven, its address free");
    }

    #[test]
    fn calls_without_a_token_are_counted_by_address() {
        let rates = rates("2/h");
        for last in [1, 2] {
            assert!(rates.without_token(somebody(last)).is_ok() && rates.without_token(somebody(last)).is_ok());
            assert_eq!(rates.without_token(somebody(last)).unwrap_err().limit, Limit::WithoutToken);
        }
        assert!((0..9).all(|_| rates.without_token(Caller::ThisMachine).is_ok()));
    }

    #[test]
    fn zero_is_no_limit() {
        let rates = rates("0");
        assert!((0..10_000).all(|_| rates.without_token(somebody(1)).is_ok()));
    }

    #[test]
    fn what_is_remembered_is_bounded_and_forgotten_when_its_bucket_is_full_again() {
        let rates = rates("1000/s");
        for n in 0..u32::try_from(MOST).unwrap() + 10 {
            rates.without_token.take(&IpAddr::from(n.to_be_bytes())).ok();
        }
        let remembered = |rates: &Rates| rates.without_token.0.as_ref().unwrap().len();
        assert_eq!(remembered(&rates), MOST);
        assert_eq!(rates.without_token.take(&IpAddr::from([255; 4])), Err(NO_ROOM));
        std::thread::sleep(Duration::from_millis(5));
        rates.sweep();
        assert_eq!(remembered(&rates), 0);
        assert!(rates.without_token(somebody(1)).is_ok());
    }
}
