//! `backup`, `verify`, `restore`, `new-epoch`.

use std::path::PathBuf;

use clap::Subcommand;

use super::manifest::Manifest;
use super::{making, restoring, verify};
use crate::cli::{PlaceArguments, print};
use crate::clock;
use crate::store::snapshot;

/// The commands.
#[derive(Subcommand)]
pub enum Care {
    /// Makes a backup in a new folder. Works while the server runs.
    ///
    /// Whatever database the server uses, a backup is a folder with manifest.json, an embedded database and attachments; either kind
    /// of server is restored from it. Exit 1 when it was not made, or when attachments are missing on the server and so in it.
    Backup {
        #[command(flatten)]
        place: PlaceArguments,
        /// The backup: a folder that is not there yet. It appears when the backup is whole.
        #[arg(long, value_name = "NEW_DIR")]
        to: PathBuf,
    },
    /// Proves a backup by every hash and signature in it; changes nothing. Exit 1 when something is wrong.
    Verify {
        /// The backup.
        #[arg(value_name = "DIR")]
        backup: PathBuf,
        /// Prints the report as one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Verifies a backup and makes a server's folder, and database, of it; both must be empty.
    ///
    /// The server gets a new epoch: phones send again what it lacks, and desks fetch from the start.
    Restore {
        /// The backup.
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
        #[command(flatten)]
        place: PlaceArguments,
    },
    /// Says that the database was restored by other means, such as a snapshot of the disk: phones send again what it lacks.
    NewEpoch {
        #[command(flatten)]
        place: PlaceArguments,
    },
}

impl Care {
    /// Does it; a sentence when it failed.
    pub fn run(self) -> Result<(), String> {
        let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
        match self {
            Self::Backup { place, to } => {
                let place = place.place()?;
                let made = runtime.block_on(making::make(&place, &to));
                let manifest = made.map_err(|error| format!("no backup was made: {error}"))?;
                print(&told(&manifest, &to.display().to_string()))?;
                match manifest.missing {
                    0 => Ok(()),
                    missing => Err(format!(
                        "the backup was kept and is INCOMPLETE: of the attachments' parts on the server {missing} are missing or \
                         damaged; manifest.json names them, and the phones that sent them may have them still"
                    )),
                }
            }
            Self::Verify { backup, json } => {
                let report = verify::verify(&backup).map_err(|error| error.to_string())?;
                print(&if json { report.to_json() + "\n" } else { report.to_string() })?;
                match report.is_sound() {
                    true => Ok(()),
                    false => Err(format!("{} is damaged", backup.display())),
                }
            }
            Self::Restore { from, place } => {
                let place = place.place()?;
                let report = runtime.block_on(restoring::restore(&from, &place)).map_err(|error| error.to_string())?;
                print(&format!("{report}restored into {}, with a new epoch\n", place.folder.display()))
            }
            Self::NewEpoch { place } => {
                let renewed = runtime.block_on(snapshot::renew_epoch(&place.place()?, clock::now()));
                renewed.map_err(|error| error.to_string())?;
                print("the server has a new epoch: phones send again what it lacks, and desks fetch from the start\n")
            }
        }
    }
}

fn told(manifest: &Manifest, to: &str) -> String {
    let records: u64 = manifest.studies.iter().map(|study| study.records).sum();
    let parts: u64 = manifest.studies.iter().map(|study| study.parts).sum();
    let studies = manifest.studies.len();
    let mut told = format!("{to}: studies {studies}, records {records}, parts of attachments {parts}\n");
    if manifest.erased_meanwhile > 0 {
        told += &format!("erased while it was being made, and not in it: parts {}\n", manifest.erased_meanwhile);
    }
    told
}
