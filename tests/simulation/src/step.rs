//! What can happen in a schedule: acts of people, and faults of everything else.

use std::fmt;

use crate::fault::Trouble;

/// One thing that happens. Who and what are numbers, taken modulo what there is when it happens: so a list of steps still makes
/// sense when some are taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Time passes, without a connection.
    Wait {
        /// So many hours.
        hours: u32,
    },
    /// Somebody joins the study with their phone.
    Join {
        /// Who.
        person: u32,
        /// Whether what was written before is backed up.
        back_up: bool,
        /// What the connection does.
        troubles: Vec<Trouble>,
    },
    /// Somebody writes an entry.
    Write {
        /// On which phone.
        phone: u32,
        /// Whether to share it after the hold.
        share: bool,
        /// Whether the process ends between the last key and "Done", and the draft is finished afterwards.
        crash: bool,
        /// Whether it has a voice note.
        spoken: bool,
    },
    /// Somebody changes an entry.
    Edit {
        /// On which phone.
        phone: u32,
        /// Which of what is there.
        entry: u32,
        /// Whether to share what comes of it.
        share: bool,
    },
    /// Somebody chooses to share what was there.
    Share {
        /// On which phone.
        phone: u32,
        /// Which of what is there.
        entry: u32,
    },
    /// Somebody keeps an entry private, whatever has become of it.
    KeepPrivate {
        /// On which phone.
        phone: u32,
        /// Which of what is there.
        entry: u32,
    },
    /// Somebody takes an entry back from the study.
    Withdraw {
        /// On which phone.
        phone: u32,
        /// Which of what is there.
        entry: u32,
    },
    /// Somebody deletes an entry everywhere.
    Delete {
        /// On which phone.
        phone: u32,
        /// Which of what is there.
        entry: u32,
    },
    /// Somebody changes the passphrase of a phone.
    ChangeLock {
        /// Of which phone.
        phone: u32,
    },
    /// A phone has a connection, as far as it goes.
    Sync {
        /// Which phone.
        phone: u32,
        /// What the connection does.
        troubles: Vec<Trouble>,
    },
    /// The desk collects.
    Pull {
        /// What the connection does.
        troubles: Vec<Trouble>,
    },
    /// Somebody sets up a new phone with their 24 words.
    Restore {
        /// Who.
        person: u32,
        /// Whether the old phones are gone for good.
        lost: bool,
        /// What the connection does.
        troubles: Vec<Trouble>,
    },
    /// Somebody leaves the study.
    Leave {
        /// By which phone.
        phone: u32,
        /// Whether what the study has is erased with it.
        erase: bool,
    },
    /// Somebody stops another one of their phones.
    Stop {
        /// On which phone they do it.
        phone: u32,
        /// What the connection does.
        troubles: Vec<Trouble>,
    },
    /// The study publishes a new document.
    Publish,
    /// A phone's process ends without warning.
    CrashPhone {
        /// Which phone.
        phone: u32,
    },
    /// A copy of a phone's file is put away.
    CopyPhone {
        /// Of which phone.
        phone: u32,
    },
    /// A phone gets the copy of its file that was put away, in place of its file.
    OldCopy {
        /// Which phone.
        phone: u32,
    },
    /// A phone's clock is set wrong by so much, or right.
    JumpClock {
        /// Which phone.
        phone: u32,
        /// How far it is off from now on.
        hours: i32,
    },
    /// The server's process ends without warning and starts again.
    KillServer,
    /// The server makes a backup.
    BackUpServer,
    /// The server is restored from its last backup.
    RestoreServer,
}

/// The names of all that can happen.
pub const NAMES: [&str; 29] = [
    "90 days of airplane mode",
    "time passes",
    "join",
    "process ends while writing",
    "write and speak",
    "write, share",
    "write",
    "edit",
    "share later",
    "keep private",
    "take back",
    "delete everywhere",
    "change lock",
    "sync",
    "desk pulls",
    "new phone, old one lost",
    "second phone",
    "leave",
    "leave and erase",
    "leave by one of two phones",
    "stop another phone",
    "new document",
    "process ends",
    "copy of a phone's file",
    "old copy of a phone's file",
    "clock jumps",
    "server killed",
    "server backed up",
    "server restored from a backup",
];

impl Step {
    /// Its name in a count of what happened.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Wait { hours } if *hours > 24 * 60 => "90 days of airplane mode",
            Self::Wait { .. } => "time passes",
            Self::Join { .. } => "join",
            Self::Write { crash: true, .. } => "process ends while writing",
            Self::Write { spoken: true, .. } => "write and speak",
            Self::Write { share: true, .. } => "write, share",
            Self::Write { .. } => "write",
            Self::Edit { .. } => "edit",
            Self::Share { .. } => "share later",
            Self::KeepPrivate { .. } => "keep private",
            Self::Withdraw { .. } => "take back",
            Self::Delete { .. } => "delete everywhere",
            Self::ChangeLock { .. } => "change lock",
            Self::Sync { .. } => "sync",
            Self::Pull { .. } => "desk pulls",
            Self::Restore { lost: true, .. } => "new phone, old one lost",
            Self::Restore { .. } => "second phone",
            Self::Leave { erase: false, .. } => "leave",
            Self::Leave { .. } => "leave and erase",
            Self::Stop { .. } => "stop another phone",
            Self::Publish => "new document",
            Self::CrashPhone { .. } => "process ends",
            Self::CopyPhone { .. } => "copy of a phone's file",
            Self::OldCopy { .. } => "old copy of a phone's file",
            Self::JumpClock { .. } => "clock jumps",
            Self::KillServer => "server killed",
            Self::BackUpServer => "server backed up",
            Self::RestoreServer => "server restored from a backup",
        }
    }

    /// What its connection does.
    pub fn troubles(&self) -> &[Trouble] {
        match self {
            Self::Join { troubles, .. }
            | Self::Sync { troubles, .. }
            | Self::Pull { troubles }
            | Self::Stop { troubles, .. }
            | Self::Restore { troubles, .. } => troubles,
            _ => &[],
        }
    }

    /// The same with fewer troubles, for who looks for the shortest story.
    pub fn with_troubles(&self, fewer: Vec<Trouble>) -> Self {
        let mut step = self.clone();
        match &mut step {
            Self::Join { troubles, .. }
            | Self::Sync { troubles, .. }
            | Self::Pull { troubles }
            | Self::Stop { troubles, .. }
            | Self::Restore { troubles, .. } => *troubles = fewer,
            _ => {}
        }
        step
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        for trouble in self.troubles() {
            write!(f, "; at call {}: {}", trouble.call + 1, trouble.fault.name())?;
        }
        Ok(())
    }
}
