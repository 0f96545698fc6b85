//! How long a connection may keep the server waiting.
//!
//! ```text
//!            first byte of a head          head complete           reply begins          reply handed over
//!   waiting ─────────────────────► heading ─────────────► answering ────────────► replying ───────────────► waiting
//!   first head, else idle          head                    exchange               idle, from the last       idle, from the
//!                                                                                 frame taken; exchange     last byte taken
//! ```
//!
//! A client that sends its head a byte at a time, sends nothing, or takes nothing of its reply is cut; one that waits for a
//! slow reply is not. A reply moves when its next frame is wanted, not when bytes go: a byte now and then would hold all of it.
//! Over HTTP/2 frames come and go that belong to no request, a PING and its answer, so there only requests and what is taken of
//! their replies count as movement.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, Sleep};

use super::WhyCut;

/// Beyond what the slowest call may take, and the time to send the largest reply through 8 kB/s.
pub const EXCHANGE: Duration = Duration::from_secs(15 * 60);

/// What a client is given.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of a request, and for the first one to begin.
    pub head: Duration,
    /// Between two requests, and between two frames of a reply that are taken.
    pub idle: Duration,
}

/// One connection's pace.
pub struct Pace {
    patience: Patience,
    state: Mutex<State>,
}

struct State {
    /// One request at a time: bytes that come between two belong to the next one's head.
    in_turn: bool,
    phase: Phase,
    /// The oldest first.
    running: Vec<Running>,
    begun: u64,
}

struct Running {
    number: u64,
    begun: Instant,
    /// When its reply last moved, once that has begun.
    moved: Option<Instant>,
}

enum Phase {
    First(Instant),
    Heading(Instant),
    Idle(Instant),
}

impl Pace {
    /// A connection that has just been made.
    pub fn new(patience: Patience, in_turn: bool, now: Instant) -> Arc<Self> {
        let state = State { in_turn, phase: Phase::First(now), running: Vec::new(), begun: 0 };
        Arc::new(Self { patience, state: Mutex::new(state) })
    }

    /// Bytes have come.
    pub fn heard(&self, now: Instant) {
        let mut state = self.state();
        if state.in_turn && state.running.is_empty() && !matches!(state.phase, Phase::Heading(_)) {
            state.phase = Phase::Heading(now);
        }
    }

    /// Bytes have gone.
    pub fn sent(&self, now: Instant) {
        let mut state = self.state();
        if state.in_turn
            && state.running.is_empty()
            && let Phase::Idle(since) = &mut state.phase
        {
            *since = now;
        }
    }

    /// A head is complete: until the exchange is dropped its call is being answered.
    pub fn begin(self: &Arc<Self>, now: Instant) -> Exchange {
        let mut state = self.state();
        state.begun += 1;
        let number = state.begun;
        state.running.push(Running { number, begun: now, moved: None });
        drop(state);
        Exchange { pace: self.clone(), number }
    }

    fn moved(&self, number: u64, now: Instant) {
        if let Some(running) = self.state().running.iter_mut().find(|running| running.number == number) {
            running.moved = Some(now);
        }
    }

    fn end(&self, number: u64, now: Instant) {
        let mut state = self.state();
        state.running.retain(|running| running.number != number);
        if state.running.is_empty() {
            state.phase = Phase::Idle(now);
        }
    }

    /// Whether nothing was ever asked, or is being asked, here.
    pub fn is_untouched(&self) -> bool {
        let state = self.state();
        state.running.is_empty() && matches!(state.phase, Phase::First(_))
    }

    /// When the client's time is up, as things stand.
    pub fn deadline(&self) -> Instant {
        self.limit().0
    }

    fn limit(&self) -> (Instant, WhyCut) {
        let state = self.state();
        let of = |running: &Running| {
            let whole = (running.begun + EXCHANGE, WhyCut::Reply);
            let stalled = running.moved.map(|moved| (moved + self.patience.idle, WhyCut::Idle));
            stalled.filter(|stalled| stalled.0 < whole.0).unwrap_or(whole)
        };
        match (state.running.iter().map(of).min_by_key(|limit| limit.0), &state.phase) {
            (Some(limit), _) => limit,
            (None, Phase::First(since) | Phase::Heading(since)) => (*since + self.patience.head, WhyCut::Head),
            (None, Phase::Idle(since)) => (*since + self.patience.idle, WhyCut::Idle),
        }
    }

