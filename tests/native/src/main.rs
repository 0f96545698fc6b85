//! `waymark-demo window|told FOLDER`: the main job, shown in the app's window or told as it happens.
//!
//! `cargo xtask demo` builds everything and starts this. Each run begins anew: what an earlier one left in the folder is
//! removed.

mod told;
mod window;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use waymark_native::Trouble;
use waymark_native::study::Study;

/// Written into the folder, so that nothing else is ever taken for an earlier demo and removed.
const MARK: &str = "this-is-a-waymark-demo";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [how, folder] if how == "told" => told::tell(Path::new(folder)).await,
        [how, folder] if how == "window" => window::show(Path::new(folder)),
        _ => {
            eprintln!("Usage: waymark-demo window|told FOLDER");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("The demo could not go on: {trouble}");
            ExitCode::FAILURE
        }
    }
}

/// An empty folder, and a study in it.
fn begin(folder: &Path) -> Result<(PathBuf, Study), Trouble> {
    let mark = folder.join(MARK);
    let shown = folder.display().to_string();
    if mark.exists() {
        std::fs::remove_dir_all(folder).map_err(Trouble::system(&shown))?;
    } else if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Trouble::Answer { program: shown, answer: "it holds something else than a demo".to_owned() });
    }
    std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&mark, "")).map_err(Trouble::system(&shown))?;
    let folder = folder.canonicalize().map_err(Trouble::system(&shown))?;
    let study = Study::begin(&folder.join("study"))?;
    Ok((folder, study))
}
