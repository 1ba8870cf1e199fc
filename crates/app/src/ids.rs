//! Ids and secrets: time-ordered numbers for rows, random ones for what opens a door.

use linli_domain::id::{COUNT_BITS, compose};
use linli_domain::time::Timestamp;
use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};

/// Makes ids: milliseconds, this process, a count.
#[derive(Debug)]
pub struct Ids {
    node: u16,
    last: Mutex<(i64, u16)>,
}

impl Ids {
    /// For the process of number `node`.
    pub fn new(node: u16) -> Self {
        Self { node, last: Mutex::new((0, 0)) }
    }
    /// The next number: larger than every one before, whatever the clock does.
    pub fn next(&self, now: Timestamp) -> i64 {
        let mut last = self.last.lock();
        let at_ms = now.us() / 1_000;
        *last = if at_ms > last.0 {
            (at_ms, 0)
        } else if last.1 + 1 < 1 << COUNT_BITS {
            (last.0, last.1 + 1)
        } else {
            // 2,048 in one millisecond: borrow from the next.
            (last.0 + 1, 0)
        };
        compose(last.0, self.node, last.1)
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Where randomness comes from.
#[derive(Debug)]
pub enum Randomness {
    /// The operating system's generator, for everything that runs.
    System,
    /// A seed, for demos and for comparing two engines row by row.
    Seeded(Box<Mutex<StdRng>>),
}

impl Randomness {
    /// From a seed. Never for a server that people use.
    pub fn seeded(seed: u64) -> Self {
        Randomness::Seeded(Box::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }
    /// Fills with random bytes.
    pub fn fill(&self, bytes: &mut [u8]) {
        match self {
            Randomness::System => rand::rng().fill_bytes(bytes),
            Randomness::Seeded(rng) => rng.lock().fill_bytes(bytes),
        }
    }
    /// A number below `bound`, every one as likely.
    pub fn below(&self, bound: u64) -> u64 {
        match self {
            Randomness::System => rand::rng().random_range(0..bound),
            Randomness::Seeded(rng) => rng.lock().random_range(0..bound),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_even_when_the_clock_falls() {
        let ids = Ids::new(5);
        let mut last = 0;
        for i in 0..10_000 {
            let id = ids.next(Timestamp::from_us(1_700_000_000_000_000 - i));
            assert!(id > last);
            last = id;
        }
    }
}
