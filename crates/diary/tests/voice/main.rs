//! Voice notes: kept from their first second, sealed into an entry, on their way to a server, and back on a new phone.

mod backed_up;
mod elsewhere;
mod full_disk;
mod joining_again;
mod kept;
mod server;
#[path = "../small_disk/mod.rs"]
mod small_disk;
mod support;
