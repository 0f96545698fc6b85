//! The numbers that we promise, each beside its floor, measured in the same run on the same disk: `cargo xtask bench`.
//!
//! | what | floor |
//! |---|---|
//! | saving an entry: command to fsynced | a bare SQLite insert of the same bytes, WAL, `synchronous=FULL` |
//! | 13,000 sealed entries pushed | the same bytes POSTed to a server that only reads them |
//! | 10,000 entries: unlocked, searched, read | bare AES-256-GCM, memchr and JSON of the same bytes |
//! | 13,000 entries pulled, verified and opened | the same bytes fetched, and opened with bare HPKE and AES-256-GCM |
//! | the desk's page over them: ready, searched, names found, a project written | none: what a person waits for |
//! | the cues of 10,000 words | the same words, each in small letters |
//! | the study server under many phones and desks | see [`server`] |
//!
//! All of it takes minutes; `waymark-bench PART…` measures only the parts named: cues, save, reread, push, pull (after push), server.
//! `--records N` stores so many records in the server at last, instead of [`server::MANY`].
//!
//! Figures are medians unless said otherwise; a shared machine is noisy, so ratios say more than seconds.

mod cues;
mod pull;
mod push;
mod reread;
mod save;
mod server;
mod stand;
mod words;

use std::process::ExitCode;

fn main() -> ExitCode {
    waymark_diary::install_crypto();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let ended = match runtime {
        Ok(runtime) => runtime.block_on(run()),
        Err(error) => Err(error.into()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("waymark-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

async fn run() -> Result<()> {
    let mut parts: Vec<String> = std::env::args().skip(1).collect();
    if let [child, dir] = &parts[..]
        && child == reread::CHILD
    {
        return reread::child(std::path::Path::new(dir)).await;
    }
    let records = records(&mut parts)?;
    let asked = |part: &str| parts.is_empty() || parts.iter().any(|asked| asked == part);
    if asked("cues") {
        cues::run();
    }
    if ["save", "reread", "push", "pull"].into_iter().any(asked) {
        let stand = stand::Stand::new().await?;
        if asked("save") {
            save::run(&stand).await?;
        }
        if asked("reread") {
            reread::run(&stand).await?;
        }
        if asked("push") {
            push::run(&stand).await?;
        }
        if asked("pull") {
            pull::run(&stand).await?;
        }
    }
    if asked("server") {
        server::run(records).await?;
    }
    Ok(())
}

/// Takes `--records N` out of the arguments.
fn records(arguments: &mut Vec<String>) -> Result<u64> {
    let Some(at) = arguments.iter().position(|argument| argument == "--records") else {
        return Ok(server::MANY);
    };
    let option: Vec<String> = arguments.drain(at..arguments.len().min(at + 2)).collect();
    Ok(option.get(1).ok_or("--records needs a number")?.parse()?)
}

/// The middle one.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
