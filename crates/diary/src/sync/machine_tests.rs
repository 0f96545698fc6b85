//! Whatever the server answers: what the machine does next.

use super::*;
use proptest::prelude::*;
use waymark_protocol::api::Epoch;

fn link(seq: u64) -> Hash {
    if seq == 0 { Hash::ZERO } else { Hash::of(&seq.to_be_bytes()) }
}

/// The server's head is this phone's own record, and nothing of other phones is unread.
fn shows(seq: u64, receipted: u64) -> Event {
    Event::State { head: Head { seq, link: link(seq) }, own_link: Some(link(seq)), receipted, unread: false }
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
        let state = shows(head, head);
        prop_assert_eq!(machine.on(state), Action::GrantDue { rolled_back: false, all_read: true });
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

proptest! {
    /// However many pages there are, and whatever is missing in them: what this phone wrote goes its way, and grants only
    /// where all was read whole.
    #[test]
    fn reading_comes_first_and_holds_up_nothing_but_grants(pages in 1usize..100, broken in proptest::option::of(0usize..100)) {
        let mut machine = Machine::default();
        machine.on(Event::Start);
        let head = Head { seq: 2, link: link(2) };
        let mut action = machine.on(Event::State { head, own_link: Some(link(2)), receipted: 2, unread: true });
        let mut read = 0;
        while action == Action::Read {
            let whole = broken != Some(read);
            read += 1;
            action = machine.on(Event::Read { more: read < pages, whole });
        }
        prop_assert_eq!(read, pages.min(MAX_PAGES as usize));
        let all_read = read == pages && broken.is_none_or(|broken| broken >= read);
        prop_assert_eq!(action, Action::GrantDue { rolled_back: false, all_read });
        prop_assert_eq!(machine.on(Event::Granted { local_head: 5 }), Action::Push { from: 3 });
    }
}

/// A machine that has pushed everything, and was told of these parts.
fn at_parts(send: Vec<Hash>, fetch: Vec<Hash>) -> (Machine, Action) {
    let mut machine = Machine::default();
    machine.on(Event::Start);
    machine.on(shows(0, 0));
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
    machine.on(shows(0, 0));
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
        let state = Event::State { head: Head { seq: 3, link: link(3) }, own_link, receipted: 3, unread: false };
        assert_eq!(machine.on(state), Action::Stop(Stop::Diverged));
    }
}

#[test]
fn a_receipt_for_other_bytes_is_no_receipt() {
    let mut machine = Machine::default();
    machine.on(Event::Start);
    machine.on(shows(0, 0));
    machine.on(Event::Granted { local_head: 2 });
    let lie = Event::Receipted { receipt: receipt(2), own_link: Some(link(9)), local_head: 2 };
    assert_eq!(machine.on(lie), Action::Stop(Stop::Net(NetError::Garbage)));
}

#[test]
fn a_gap_is_asked_about_once_and_not_for_ever() {
    let gap = || Event::Failed(NetError::Refused { code: ApiErrorCode::Gap, seq: Some(1) });
    let state = || shows(0, 0);
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
    machine.on(shows(5, 3));
    assert_eq!(machine.on(Event::Granted { local_head: 5 }), Action::Push { from: 4 });
}

#[test]
fn a_server_that_shows_less_than_it_receipted_is_noticed_and_given_it_again() {
    let mut machine = Machine::default();
    machine.on(Event::Start);
    let state = shows(1, 5);
    assert_eq!(machine.on(state), Action::GrantDue { rolled_back: true, all_read: true });
    assert_eq!(machine.on(Event::Granted { local_head: 5 }), Action::Push { from: 2 });
}

fn unknown() -> Event {
    Event::Failed(NetError::Refused { code: ApiErrorCode::Unauthorized, seq: None })
}

#[test]
fn a_server_that_does_not_know_the_phone_is_shown_once_what_it_joined_by() {
    let mut machine = Machine::default();
    machine.on(Event::Start);
    assert_eq!(machine.on(unknown()), Action::JoinAgain);
    assert_eq!(machine.on(Event::JoinedAgain), Action::AskState);
    assert_eq!(machine.on(shows(0, 5)), Action::GrantDue { rolled_back: true, all_read: true });
    assert_eq!(machine.on(Event::Granted { local_head: 5 }), Action::Push { from: 1 });

    let mut forgetful = Machine::default();
    forgetful.on(Event::Start);
    forgetful.on(unknown());
    forgetful.on(Event::JoinedAgain);
    assert!(matches!(forgetful.on(unknown()), Action::Stop(Stop::Net(NetError::Refused { .. }))), "not for ever");
}

#[test]
fn whatever_an_invitation_is_refused_for_the_server_does_not_know_the_phone() {
    for code in
        [ApiErrorCode::NotFound, ApiErrorCode::InvitationGone, ApiErrorCode::InvitationUsed, ApiErrorCode::NotProven]
    {
        let mut machine = Machine::default();
        machine.on(Event::Start);
        machine.on(unknown());
        let stop = machine.on(Event::Failed(NetError::Refused { code, seq: None }));
        let unauthorized = NetError::Refused { code: ApiErrorCode::Unauthorized, seq: None };
        assert_eq!(stop, Action::Stop(Stop::Net(unauthorized)));
    }
    let mut machine = Machine::default();
    machine.on(Event::Start);
    machine.on(unknown());
    let cut = machine.on(Event::Failed(NetError::Unreachable));
    assert_eq!(cut, Action::Stop(Stop::Net(NetError::Unreachable)));
}

#[test]
fn words_without_room_do_not_hold_up_the_recordings_of_others_and_are_said_at_the_end() {
    let mut machine = Machine::default();
    machine.on(Event::Start);
    machine.on(shows(2, 2));
    assert_eq!(machine.on(Event::Granted { local_head: 5 }), Action::Push { from: 3 });
    let full = NetError::Refused { code: ApiErrorCode::Quota, seq: None };
    assert_eq!(machine.on(Event::Failed(full.clone())), Action::ListParts);
    let part = Hash([7; 32]);
    assert_eq!(machine.on(Event::Parts { send: vec![part], fetch: Vec::new() }), Action::Ask(part));
    assert_eq!(machine.on(Event::Has(false)), Action::Send(part));
    assert_eq!(machine.on(Event::Settled), Action::Stop(Stop::Net(full)));
}
