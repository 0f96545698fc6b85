//! `waymark-desk`: the researchers' desk on the command line.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("waymark-desk: encrypted connections cannot be set up");
        return ExitCode::from(1);
    }
    cli::run()
}
