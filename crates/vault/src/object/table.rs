//! The names of tables and the limits of what stands in them.

/// The longest object id, in bytes.
pub const MAX_ID: usize = 64;
/// The longest object, in bytes.
pub const MAX_OBJECT: usize = 64 * 1024 * 1024;

/// A table's name. It stands in clear in the file and is bound to every object in it, so it can never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Table(&'static str);

impl Table {
    /// A table of this name. It need not be declared to the vault: it exists when something stands in it.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }
}
