//! The true time, which nobody but the simulation moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, FixedOffset};
use waymark_diary::Now;
use waymark_server::Clock;

/// When every schedule begins: 2 March 2026, 09:00 UTC.
const BEGINNING: u64 = 1_772_442_000_000;

/// An hour in milliseconds.
pub const HOUR: u64 = 60 * 60 * 1000;

/// Milliseconds since 1970, UTC.
#[derive(Debug, Clone)]
pub struct Time(Arc<AtomicU64>);

impl Time {
    /// The beginning.
    pub fn beginning() -> Self {
        Self(Arc::new(AtomicU64::new(BEGINNING)))
    }

    /// What it is.
    pub fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// So many milliseconds pass.
    pub fn pass(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }

    /// The server's clock, which is right.
    pub fn clock(&self) -> Clock {
        let time = self.clone();
        Clock::given(move || time.now())
    }

    /// What a phone's clock says that is so many hours off.
    pub fn on_a_phone(&self, hours_off: i32) -> Now {
        let off = i64::from(hours_off) * i64::try_from(HOUR).expect("an hour");
        let ms = i64::try_from(self.now()).expect("a time").saturating_add(off);
        let wall = DateTime::from_timestamp_millis(ms).expect("a time").with_timezone(&zone());
        Now { wall, scripted: false }
    }
}

/// Where everybody is: an hour east of Greenwich.
fn zone() -> FixedOffset {
    FixedOffset::east_opt(3600).expect("an offset")
}
