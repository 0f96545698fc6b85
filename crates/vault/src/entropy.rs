//! Randomness from the operating system.
//!
//! The vault is given its generator, as everything else in the project is, so that a fault simulation can repeat a run.
//! This is the one that programs give it.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};
use ring::rand::{SecureRandom, SystemRandom};

/// The operating system's generator.
///
/// # Panics
///
/// When the operating system has no randomness to give: nothing safe can be done without.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRng;

impl TryRng for SystemRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        #[cfg(feature = "simulation")]
        if crate::simulation::fill(out) {
            return Ok(());
        }
        SystemRandom::new().fill(out).expect("the operating system gives randomness");
        Ok(())
    }
}

impl TryCryptoRng for SystemRng {}
