//! How much work it takes to try one passphrase: Argon2id (RFC 9106), version 0x13.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use crate::Error;

/// Memory, passes and lanes of Argon2id. The cost that a slot was made with stands in the slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArgonParams {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl ArgonParams {
    /// 64 MiB, 3 passes, 1 lane: RFC 9106's second recommendation, on one lane.
    pub const DEFAULT: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// The least that is accepted: 19 MiB, 2 passes, 1 lane. A copied file must not be made cheap to guess at.
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
    /// The most that is accepted: 1 GiB, 20 passes, 4 lanes. A tampered file must not stop the machine.
    pub const CEILING: Self = Self { memory_kib: 1024 * 1024, passes: 20, lanes: 4 };

    /// The default with as many passes more as fit into about `target` on this machine, now. Never below the default.
    ///
    /// Takes as long as one unlocking at [`ArgonParams::DEFAULT`].
    #[must_use]
    pub fn calibrated(target: Duration) -> Self {
        let start = Instant::now();
        let _ = Self::DEFAULT.hash(b"calibration", &[0; 32]).expect("the default lies within the range");
        Self::passes_within(target, start.elapsed())
    }

    fn passes_within(target: Duration, default_took: Duration) -> Self {
        let per_pass = (default_took / Self::DEFAULT.passes).max(Duration::from_nanos(1));
        let passes = u32::try_from(target.as_nanos() / per_pass.as_nanos()).unwrap_or(u32::MAX);
        Self { passes: passes.clamp(Self::DEFAULT.passes, Self::CEILING.passes), ..Self::DEFAULT }
    }

    /// # Errors
    ///
    /// [`Error::ArgonOutOfRange`] when a cost lies below the floor or above the ceiling.
    pub(super) fn checked(self) -> Result<Self, Error> {
        let within = |cost: fn(&Self) -> u32| (cost(&Self::FLOOR)..=cost(&Self::CEILING)).contains(&cost(&self));
        if within(|p| p.memory_kib) && within(|p| p.passes) && within(|p| p.lanes) {
            Ok(self)
        } else {
            Err(Error::ArgonOutOfRange)
        }
    }

    /// What is computed: all of it, unless a simulation has taken the cost away. What stands in a slot stays as it is.
    fn in_force(self) -> Self {
        #[cfg(feature = "simulation")]
        if crate::simulation::locks_are_quick() {
            return Self { memory_kib: 8, passes: 1, lanes: 1 };
        }
        self
    }

    /// `Argon2id(password, salt, m, t, p) → 32 bytes`
    pub(super) fn hash(self, password: &[u8], salt: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, Error> {
        let params = self.checked()?.in_force();
        let params = Params::new(params.memory_kib, params.passes, params.lanes, Some(32))
            .expect("the checked range lies within the algorithm's own");
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password, salt, out.as_mut())
            .map_err(|error| Error::Io(error.to_string().into()))?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_outside_floor_and_ceiling_are_refused() {
        for at_the_edge in [ArgonParams::FLOOR, ArgonParams::DEFAULT, ArgonParams::CEILING] {
            assert_eq!(at_the_edge.checked().unwrap(), at_the_edge);
        }
        let (floor, ceiling) = (ArgonParams::FLOOR, ArgonParams::CEILING);
        for outside in [
            ArgonParams { memory_kib: floor.memory_kib - 1, ..floor },
            ArgonParams { passes: floor.passes - 1, ..floor },
            ArgonParams { lanes: floor.lanes - 1, ..floor },
            ArgonParams { memory_kib: ceiling.memory_kib + 1, ..ceiling },
            ArgonParams { passes: ceiling.passes + 1, ..ceiling },
            ArgonParams { lanes: ceiling.lanes + 1, ..ceiling },
        ] {
            assert!(matches!(outside.hash(b"x", &[0; 32]), Err(Error::ArgonOutOfRange)), "{outside:?}");
        }
    }

    #[test]
    fn calibration_only_goes_upward_and_stops_at_the_ceiling() {
        let passes = |target, took| {
            ArgonParams::passes_within(Duration::from_millis(target), Duration::from_millis(took)).passes
        };
        assert_eq!(passes(500, 150), 10);
        assert_eq!(passes(500, 3000), ArgonParams::DEFAULT.passes);
        assert_eq!(passes(0, 0), ArgonParams::DEFAULT.passes);
        assert_eq!(passes(500, 1), ArgonParams::CEILING.passes);
    }
}
