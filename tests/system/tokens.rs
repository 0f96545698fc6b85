//! A desk whose token was revoked, or may be known to somebody else.

use crate::server;
use crate::verdicts::one_diary;
use crate::world::World;

const TOKEN: &str = "WAYMARK_TOKEN";

/// A new token of this role for the study.
fn made(world: &World, role: &str) -> String {
    let study = world.study().to_string();
    server::token(&world.data(), &["--role", role, "--study", &study]).ok().trim().to_owned()
}

/// Revokes the desk's first token: the first researcher's.
fn revoke_first(world: &World) {
    let list = server::token(&world.data(), &["list"]).ok();
    let first = list.lines().find(|line| line.contains("\tresearcher\t")).expect("the desk has a token");
    let number = first.split('\t').next().expect("a number");
    server::token(&world.data(), &["revoke", number]).ok();
}

#[test]
fn a_desk_whose_token_was_revoked_goes_on_with_another() {
    let (world, _) = one_diary();
    revoke_first(&world);
    world.desk.pull().fails("unauthorized");
    world.desk.run(&["end", "--confirm", "Transitions"]).fails("unauthorized");
    world.desk.run(&["revoke", "--participant", "Ana"]).fails("unauthorized");
    let token = made(&world, "researcher");
    let said = world.desk.run_with(&[(TOKEN, &token)], &["token"]).ok();
    assert!(said.contains("takes the one before no more") && !said.contains(&token), "{said}");
    assert_eq!(world.desk.pulled(0)["opened"], 4);
    let again = world.desk.run_with(&[(TOKEN, &token)], &["token"]).ok();
    assert!(again.contains("has this token already"), "{again}");
}

#[test]
fn a_token_that_still_works_after_it_was_replaced_is_told_to_be_revoked() {
    let (world, _) = one_diary();
    let token = made(&world, "researcher");
    let replaced = world.desk.run_with(&[(TOKEN, &token)], &["token"]);
    assert!(!replaced.stderr.contains(&token), "{replaced}");
    assert!(replaced.warns("waymark-server token revoke").contains("has the new token"));
    revoke_first(&world);
    assert_eq!(world.desk.pulled(0)["opened"], 4, "the desk needs the first one no more");
}

#[test]
fn a_token_that_does_not_fit_leaves_the_desk_as_it_was() {
    let (world, _) = one_diary();
    let give = |token: &str| world.desk.run_with(&[(TOKEN, token)], &["token"]);
    for role in ["data-manager", "auditor"] {
        give(&made(&world, role)).fails("forbidden");
    }
    give(&server::admin_token(&world.data())).fails("forbidden");
    give(&"0".repeat(64)).fails("unauthorized");
    let secret = "not-a-token-but-secret";
    let refused = give(secret);
    assert!(!refused.stderr.contains(secret), "{refused}");
    refused.fails("the token is not one");
    world.desk.run(&["token"]).fails("no token: set WAYMARK_TOKEN");
    let good = made(&world, "researcher");
    world.stop_server();
    give(&good).fails("the desk keeps the token that it has");
    world.start_server();
    assert_eq!(world.desk.pulled(0)["opened"], 4);
}
