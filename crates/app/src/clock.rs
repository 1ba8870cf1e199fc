//! The clock, which tests can move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use linli_domain::time::Timestamp;

/// Where "now" comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// The machine's clock, moved by a number of microseconds that may change.
    Moved(Arc<AtomicI64>),
    /// Stands still until it is set.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn at(at: Timestamp) -> Self {
        Clock::Set(Arc::new(AtomicI64::new(at.us())))
    }
    /// The instant it is.
    pub fn now(&self) -> Timestamp {
        match self {
            Clock::System => Timestamp::from_us(system_us()),
            Clock::Moved(by) => Timestamp::from_us(system_us().saturating_add(by.load(Ordering::SeqCst))),
            Clock::Set(at) => Timestamp::from_us(at.load(Ordering::SeqCst)),
        }
    }
    /// Moves a clock that can be moved; the machine's own cannot.
    pub fn advance_us(&self, us: i64) {
        if let Clock::Moved(value) | Clock::Set(value) = self {
            value.fetch_add(us, Ordering::SeqCst);
        }
    }
    /// Moves by whole days.
    pub fn advance_days(&self, days: i64) {
        self.advance_us(days.saturating_mul(86_400_000_000));
    }
}

fn system_us() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
