//! What time it is on the phone.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::Duration;

use crate::Now;

/// The phone's clock; or one that is some days ahead of it, for whoever wants to see a diary on another day.
#[derive(Debug, Clone, Default)]
pub struct Clock(Arc<AtomicU32>);

impl Clock {
    /// From now on it is so many days ahead, for every diary that goes by it.
    pub fn set_days_ahead(&self, days: u32) {
        self.0.store(days, Ordering::SeqCst);
    }

    /// What it says.
    pub fn now(&self) -> Now {
        let now = Now::from_clock();
        let ahead = Duration::days(self.0.load(Ordering::SeqCst).into());
        // Whoever is so far ahead that there is no such day is not ahead at all.
        Now { wall: now.wall.checked_add_signed(ahead).unwrap_or(now.wall), ..now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_diary_that_goes_by_it_is_as_many_days_ahead() {
        let clock = Clock::default();
        let same = clock.clone();
        clock.set_days_ahead(9);
        let ahead = same.now().wall - Now::from_clock().wall;
        assert!((ahead - Duration::days(9)).abs() < Duration::minutes(1), "{ahead}");
    }
}
