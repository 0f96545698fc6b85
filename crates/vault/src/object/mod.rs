//! Sealed objects: bytes under a table's name and an id.

mod check;
mod key;
mod reader;
mod rekey;
mod table;
mod tx;
mod version;

pub(crate) use check::check_all;
pub(crate) use key::{ObjectSealer, VaultKey};
pub use reader::Reader;
pub(crate) use rekey::reseal_all;
pub use table::{MAX_ID, MAX_OBJECT, Table};
pub use tx::Tx;
