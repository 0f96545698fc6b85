//! Joining: invitations that are wrong, used or of another server, and a server that offers other keys than the invitation's.

use waymark_protocol::invitation::Invitation;

use crate::canary;
use crate::database::Database;
use crate::forging::Impostor;
use crate::pilot::Pilot;
use crate::proxy::Fault;
use crate::world::World;

const ENROL: &str = "POST /v1/enrolments";
const LOOK_UP: &str = "GET /v1/studies/";
const OTHER_KEYS: &str = "the study's keys are not the ones that the invitation names";
const UNSIGNED: &str = "keys or documents that the study has not signed";

#[test]
fn a_mistyped_or_cut_off_invitation_is_refused_before_anything_is_sent() {
    let world = World::new();
    let link = world.desk.invite("Ana");
    let calls = world.proxy.calls().len();
    let last = if link.ends_with('0') { "2" } else { "0" };
    let mistyped = format!("{}{last}", &link[..link.len() - 1]);
    let swapped = format!("{}{}{}", &link[..40], link[40..44].chars().rev().collect::<String>(), &link[44..]);
    for (name, wrong) in [("a", &mistyped), ("b", &swapped), ("c", &link[..60].to_owned()), ("d", &"hello".to_owned())]
    {
        Pilot::new(&world.path(name)).join(wrong).fails("invitation");
    }
    assert_eq!(world.proxy.calls().len(), calls, "nothing is sent");
    Pilot::new(&world.path("a")).join(&link).ok();
}

#[test]
fn typed_text_with_its_usual_confusions_joins_like_the_link() {
    let world = World::new();
    let invited = world.desk.run(&["invite", "--participant", "Ana", "--json"]).json();
    let typed = invited["text"].as_str().expect("a text").to_lowercase().replace('1', "l").replace('0', "O");
    Pilot::new(&world.path("a")).join(&typed).ok();
}

#[test]
fn an_invitation_of_another_server_is_unknown_there() {
    let (here, there) = (World::new(), World::new());
    let link = here.desk.invite("Ana");
    let mut led_astray = Invitation::parse(&link).expect("an invitation");
    led_astray.server = there.url().parse().expect("an address");
    let pilot = Pilot::new(&here.path("a"));
    pilot.join(&led_astray.to_link()).fails("does not know this invitation");
    assert_eq!(there.proxy.count(ENROL), 0, "no key is sent to a server that does not know it");
    pilot.join(&link).ok();
}

#[test]
fn a_used_invitation_lets_no_other_phone_in_and_the_first_one_carries_on() {
    let world = World::new();
    let link = world.desk.invite("Ana");
    let (first, other) = (Pilot::new(&world.path("a")), Pilot::new(&world.path("b")));
    first.join(&link).ok();
    other.join(&link).fails("used by another phone");
    first.join(&link).fails("joined a study already");
    first.shared("of the first phone");
    first.on(3).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), ["of the first phone"]);
    assert_eq!(world.desk.words(0), ["complete"]);
    other.run(&["sync"]).fails("");
}

#[test]
fn swapped_study_keys_are_refused_by_name_and_no_device_data_follows() {
    let world = World::new();
    let study = world.study();
    for (name, call, field, says) in [
        ("a", LOOK_UP, "document", OTHER_KEYS),
        ("b", LOOK_UP, "certificate", UNSIGNED),
        ("c", ENROL, "document", OTHER_KEYS),
        ("d", ENROL, "certificate", UNSIGNED),
    ] {
        let link = world.desk.invite(name);
        let swap = Fault::json(move |reply| {
            let impostor = Impostor::new();
            reply[field] = match field {
                "document" => impostor.document(study, 1),
                _ => impostor.certificate(&reply["certificate"]),
            };
        });
        let (enrolments, device_calls) = (world.proxy.count(ENROL), world.proxy.count("POST /v1/device"));
        world.proxy.next(call, 1, swap);
        let pilot = Pilot::new(&world.path(name));
        pilot.join(&link).fails(says);
        let enrolled = usize::from(call == ENROL);
        assert_eq!(world.proxy.count(ENROL), enrolments + enrolled, "{name}: nothing goes to the impostor");
        pilot.private("mine alone");
        assert_eq!(pilot.sync().code, 1, "nothing was joined");
        assert_eq!(world.proxy.count("POST /v1/device"), device_calls);
        // Without the impostor the same phone joins with the same invitation, as the same device.
        pilot.join(&link).ok();
        pilot.synced();
    }
    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["complete"; 4]);
    assert!(world.desk.texts().is_empty(), "earlier entries are backed up, and none of them is shared");
}

#[test]
fn keys_that_the_server_swaps_later_are_named_and_nothing_is_sealed_to_them() {
    let world = World::new();
    let pilot = world.person("Ana");
    let text = canary::text("laterkeys", 1);
    pilot.shared(&text);
    let study = world.study();
    let swap = Fault::json(move |state| state["document"] = Impostor::new().document(study, 2));
    world.proxy.next("GET /v1/device/state", 1, swap);
    pilot.on(3).sync().warns("the study has not signed");
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), [text], "it was granted to the study's own key");
    pilot.on(3).synced();
}

#[test]
fn a_lost_reply_to_the_enrolment_costs_nothing() {
    let world = World::new();
    let (link, pilot) = (world.desk.invite("Ana"), Pilot::new(&world.path("a")));
    world.proxy.next(LOOK_UP, 1, Fault::LoseReply);
    pilot.join(&link).fails("can't be reached");
    world.proxy.next(ENROL, 1, Fault::LoseReply);
    pilot.join(&link).fails("can't be reached");
    world.proxy.next(ENROL, 1, Fault::Truncate);
    pilot.join(&link).fails("can't be reached");
    pilot.join(&link).ok();
    pilot.shared("after all that");
    pilot.on(3).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), ["after all that"]);
    let states = world.desk.states(0);
    assert_eq!(states.len(), 1, "one participant with one device: {states:?}");
    assert_eq!((states[0].0.as_str(), states[0].2.as_str()), ("Ana", "complete"));
    assert_eq!(Database::open(&world.data()).number("SELECT count(*) FROM device"), 1);
}

#[test]
fn a_server_that_answers_garbage_to_an_invitation_joins_nobody() {
    let world = World::new();
    let (link, pilot) = (world.desk.invite("Ana"), Pilot::new(&world.path("a")));
    for (call, fault, says) in [
        (
            LOOK_UP,
            Fault::answer("200 OK", "content-type: text/html\r\n", "<html>Log in to the Wi-Fi</html>"),
            "not one that",
        ),
        (LOOK_UP, Fault::answer("302 Found", "location: https://example.org/\r\n", ""), "not one that"),
        (LOOK_UP, Fault::answer("500 Internal Server Error", "", "oops"), "trouble of its own"),
        (ENROL, Fault::answer("200 OK", "", "{}"), "not one that"),
        (ENROL, Fault::answer("503 Service Unavailable", "retry-after: 5\r\n", ""), "trouble of its own"),
        (ENROL, Fault::Cut, "can't be reached"),
    ] {
        world.proxy.next(call, 1, fault);
        pilot.join(&link).fails(says);
    }
    pilot.join(&link).ok();
}
