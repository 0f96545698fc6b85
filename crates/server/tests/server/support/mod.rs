//! A desk, a phone, a server and an HTTP client, as small as the tests need them.

mod backup;
mod binary;
mod bucket;
mod data;
mod desk;
mod full_disk;
mod http;
mod phone;
mod postgres;
mod server;

pub use backup::{Backup, is_there, kill_after, on_a_full_disk, refused, succeeded};
pub use binary::{Binary, run};
pub use bucket::S3;
pub use data::{DataOn, Engine, OnPostgres, OnSqlite};
pub use desk::Desk;
pub use full_disk::pushes_without_room;
pub use http::{Http, Reply, parse};
pub use phone::{Phone, device_signature, enrolment, push_bytes};
pub use postgres::{TestDatabase, restart_spare};
pub use server::{Running, RunningOn, files_in};

use rand_core::{TryCryptoRng, TryRng};
use ring::rand::{SecureRandom, SystemRandom};

/// The operating system's randomness.
pub struct Rng;

impl TryRng for Rng {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(u32::from_be_bytes(random()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(u64::from_be_bytes(random()))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Self::Error> {
        SystemRandom::new().fill(out).unwrap();
        Ok(())
    }
}

impl TryCryptoRng for Rng {}

/// Random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    SystemRandom::new().fill(&mut out).unwrap();
    out
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as u64
}
