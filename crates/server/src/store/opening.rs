//! What may be done to a database when it is opened.

/// Who opens a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// A server, which brings an older one up to date and makes it when there is none.
    Serving,
    /// A command line that may be the first to do anything, and makes it when there is none. Beside a server that runs, an older
    /// one must stay as that server knows it.
    Making,
    /// A command line over what is there.
    Existing,
}

impl Opening {
    /// Whether a database is made when there is none.
    pub fn makes(self) -> bool {
        self != Self::Existing
    }

    /// Whether an older one is brought up to date.
    pub fn updates(self) -> bool {
        self == Self::Serving
    }
}
