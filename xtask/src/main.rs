//! The repository's own commands: `cargo xtask setup | test | demo | bench | simulate | fuzz | postgres | schemathesis | revert | screens`.
//!
//! It knows no crate of ours and has one dependency (`serde_json`, to read `cargo metadata`), so it builds in seconds on
//! a fresh clone and can then install what everything else needs. Whatever runs long writes to
//! `target/logs/<step>.log`; the end of that file is shown when a step fails.

use std::process::ExitCode;

mod demo;
mod display;
mod failure;
mod fuzz;
mod gates;
mod log;
mod postgres;
mod programs;
mod repo;
mod reverting;
mod rules;
mod schemathesis;
mod setup;
mod test;

use failure::Failure;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  setup                     install what the other commands need, where it is missing
  test [--only STEP,…]      everything that must hold before a change lands; --list names the steps
  demo                      from a fresh machine to the main job: a study, a diary, an entry, the researcher's export
  bench [PART…]             the numbers that we promise, each beside its floor (release build); parts: cues, save, reread,
                            push, pull, server (--records N stores so many in it), typing
  simulate --seed S         one schedule of phones, network, server and desk under faults, told; or --seeds N [--from S]: many, counted
  fuzz [TARGET…]            bytes that nobody has thought of, for every decoder and for the server's calls; --minutes N of a processor for
                            each target (15); --list names them (nightly Rust is installed for it)
  postgres COMMAND …        a command that finds a PostgreSQL as the server's tests do, such as `cargo test --test server`
  schemathesis              made-up requests against the server, each answer held against its OpenAPI document (needs Python; minutes)
  revert                    takes lines away on which everything hangs, one by one in a copy, and sees that tests fail (half an hour)
  screens                   pictures of every screen of the diary, with an index page, into target/screens";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["setup"] => setup::run(setup::Purpose::Test),
        ["test"] => test::run(None),
        ["test", "--list"] => test::list(),
        ["test", "--only", steps] => test::run(Some(steps)),
        ["demo"] => demo::run(),
        ["bench", parts @ ..] => gates::bench(parts),
        ["simulate", arguments @ ..] => gates::simulate(arguments),
        ["fuzz", arguments @ ..] => fuzz::run(arguments),
        ["postgres", program, arguments @ ..] => postgres::run(program, arguments),
        ["schemathesis"] => schemathesis::run(),
        ["revert"] => reverting::run(),
        ["screens"] => gates::screens(),
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Told) => ExitCode::FAILURE,
        Err(Failure::Because(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
