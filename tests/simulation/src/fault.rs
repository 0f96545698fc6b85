//! What can go wrong between two programs.

/// What can go wrong with one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The server never hears of it.
    RequestLost,
    /// The server does it, and nobody hears of that.
    ReplyLost,
    /// The server hears of it twice.
    Twice,
    /// The server hears of it after calls that were made later, when nobody waits for the reply any more.
    Late,
    /// The reply breaks off.
    ReplyCut,
    /// One bit of the reply is another.
    ReplyChanged,
    /// The reply is the one to the caller's last call of this kind; the server never hears of this one.
    ReplyOfBefore,
    /// The server says that it has trouble.
    Busy,
    /// The caller's process ends before the server hears of it.
    CallerDiesBefore,
    /// The caller's process ends after the server did it.
    CallerDiesAfter,
    /// The server's process ends before it hears of it.
    ServerDiesBefore,
    /// The server's process ends after it did it.
    ServerDiesAfter,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::RequestLost,
        Self::ReplyLost,
        Self::Twice,
        Self::Late,
        Self::ReplyCut,
        Self::ReplyChanged,
        Self::ReplyOfBefore,
        Self::Busy,
        Self::CallerDiesBefore,
        Self::CallerDiesAfter,
        Self::ServerDiesBefore,
        Self::ServerDiesAfter,
    ];

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::RequestLost => "request lost",
            Self::ReplyLost => "reply lost",
            Self::Twice => "request arrives twice",
            Self::Late => "request arrives late",
            Self::ReplyCut => "reply cut",
            Self::ReplyChanged => "reply changed",
            Self::ReplyOfBefore => "reply of before",
            Self::Busy => "server busy",
            Self::CallerDiesBefore => "caller dies before the call",
            Self::CallerDiesAfter => "caller dies after the call",
            Self::ServerDiesBefore => "server dies before the call",
            Self::ServerDiesAfter => "server dies after the call",
        }
    }
}

/// What goes wrong at one call of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    /// At which call, from 0.
    pub call: u32,
    /// What.
    pub fault: Fault,
    /// Where a reply is cut or changed.
    pub at: u32,
}
