//! The lock falls by itself once nobody has touched the page for a while, whatever the page does or does not do.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::Notify;

/// After how many minutes the desk locks by itself.
pub(super) const LOCK_AFTER_MINUTES: u32 = 15;

/// Who was there last.
#[derive(Debug)]
pub(super) struct Watched {
    /// By a clock that nobody can set, and by one that goes on while the machine sleeps.
    touched: Mutex<(Instant, SystemTime)>,
    fallen: Notify,
}

impl Default for Watched {
    fn default() -> Self {
        Self { touched: Mutex::new((Instant::now(), SystemTime::now())), fallen: Notify::new() }
    }
}

impl Watched {
    /// Somebody is there.
    pub fn touch(&self) {
        *self.touched.lock().unwrap_or_else(PoisonError::into_inner) = (Instant::now(), SystemTime::now());
    }

    /// The lock has fallen: whoever waits for that is told.
    pub fn tell(&self) {
        self.fallen.notify_waiters();
    }

    /// Waits until the lock falls; whoever asks whether it has after this was called misses nothing.
    pub fn falls(&self) -> tokio::sync::futures::Notified<'_> {
        self.fallen.notified()
    }

    /// Whether nobody has been there for so long.
    pub fn is_left(&self, after: Duration) -> bool {
        let (steady, wall) = *self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        steady.elapsed() >= after || wall.elapsed().is_ok_and(|passed| passed >= after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_touch_begins_the_time_anew() {
        let watched = Watched::default();
        assert!(!watched.is_left(Duration::from_secs(60)));
        let hours_ago = SystemTime::now() - Duration::from_secs(7200);
        watched.touched.lock().unwrap().1 = hours_ago;
        assert!(watched.is_left(Duration::from_secs(60)), "the machine has slept");
        watched.touch();
        assert!(!watched.is_left(Duration::from_secs(60)));
    }
}
