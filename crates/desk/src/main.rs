//! `waymark-desk`: the researchers' desk on the command line.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    waymark_hardening::no_core_dumps();
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("waymark-desk: encrypted connections cannot be set up");
        return ExitCode::from(1);
    }
    cli::run()
}
