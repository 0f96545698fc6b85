//! A server's file of an older version is brought up to date.

use std::process::Command;

use super::story::Story;
use super::strace;
use crate::canary;
use crate::database::Database;
use crate::killed::BACK_TO_2;
use crate::process::program;
use crate::server::Server;
use crate::world::World;

#[test]
fn an_older_servers_file_has_everything_when_the_power_goes_while_it_is_brought_up_to_date() {
    if !strace::is_allowed() {
        return;
    }
    let world = World::new();
    let pilot = world.person("Ana");
    pilot.shared(&canary::text("migration", 2));
    pilot.on(3).synced();
    world.stop_server();
    let records = Database::open(&world.data()).all_records();
    Database::open(&world.data()).connection.execute_batch(BACK_TO_2).expect("it was of version 2");

    let mut story = Story::of(&world.data());
    let mut traced = strace::arguments(story.recording(), &program("WAYMARK_SERVER", "waymark-server"));
    traced.extend(Server::arguments(&world.data(), world.port));
    let log = world.path("server.log");
    let server = Server::start_as(Command::new("strace").args(traced), world.port, &log).expect("the server starts");
    let status = server.watched(strace::process(story.recording())).terminate();
    assert!(status.success(), "the server ended with {status}");
    let lines = story.read();
    let listens = story.said(&lines, |output| output.bytes.starts_with(b"listening on ")).expect("it says where");

    for cut in story.cuts(&[lines.start..listens, listens..lines.end], &[listens], 6) {
        story.after(cut, &world.data());
        world.start_server();
        pilot.on(3).synced();
        world.stop_server();
        assert!(Database::open(&world.data()).all_records() == records, "{cut:?}: every record as it was");
    }
}
