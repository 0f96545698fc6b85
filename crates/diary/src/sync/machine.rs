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
    /// Grant what is due: the server's head lies in this device's log.
    GrantDue {
        /// Whether the server shows less than it had receipted.
        rolled_back: bool,
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    Asking,
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
    /// Parts that are still to be sent, and to be fetched.
    send: VecDeque<Hash>,
    fetch: VecDeque<Hash>,
    /// What the server refused of one part does not hold up the others; it is said at the end.
    refused: Option<NetError>,
}

impl Default for Machine {
    fn default() -> Self {
        Self { phase: Phase::Idle, gaps: 0, send: VecDeque::new(), fetch: VecDeque::new(), refused: None }
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
            (Phase::Asking, Event::State { head, own_link, receipted }) => {
                if own_link != Some(head.link) {
                    return self.stop(Stop::Diverged);
                }
                // What the server has but never receipted (a lost reply) is pushed again: only a receipt counts, and the same
                // bytes cost nothing.
                self.phase = Phase::Granting { accepted: head.seq.min(receipted) };
                Action::GrantDue { rolled_back: head.seq < receipted }
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
mod tests {
    use super::*;
    use proptest::prelude::*;
    use waymark_protocol::api::Epoch;

    fn link(seq: u64) -> Hash {
        if seq == 0 { Hash::ZERO } else { Hash::of(&seq.to_be_bytes()) }
    }

    fn receipt(seq: u64) -> Receipt {
        Receipt { accepted_through: seq, link: link(seq), epoch: Epoch([0; 16]), time: 0 }
    }

    proptest! {
        /// A server that takes any part of each push: the machine ends with everything receipted, and pushes nothing twice.
        #[test]
        fn everything_local_is_receipted_in_order(local in 0u64..40, head in 0u64..40, steps in proptest::collection::vec(1u64..9, 64)) {
            let head = head.min(local);
            let mut machine = Machine::default();
            prop_assert_eq!(machine.on(Event::Start), Action::AskState);
            let state = Event::State { head: Head { seq: head, link: link(head) }, own_link: Some(link(head)), receipted: head };
            prop_assert_eq!(machine.on(state), Action::GrantDue { rolled_back: false });
            let mut action = machine.on(Event::Granted { local_head: local });
            let mut accepted = head;
            for step in steps {
                match action {
                    Action::Push { from } => {
                        prop_assert_eq!(from, accepted + 1);
                        accepted = (accepted + step).min(local);
                        action = machine.on(Event::Receipted { receipt: receipt(accepted), own_link: Some(link(accepted)), local_head: local });
                    }
                    ref done => {
                        prop_assert_eq!(done, &Action::ListParts);
                        break;
                    }
                }
            }
            prop_assert_eq!(action, Action::ListParts);
            prop_assert_eq!(accepted, local);
        }
    }

    /// A machine that has pushed everything, and was told of these parts.
    fn at_parts(send: Vec<Hash>, fetch: Vec<Hash>) -> (Machine, Action) {
        let mut machine = Machine::default();
        machine.on(Event::Start);
        machine.on(Event::State { head: Head { seq: 0, link: link(0) }, own_link: Some(link(0)), receipted: 0 });
        assert_eq!(machine.on(Event::Granted { local_head: 0 }), Action::ListParts);
        let action = machine.on(Event::Parts { send, fetch });
        (machine, action)
    }

    fn parts(from: u64, count: u64) -> Vec<Hash> {
        (from..from + count).map(|number| Hash::of(&number.to_be_bytes())).collect()
    }

    proptest! {
        /// Whatever the server has and refuses: each part is asked about once, sent only where it is not there, and one that is
        /// refused holds up no other.
        #[test]
        fn each_part_is_settled_once_and_in_order(answers in proptest::collection::vec(0u8..4, 0..12), fetched in proptest::collection::vec(any::<bool>(), 0..12)) {
            let refusal = || Event::Failed(NetError::Refused { code: ApiErrorCode::NotProven, seq: None });
            let (send, fetch) = (parts(0, answers.len() as u64), parts(100, fetched.len() as u64));
            let (mut machine, mut action) = at_parts(send.clone(), fetch.clone());
            let mut any_refused = false;
            for (part, answer) in send.iter().zip(&answers) {
                prop_assert_eq!(action, Action::Ask(*part));
                action = match answer {
                    0 => {
                        prop_assert_eq!(machine.on(Event::Has(true)), Action::Confirm(*part));
                        machine.on(Event::Settled)
                    }
                    1 => {
                        prop_assert_eq!(machine.on(Event::Has(false)), Action::Send(*part));
                        machine.on(Event::Settled)
                    }
                    2 => {
                        prop_assert_eq!(machine.on(Event::Has(false)), Action::Send(*part));
                        machine.on(refusal())
                    }
                    _ => machine.on(refusal()),
                };
                any_refused |= *answer > 1;
            }
            for (part, came) in fetch.iter().zip(&fetched) {
                prop_assert_eq!(action, Action::Fetch(*part));
                action = machine.on(if *came { Event::Settled } else { refusal() });
                any_refused |= !came;
            }
            prop_assert_eq!(matches!(action, Action::Stop(Stop::Net(NetError::Refused { .. }))), any_refused);
            prop_assert_eq!(action == Action::Done, !any_refused);
        }

        /// Wherever the connection breaks, nothing more is begun; what is left is listed at the next sync.
        #[test]
        fn a_broken_connection_ends_the_sync_at_once(before in 0u64..6, asked in any::<bool>()) {
            let (mut machine, mut action) = at_parts(parts(0, 8), parts(100, 2));
            for _ in 0..before {
                prop_assert!(matches!(action, Action::Ask(_)));
                machine.on(Event::Has(true));
                action = machine.on(Event::Settled);
            }
            if asked {
                machine.on(Event::Has(false));
            }
            prop_assert_eq!(machine.on(Event::Failed(NetError::Unreachable)), Action::Stop(Stop::Net(NetError::Unreachable)));
            prop_assert_eq!(machine.on(Event::Start), Action::AskState);
        }
    }

    #[test]
    fn no_part_goes_before_all_records_are_receipted_and_none_need_go_at_all() {
        let mut machine = Machine::default();
        machine.on(Event::Start);
        machine.on(Event::State { head: Head { seq: 0, link: link(0) }, own_link: Some(link(0)), receipted: 0 });
        assert_eq!(machine.on(Event::Granted { local_head: 2 }), Action::Push { from: 1 });
        let early = Event::Parts { send: parts(0, 1), fetch: Vec::new() };
        assert_eq!(machine.on(early), Action::Stop(Stop::Net(NetError::Garbage)));
        let (_, action) = at_parts(Vec::new(), Vec::new());
        assert_eq!(action, Action::Done);
    }

    #[test]
    fn a_head_that_is_not_ours_grants_and_pushes_nothing() {
        for own_link in [None, Some(link(7))] {
            let mut machine = Machine::default();
            machine.on(Event::Start);
            let state = Event::State { head: Head { seq: 3, link: link(3) }, own_link, receipted: 3 };
            assert_eq!(machine.on(state), Action::Stop(Stop::Diverged));
        }
    }

    #[test]
    fn a_receipt_for_other_bytes_is_no_receipt() {
        let mut machine = Machine::default();
        machine.on(Event::Start);
        machine.on(Event::State { head: Head { seq: 0, link: link(0) }, own_link: Some(link(0)), receipted: 0 });
        machine.on(Event::Granted { local_head: 2 });
        let lie = Event::Receipted { receipt: receipt(2), own_link: Some(link(9)), local_head: 2 };
        assert_eq!(machine.on(lie), Action::Stop(Stop::Net(NetError::Garbage)));
    }

    #[test]
    fn a_gap_is_asked_about_once_and_not_for_ever() {
        let gap = || Event::Failed(NetError::Refused { code: ApiErrorCode::Gap, seq: Some(1) });
        let state = || Event::State { head: Head { seq: 0, link: link(0) }, own_link: Some(link(0)), receipted: 0 };
        let mut machine = Machine::default();
        machine.on(Event::Start);
        machine.on(state());
        machine.on(Event::Granted { local_head: 2 });
        assert_eq!(machine.on(gap()), Action::AskState);
        machine.on(state());
        machine.on(Event::Granted { local_head: 2 });
        assert!(matches!(machine.on(gap()), Action::Stop(_)));
    }

    #[test]
    fn what_the_server_has_but_never_receipted_is_pushed_again() {
        let mut machine = Machine::default();
        machine.on(Event::Start);
        machine.on(Event::State { head: Head { seq: 5, link: link(5) }, own_link: Some(link(5)), receipted: 3 });
        assert_eq!(machine.on(Event::Granted { local_head: 5 }), Action::Push { from: 4 });
    }

    #[test]
    fn a_server_that_shows_less_than_it_receipted_is_noticed_and_given_it_again() {
        let mut machine = Machine::default();
        machine.on(Event::Start);
        let state = Event::State { head: Head { seq: 1, link: link(1) }, own_link: Some(link(1)), receipted: 5 };
        assert_eq!(machine.on(state), Action::GrantDue { rolled_back: true });
        assert_eq!(machine.on(Event::Granted { local_head: 5 }), Action::Push { from: 2 });
    }
}
