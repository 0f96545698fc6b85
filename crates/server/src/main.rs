//! `waymark-server`: see [`waymark_server::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    waymark_hardening::no_core_dumps();
    waymark_server::cli::main()
}
