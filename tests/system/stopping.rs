//! A phone that the study stops, because its person cannot.

use serde_json::Value;

use crate::canary;
use crate::desk::Desk;
use crate::proxy::Fault;
use crate::verdicts::one_diary;
use crate::world::World;

fn device(desk: &Desk) -> String {
    let report = desk.verify().json();
    report["devices"][0]["device"].as_str().expect("a phone").to_owned()
}

fn stop(world: &World, device: &str, more: &[&str]) -> crate::process::Ended {
    world.desk.run(&[&["stop", "--device", device], more].concat())
}

#[test]
fn nothing_that_a_stopped_phone_sends_counts_and_what_was_collected_stays() {
    let (world, ana) = one_diary();
    world.desk.pulled(0);
    let device = device(&world.desk);
    stop(&world, &device, &[]).misused("the participant's label with --confirm");
    assert_eq!(world.desk.words(0), ["complete"]);
    let first = stop(&world, &device, &["--confirm", "Ana", "--json"]).json();
    let expected = |again: bool| serde_json::json!({"participant": "Ana", "device": device, "seq": 11, "again": again});
    assert_eq!(first, expected(false));
    assert_eq!(world.desk.states(0), [("Ana".to_owned(), 11, "revoked".to_owned())]);
    assert_eq!(stop(&world, &device, &["--json"]).json(), expected(true));

    ana.on(7).shared(&canary::text("afterstopping", 1));
    ana.on(10).sync().fails("no longer let in: everything is safe here; ask the researcher");
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), 4);
    assert_eq!(ana.on(10).texts().len(), 6, "the diary stays");
}

#[test]
fn a_phone_is_stopped_here_and_the_next_pull_tells_the_server() {
    let (world, ana) = one_diary();
    world.desk.pulled(0);
    let device = device(&world.desk);
    world.proxy.next(&format!("POST /v1/studies/{}/orders", world.study()), 3, Fault::Cut);
    stop(&world, &device, &["--confirm", "Ana"]).fails("the next `pull` tells the server");
    assert_eq!(world.desk.words(0), ["revoked"]);
    ana.on(7).synced();
    world.desk.pulled(0);
    ana.on(8).sync().fails("no longer let in: everything is safe here; ask the researcher");
}

#[test]
fn a_phone_that_nobody_knows_or_a_server_that_is_away_stops_nothing() {
    let (world, _) = one_diary();
    world.desk.pulled(0);
    stop(&world, &"0".repeat(32), &["--confirm", "Ana"]).fails("no proven phone 0000");
    let device = device(&world.desk);
    world.stop_server();
    stop(&world, &device, &["--confirm", "Ana"]).fails("no phone was stopped");
    assert_eq!(world.desk.verify().json()["devices"][0]["state"], Value::from("complete"));
}
