//! The command line.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset, NaiveDate};
use clap::{Args, Parser, Subcommand, ValueEnum};

/// A diary without a screen. The passphrase comes from WAYMARK_PASSPHRASE or is asked for.
///
/// Exit codes: 0 done; 1 failed, with one sentence on stderr; 2 usage; 3 done, but the server was found to have rolled back or
/// to withhold.
#[derive(Parser)]
#[command(name = "waymark-pilot", version)]
pub struct Cli {
    /// The time to live at instead of the clock's (RFC 3339, such as 2026-03-01T09:00:00+00:00).
    #[arg(long, global = true, value_name = "RFC3339")]
    pub now: Option<DateTime<FixedOffset>>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Joins a study; makes the diary where there is none.
    Join {
        #[command(flatten)]
        vault: Vault,
        /// The link or the typed text.
        #[arg(long)]
        invitation: String,
        /// Agrees to all that the study asks; otherwise each item is asked on the terminal.
        #[arg(long, value_enum)]
        consent: Option<Consent>,
    },
    /// Writes an entry: private unless --share.
    Write {
        #[command(flatten)]
        vault: Vault,
        /// Shares it with the study, once the study's hold is over.
        #[arg(long, conflicts_with = "private")]
        share: bool,
        /// Keeps it private.
        #[arg(long)]
        private: bool,
        /// Changes this entry instead of writing a new one.
        #[arg(long, value_name = "ID")]
        entry: Option<String>,
        /// The day it is about; today where it is not given.
        #[arg(long, value_name = "DATE")]
        about: Option<NaiveDate>,
        /// The text; stdin where neither it nor a voice note is given.
        #[arg(long)]
        text: Option<String>,
        /// A recording (.webm, .m4a, .ogg, .wav) as a voice note; several are as many notes.
        #[arg(long, value_name = "FILE")]
        voice: Vec<PathBuf>,
        #[command(flatten)]
        output: Output,
    },
    /// Writes an entry's voice note into a file, in the clear.
    Voice {
        #[command(flatten)]
        vault: Vault,
        #[command(flatten)]
        entry: Entry,
        /// Which one, from 1.
        #[arg(long, default_value_t = 1)]
        number: usize,
        /// The file, which must not be there yet.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Shares an entry, once the study's hold is over.
    Share {
        #[command(flatten)]
        vault: Vault,
        #[command(flatten)]
        entry: Entry,
    },
    /// Keeps an entry private that is still held.
    KeepPrivate {
        #[command(flatten)]
        vault: Vault,
        #[command(flatten)]
        entry: Entry,
    },
    /// Takes an entry back from the study. The writer keeps a copy, whose id is printed.
    Withdraw {
        #[command(flatten)]
        vault: Vault,
        #[command(flatten)]
        entry: Entry,
    },
    /// Tells the study that the writer wants to talk about an entry which it has.
    Talk {
        #[command(flatten)]
        vault: Vault,
        #[command(flatten)]
        entry: Entry,
        /// That they do not any more.
        #[arg(long)]
        no_more: bool,
    },
    /// Leaves the study; the diary stays, and the study is told by the next sync.
    Leave {
        #[command(flatten)]
        vault: Vault,
        /// Takes back all that was shared, and destroys the sealed copies on the server.
        #[arg(long)]
        erase: bool,
    },
    /// Sends what is due, and says where things stand.
    Sync {
        #[command(flatten)]
        vault: Vault,
        #[command(flatten)]
        output: Output,
    },
    /// Lists all entries.
    List {
        #[command(flatten)]
        vault: Vault,
        #[command(flatten)]
        output: Output,
    },
    /// Finds entries in which all words occur.
    Search {
        #[command(flatten)]
        vault: Vault,
        /// The words.
        query: String,
        #[command(flatten)]
        output: Output,
    },
    /// Lists the person's phones.
    Phones {
        #[command(flatten)]
        vault: Vault,
        /// Stops this one: nothing that it sends from now on counts. Where the 24 words have been confirmed, they come from stdin.
        #[arg(long, value_name = "DEVICE")]
        stop: Option<String>,
        #[command(flatten)]
        output: Output,
    },
    /// Prints the 24 words that bring a lost diary back.
    Words {
        #[command(flatten)]
        vault: Vault,
    },
    /// Brings a lost diary back from the 24 words on stdin.
    Restore {
        #[command(flatten)]
        vault: Vault,
        /// The study server's address.
        #[arg(long)]
        server: String,
    },
    /// Lets made-up participants write for some days. Needs waymark-desk beside this program or on the PATH.
    Simulate {
        /// How many.
        #[arg(long, default_value_t = 3)]
        participants: u32,
        /// For how many days, the last of them today.
        #[arg(long, default_value_t = 14)]
        days: u32,
        /// The same seed gives the same diaries, but for keys and ids.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The desk that invites them.
        #[arg(long)]
        desk: PathBuf,
        /// Where their diaries are made.
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        output: Output,
    },
}

#[derive(Args)]
pub struct Vault {
    /// The diary's folder.
    #[arg(long, value_name = "DIR")]
    pub vault: PathBuf,
}

#[derive(Args)]
pub struct Entry {
    /// The entry's id.
    #[arg(long, value_name = "ID")]
    pub entry: String,
}

#[derive(Args, Clone, Copy)]
pub struct Output {
    /// Prints JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Consent {
    /// Everything.
    All,
}
