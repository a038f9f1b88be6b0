//! Where time enters the system (with `cli`): every act and question is given the moment of its request.

use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// What the time is.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealClock;

impl Clock for RealClock {
    #[allow(clippy::disallowed_methods)] // this is the place where time enters
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A day ago by the machine's clock, for the ages of files: those are the machine's also in a demonstration.
#[allow(clippy::disallowed_methods)] // this is the place where time enters
pub fn a_day_ago() -> std::time::SystemTime {
    const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);
    std::time::SystemTime::now()
        .checked_sub(DAY)
        .unwrap_or(std::time::SystemTime::UNIX_EPOCH)
}

/// A clock that began at a chosen instant when the program started and goes on from there: the demonstration's day.
#[derive(Debug, Clone, Copy)]
pub struct DemonstrationClock {
    start: Timestamp,
    began: Instant,
}

impl DemonstrationClock {
    /// Starts at `start`.
    pub fn starting_at(start: Timestamp) -> Self {
        DemonstrationClock {
            start,
            began: Instant::now(),
        }
    }
}

impl Clock for DemonstrationClock {
    fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.began.elapsed()).unwrap_or(SignedDuration::ZERO);
        self.start.checked_add(passed).unwrap_or(self.start)
    }
}

/// A clock that stands still until a test moves it. Clones show the same time.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<Mutex<Timestamp>>);

impl TestClock {
    /// Stands at `at`.
    pub fn at(at: Timestamp) -> Self {
        TestClock(Arc::new(Mutex::new(at)))
    }
    /// Moves the time on.
    pub fn pass(&self, time: SignedDuration) {
        let mut at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *at = at.checked_add(time).unwrap_or(*at);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
