//! The state machine: `(state, event) → (state, action)`.

use std::collections::VecDeque;

use waymark_protocol::Hash;
use waymark_protocol::api::{ApiErrorCode, Head, Receipt};

use crate::net::NetError;

/// What happens to the machine.
#[derive(Debug, Clone)]
pub enum Event {
    /// Somebody wants to sync.
    Start,
    /// The server showed its head of this device's log.
    State {
        /// Its head.
        head: Head,
        /// The link that this device's own log has at that place; none beyond its end.
        own_link: Option<Hash>,
        /// The last place that the server had receipted before.
        receipted: u64,
        /// Whether the server has something of the person's other phones that has not been read.
        unread: bool,
    },
    /// The server knows this phone again.
    JoinedAgain,
    /// This phone has been stopped by who may stop it.
    PhoneStopped,
    /// A page of the other phones' records was read, and what it says written down.
    Read {
        /// Whether there may be more.
        more: bool,
        /// Whether nothing in it was missing or changed.
        whole: bool,
    },
    /// What was due has been granted; the log now ends here.
    Granted {
        /// The log's last place.
        local_head: u64,
    },
    /// A push was receipted.
    Receipted {
        /// The receipt.
        receipt: Receipt,
        /// The link that this device's own log has at the receipt's place.
        own_link: Option<Hash>,
        /// The log's last place; entries may have been written meanwhile.
        local_head: u64,
    },
    /// Which parts of voice notes are due, in either direction.
    Parts {
        /// Not yet confirmed by the server.
        send: Vec<Hash>,
        /// Not yet on this phone.
        fetch: Vec<Hash>,
    },
    /// Whether the server has the part that was asked about.
    Has(bool),
    /// The part that was under way is where it belongs, or has no way to go there any more. It is written down already.
    Settled,
    /// A call brought no usable answer.
    Failed(NetError),
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Ask the server for its state.
    AskState,
    /// The server does not know this phone: show it what the phone joined by.
    JoinAgain,
    /// Read the next page of the other phones' records.
    Read,
    /// Grant what is due: the server's head lies in this device's log.
    GrantDue {
        /// Whether the server shows less than it had receipted.
        rolled_back: bool,
        /// Whether all that the other phones wrote is known here; else nothing is granted now, for it may have been taken back.
        all_read: bool,
    },
    /// Push records from this place on.
    Push {
        /// The first record.
        from: u64,
    },
    /// All records are receipted. List the parts that are due; listing none leaves them for another time.
    ListParts,
    /// Ask whether the server has a part.
    Ask(Hash),
    /// Send a part that the server has not got.
    Send(Hash),
    /// Write down that the server has a part.
    Confirm(Hash),
    /// Fetch a part that this phone has not got.
    Fetch(Hash),
    /// Everything is where it belongs.
    Done,
    /// This sync ends before everything is receipted.
    Stop(Stop),
}

/// Why a sync ends before everything is receipted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// No connection, trouble at the server, garbage, or a refusal.
    Net(NetError),
    /// Another record stands at a place of this log: this phone was restored from an old copy, or the server forges.
    Diverged,
    /// This phone has been stopped.
    PhoneStopped,
}

/// How many pages of the other phones' records one sync reads: more than ten years of long entries. What this phone wrote does
/// not wait for ever behind a server that always has more.
pub(crate) const MAX_PAGES: u32 = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    Asking,
    JoiningAgain,
    Reading { accepted: u64, rolled_back: bool, pages: u32, whole: bool },
    Granting { accepted: u64 },
    Pushing { from: u64 },
    ListingParts,
    AskingForPart(Hash),
    SendingPart(Hash),
    ConfirmingPart,
    FetchingPart,
}

/// One sync, from start to end.
#[derive(Debug)]
pub struct Machine {
    phase: Phase,
    /// How often the server has said `gap`: it is asked again once, and not for ever.
    gaps: u8,
    /// Whether the server was shown already what this phone joined by.
    shown: bool,
    /// Parts that are still to be sent, and to be fetched.
    send: VecDeque<Hash>,
    fetch: VecDeque<Hash>,
    /// What the server has no room for, or refused of one part, does not hold up the others; it is said at the end.
    refused: Option<NetError>,
}

impl Default for Machine {
    fn default() -> Self {
        Self { phase: Phase::Idle, gaps: 0, shown: false, send: VecDeque::new(), fetch: VecDeque::new(), refused: None }
    }
}

