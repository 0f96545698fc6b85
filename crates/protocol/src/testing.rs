//! Randomness that tests can repeat.

use crate::Hash;

/// `H(seed ‖ 0) ‖ H(seed ‖ 1) ‖ …`, counters as `u64_be`.
pub(crate) struct CountingRng {
    seed: &'static str,
    block: u64,
    left: Vec<u8>,
}

impl CountingRng {
    pub(crate) fn new(seed: &'static str) -> Self {
        Self { seed, block: 0, left: Vec::new() }
    }
}

impl rand_core::TryRng for CountingRng {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_be_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_be_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Self::Error> {
        for byte in out {
            if self.left.is_empty() {
                let block = [self.seed.as_bytes(), &self.block.to_be_bytes()].concat();
                self.left = Hash::of(&block).0.into_iter().rev().collect();
                self.block += 1;
            }
            *byte = self.left.pop().expect("a block has just been added");
        }
        Ok(())
    }
}

impl rand_core::TryCryptoRng for CountingRng {}
