//! `waymark-server`: see [`waymark_server::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    waymark_server::cli::main()
}