impl Machine {
    /// Takes an event and says what is to be done. An event that does not fit the state is the driver's mistake or a late
    /// answer; it starts nothing.
    pub fn on(&mut self, event: Event) -> Action {
        match (self.phase, event) {
            (Phase::Idle, Event::Start) => {
                self.phase = Phase::Asking;
                Action::AskState
            }
            (Phase::Asking, Event::State { head, own_link, receipted, unread }) => {
                if own_link != Some(head.link) {
                    return self.stop(Stop::Diverged);
                }
                // What the server has but never receipted (a lost reply) is pushed again: only a receipt counts, and the same
                // bytes cost nothing.
                let (accepted, rolled_back) = (head.seq.min(receipted), head.seq < receipted);
                if unread {
                    self.phase = Phase::Reading { accepted, rolled_back, pages: 1, whole: true };
                    return Action::Read;
                }
                self.phase = Phase::Granting { accepted };
                Action::GrantDue { rolled_back, all_read: true }
            }
            (Phase::Asking, Event::Failed(NetError::Refused { code: ApiErrorCode::Unauthorized, .. }))
                if !self.shown =>
            {
                self.shown = true;
                self.phase = Phase::JoiningAgain;
                Action::JoinAgain
            }
            (Phase::JoiningAgain, Event::JoinedAgain) => {
                self.phase = Phase::Asking;
                Action::AskState
            }
            // Whatever it has against the invitation, it does not know the phone.
            (Phase::JoiningAgain, Event::Failed(NetError::Refused { .. })) => {
                self.stop(Stop::Net(NetError::Refused { code: ApiErrorCode::Unauthorized, seq: None }))
            }
            (Phase::Asking, Event::PhoneStopped) => self.stop(Stop::PhoneStopped),
            (Phase::Reading { accepted, rolled_back, pages, whole: before }, Event::Read { more, whole }) => {
                let whole = before && whole;
                if more && pages < MAX_PAGES {
                    self.phase = Phase::Reading { accepted, rolled_back, pages: pages + 1, whole };
                    return Action::Read;
                }
                self.phase = Phase::Granting { accepted };
                Action::GrantDue { rolled_back, all_read: whole && !more }
            }
            (Phase::Granting { accepted }, Event::Granted { local_head }) => self.push_or_end(accepted, local_head),
            (Phase::Pushing { from }, Event::Receipted { receipt, own_link, local_head }) => {
                if receipt.accepted_through < from || own_link != Some(receipt.link) {
                    return self.stop(Stop::Net(NetError::Garbage));
                }
                self.push_or_end(receipt.accepted_through, local_head)
            }
            (Phase::Pushing { .. }, Event::Failed(NetError::Refused { code: ApiErrorCode::Gap, .. }))
                if self.gaps == 0 =>
            {
                self.gaps += 1;
                self.phase = Phase::Asking;
                Action::AskState
            }
            (
                Phase::Asking | Phase::Pushing { .. },
                Event::Failed(NetError::Refused { code: ApiErrorCode::Diverged, .. }),
            ) => self.stop(Stop::Diverged),
            // Words without room do not hold up the recordings of words that had it.
            (Phase::Pushing { .. }, Event::Failed(error @ NetError::Refused { code: ApiErrorCode::Quota, .. })) => {
                self.refused.get_or_insert(error);
                self.phase = Phase::ListingParts;
                Action::ListParts
            }
            (Phase::ListingParts, Event::Parts { send, fetch }) => {
                (self.send, self.fetch) = (send.into(), fetch.into());
                self.next_part()
            }
            (Phase::AskingForPart(part), Event::Has(true)) => {
                self.phase = Phase::ConfirmingPart;
                Action::Confirm(part)
            }
            (Phase::AskingForPart(part), Event::Has(false)) => {
                self.phase = Phase::SendingPart(part);
                Action::Send(part)
            }
            (Phase::SendingPart(_) | Phase::ConfirmingPart | Phase::FetchingPart, Event::Settled) => self.next_part(),
            (
                Phase::AskingForPart(_) | Phase::SendingPart(_) | Phase::FetchingPart,
                Event::Failed(error @ NetError::Refused { .. }),
            ) => {
                self.refused.get_or_insert(error);
                self.next_part()
            }
            (_, Event::Failed(error)) => self.stop(Stop::Net(error)),
            _ => self.stop(Stop::Net(NetError::Garbage)),
        }
    }

    fn push_or_end(&mut self, accepted: u64, local_head: u64) -> Action {
        if accepted >= local_head {
            self.phase = Phase::ListingParts;
            return Action::ListParts;
        }
        let from = accepted + 1;
        self.phase = Phase::Pushing { from };
        Action::Push { from }
    }

    /// One part at a time: those that nobody but this phone has come first.
    fn next_part(&mut self) -> Action {
        if let Some(part) = self.send.pop_front() {
            self.phase = Phase::AskingForPart(part);
            return Action::Ask(part);
        }
        if let Some(part) = self.fetch.pop_front() {
            self.phase = Phase::FetchingPart;
            return Action::Fetch(part);
        }
        match self.refused.take() {
            Some(error) => self.stop(Stop::Net(error)),
            None => {
                self.phase = Phase::Idle;
                Action::Done
            }
        }
    }

    fn stop(&mut self, stop: Stop) -> Action {
        self.phase = Phase::Idle;
        Action::Stop(stop)
    }
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
