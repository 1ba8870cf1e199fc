//! Brakes: guessing is slowed, nobody is locked out.
//!
//! Receipt codes: an address that missed often gets its lookups one after the other, a tenth of a second apart; a
//! neighbour behind the same address waits a moment and gets her page. Passwords: the pair of account and address is
//! slowed, so that neither the account nor the address as a whole can be locked by somebody else.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use linli_domain::id::PersonId;
use linli_domain::refusal::{CommonRefusal, Refusal};
use parking_lot::Mutex;

use crate::face::Guarded;

/// Misses that everybody may have in one window: a slip of the finger is no attack.
const FREE_RECEIPTS: u32 = 10;
const FREE_SIGN_INS: u32 = 5;
/// Sign-ins that may miss from one address, over all accounts.
const FREE_SIGN_INS_OF_ADDRESS: u32 = 50;
/// How long a miss counts.
const WINDOW: Duration = Duration::from_secs(60);
const SIGN_IN_WINDOW: Duration = Duration::from_secs(300);
/// Wrong codes of a second factor, or wrong passwords in an open session: whoever gets here knows half of it already, so
/// that the account itself is slowed, from whatever address.
const FREE_OWN: u32 = 5;
const OWN_WINDOW: Duration = Duration::from_secs(900);
const OWN_GAP: Duration = Duration::from_secs(10);
/// The gap between two slowed tries.
const GAP: Duration = Duration::from_millis(100);
const SIGN_IN_GAP: Duration = Duration::from_secs(1);
/// The longest that a try waits in the queue; more are told to come back.
const QUEUE: Duration = Duration::from_secs(3);
/// Entries that are remembered; beyond it the oldest windows go.
const REMEMBERED: usize = 100_000;

/// Every brake of the web side.
#[derive(Debug, Default)]
pub(crate) struct Brakes {
    receipts: Brake<Network>,
    sign_ins: Brake<(String, Network)>,
    addresses: Brake<Network>,
    own: Brake<PersonId>,
}

/// The part of an address that one subscriber holds: a whole IPv4 address, the first 64 bits of an IPv6 one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Network([u8; 8]);

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        let mut bytes = [0; 8];
        match address.to_canonical() {
            IpAddr::V4(v4) => bytes[..4].copy_from_slice(&v4.octets()),
            IpAddr::V6(v6) => bytes.copy_from_slice(&v6.octets()[..8]),
        }
        Self(bytes)
    }
}

impl Brakes {
    /// Waits until this address may try a receipt code, or refuses.
    pub async fn before_receipt(&self, address: IpAddr) -> Result<(), Refusal> {
        self.receipts.pass(&address.into(), FREE_RECEIPTS, WINDOW, GAP).await
    }
    /// Notes that a code was none.
    pub fn missed_receipt(&self, address: IpAddr) {
        self.receipts.miss(address.into(), WINDOW);
    }
    /// Waits until this secret may be tried, or refuses.
    pub async fn before_guess(&self, guarded: &Guarded, address: IpAddr) -> Result<(), Refusal> {
        match guarded {
            Guarded::SignIn(name) => self.before_sign_in(name, address).await,
            Guarded::Own(person) => self.own.pass(person, FREE_OWN, OWN_WINDOW, OWN_GAP).await,
        }
    }
    /// Notes that a secret was wrong.
    pub fn missed_guess(&self, guarded: &Guarded, address: IpAddr) {
        match guarded {
            Guarded::SignIn(name) => self.missed_sign_in(name, address),
            Guarded::Own(person) => self.own.miss(*person, OWN_WINDOW),
        }
    }
    /// Waits until this address may try a password for this account, or refuses.
    async fn before_sign_in(&self, name: &str, address: IpAddr) -> Result<(), Refusal> {
        let network = Network::from(address);
        self.sign_ins.pass(&(name.to_lowercase(), network), FREE_SIGN_INS, SIGN_IN_WINDOW, SIGN_IN_GAP).await?;
        self.addresses.pass(&network, FREE_SIGN_INS_OF_ADDRESS, SIGN_IN_WINDOW, GAP).await
    }
    /// Notes that name or password was wrong.
    fn missed_sign_in(&self, name: &str, address: IpAddr) {
        let network = Network::from(address);
        self.sign_ins.miss((name.to_lowercase(), network), SIGN_IN_WINDOW);
        self.addresses.miss(network, SIGN_IN_WINDOW);
    }
}

#[derive(Debug)]
struct Brake<K> {
    windows: Mutex<HashMap<K, Window>>,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    since: Instant,
    misses: u32,
    /// When the next slowed try may go.
    next: Instant,
}

impl<K> Default for Brake<K> {
    fn default() -> Self {
        Self { windows: Mutex::new(HashMap::new()) }
    }
}

impl<K: Hash + Eq> Brake<K> {
    async fn pass(&self, key: &K, free: u32, window: Duration, gap: Duration) -> Result<(), Refusal> {
        let wait = self.wait(key, free, window, gap, Instant::now())?;
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    /// How long this try has to wait; takes its place in the queue.
    fn wait(
        &self,
        key: &K,
        free: u32,
        window: Duration,
        gap: Duration,
        now: Instant,
    ) -> Result<Duration, CommonRefusal> {
        let mut windows = self.windows.lock();
        let Some(one) = windows.get_mut(key) else { return Ok(Duration::ZERO) };
        if now.duration_since(one.since) > window {
            windows.remove(key);
            return Ok(Duration::ZERO);
        }
        if one.misses < free {
            return Ok(Duration::ZERO);
        }
        let at = one.next.max(now);
        let wait = at.duration_since(now);
        if wait > QUEUE {
            return Err(CommonRefusal::SlowDown { wait_s: wait.as_secs() + 1 });
        }
        one.next = at + gap;
        Ok(wait)
    }

    fn miss(&self, key: K, window: Duration) {
        let now = Instant::now();
        let mut windows = self.windows.lock();
        if windows.len() >= REMEMBERED {
            windows.retain(|_, one| now.duration_since(one.since) <= window / 2);
            if windows.len() >= REMEMBERED {
                windows.clear();
            }
        }
        let one = windows.entry(key).or_insert(Window { since: now, misses: 0, next: now });
        if now.duration_since(one.since) > window {
            *one = Window { since: now, misses: 0, next: now };
        }
        one.misses = one.misses.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_misses_are_free_then_tries_queue_then_they_are_refused() {
        let brake = Brake::<u8>::default();
        let now = Instant::now();
        let wait = |now| brake.wait(&1, 3, WINDOW, GAP, now);
        for _ in 0..3 {
            assert_eq!(wait(now), Ok(Duration::ZERO));
            brake.miss(1, WINDOW);
        }
        let soon = Instant::now();
        let first = wait(soon).expect("queued");
        let second = wait(soon).expect("queued");
        assert_eq!(second, first + GAP);
        for _ in 0..40 {
            let _ = wait(soon);
        }
        assert!(matches!(wait(soon), Err(CommonRefusal::SlowDown { .. })));
        assert_eq!(wait(soon + QUEUE + GAP).map(|w| w <= GAP), Ok(true), "the neighbour gets through");
        assert_eq!(wait(soon + 2 * WINDOW), Ok(Duration::ZERO), "and the window ends");
        assert_eq!(brake.wait(&2, 3, WINDOW, GAP, soon), Ok(Duration::ZERO), "others are not slowed");
    }

    #[test]
    fn one_subscriber_is_one_network() {
        let of = |text: &str| Network::from(text.parse::<IpAddr>().expect(text));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:10.0.0.1"), of("10.0.0.1"));
    }
}
