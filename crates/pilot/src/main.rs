//! The diary without a screen: for pilots of a study, for load and for tests. It runs the same crate as the app.

mod cli;
mod commands;
mod open;
mod phones;
mod simulate;
mod voice;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    waymark_hardening::no_core_dumps();
    waymark_diary::install_crypto();
    let cli = cli::Cli::parse();
    let Ok(runtime) = tokio::runtime::Builder::new_multi_thread().enable_all().build() else {
        eprintln!("waymark-pilot: the system gives no threads to work with");
        return ExitCode::from(1);
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("waymark-pilot: {error}");
            ExitCode::from(1)
        }
    }
}