    /// Ready when the time is up, with what for. To be asked after whatever may have moved the connection.
    pub fn poll_overdue(&self, mut alarm: Pin<&mut Sleep>, context: &mut Context<'_>) -> Poll<WhyCut> {
        let deadline = self.deadline();
        // One that went off too early is set again below; most requests come and go without touching the clock.
        if deadline < alarm.deadline() {
            alarm.as_mut().reset(deadline);
        }
        loop {
            ready!(alarm.as_mut().poll(context));
            let (deadline, why) = self.limit();
            if deadline <= Instant::now() {
                return Poll::Ready(why);
            }
            alarm.as_mut().reset(deadline);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that is being answered.
pub struct Exchange {
    pace: Arc<Pace>,
    number: u64,
}

impl Exchange {
    /// Its reply has begun, or some more of it is being taken.
    pub fn replying(&self, now: Instant) {
        self.pace.moved(self.number, now);
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.pace.end(self.number, Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience = Patience { head: Duration::from_secs(10), idle: Duration::from_secs(75) };

    /// A pace, and its clock: so many seconds after it was made.
    fn pace(in_turn: bool) -> (Arc<Pace>, impl Fn(u64) -> Instant) {
        let start = Instant::now();
        (Pace::new(PATIENCE, in_turn, start), move |seconds| start + Duration::from_secs(seconds))
    }

    fn answer(pace: &Arc<Pace>, from: Instant, to: Instant) {
        let exchange = pace.begin(from);
        pace.end(exchange.number, to);
        std::mem::forget(exchange);
    }

    #[test]
    fn a_head_is_timed_from_its_first_byte_and_more_bytes_give_no_more_time() {
        let (pace, at) = pace(true);
        assert_eq!(pace.deadline(), at(10));
        answer(&pace, at(1), at(2));
        assert_eq!(pace.deadline(), at(2 + 75));
        for second in 60..69 {
            pace.heard(at(second));
        }
        assert_eq!(pace.deadline(), at(60 + 10));
    }

    #[test]
    fn while_a_call_is_answered_bytes_that_come_change_nothing_and_then_each_that_goes_gives_time() {
        let (pace, at) = pace(true);
        let exchange = pace.begin(at(1));
        pace.heard(at(2));
        assert_eq!(pace.deadline(), at(1) + EXCHANGE);
        pace.end(exchange.number, at(3));
        pace.sent(at(70));
        assert_eq!(pace.deadline(), at(70 + 75));
    }

    #[test]
    fn of_several_exchanges_the_oldest_counts_and_frames_between_requests_do_not() {
        let (pace, at) = pace(false);
        let (old, young) = (pace.begin(at(1)), pace.begin(at(60)));
        assert_eq!(pace.deadline(), at(1) + EXCHANGE);
        pace.end(old.number, at(61));
        assert_eq!(pace.deadline(), at(60) + EXCHANGE);
        pace.end(young.number, at(62));
        pace.heard(at(70));
        assert_eq!(pace.deadline(), at(62 + 75));
    }

    #[test]
    fn a_reply_that_has_begun_must_move_and_may_not_take_for_ever() {
        let (pace, at) = pace(false);
        let (slow, other) = (pace.begin(at(0)), pace.begin(at(0)));
        other.replying(at(10));
        assert_eq!(pace.limit(), (at(10 + 75), WhyCut::Idle), "the other one waits for its answer");
        other.replying(at(60));
        assert_eq!(pace.deadline(), at(60 + 75));
        pace.sent(at(61));
        assert_eq!(pace.deadline(), at(60 + 75), "bytes alone are no movement");
        other.replying(at(EXCHANGE.as_secs() - 5));
        assert_eq!(pace.limit(), (at(0) + EXCHANGE, WhyCut::Reply));
        drop(other);
        slow.replying(at(2));
        assert_eq!(pace.limit(), (at(2 + 75), WhyCut::Idle));
    }

    #[test]
    fn over_http_2_bytes_that_go_between_two_requests_give_no_time() {
        let (pace, at) = pace(false);
        answer(&pace, at(1), at(2));
        pace.sent(at(70));
        assert_eq!(pace.deadline(), at(2 + 75));
    }

    #[tokio::test]
    async fn the_alarm_goes_off_when_the_time_is_up_and_not_while_a_call_is_answered() {
        let patience = Patience { head: Duration::from_millis(20), idle: Duration::from_millis(60) };
        let pace = Pace::new(patience, true, Instant::now());
        let mut alarm = Box::pin(tokio::time::sleep_until(pace.deadline()));
        let exchange = pace.begin(Instant::now());
        let overdue = std::future::poll_fn(|context| pace.poll_overdue(alarm.as_mut(), context));
        assert!(tokio::time::timeout(Duration::from_millis(100), overdue).await.is_err());
        drop(exchange);
        let ended = Instant::now();
        let why = std::future::poll_fn(|context| pace.poll_overdue(alarm.as_mut(), context)).await;
        assert!(why == WhyCut::Idle && ended.elapsed() >= patience.idle);
    }
}
