//! Argon2id, two at a time: a burst of sign-ins must not eat the machine.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use linli_domain::people::Password;
use linli_store::Fault;
use tokio::sync::Semaphore;

use crate::command::Denied;
use crate::ids::Randomness;

/// OWASP's first choice: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Hashes at the same time.
const AT_ONCE: usize = 2;
/// A hash that no password has, so that an unknown name takes as long as a wrong password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$5H4vRkmnqdZ7ovBPyTTHM8S1mVbkX6I9A2vTQbbF5k4";

/// What people here begin with, beside what the library knows: phrases that sound like figures, and our own name.
const HABITS: &[&str] = &[
    "linli",
    "woaini",
    "woaini1314",
    "1314",
    "5201314",
    "1314520",
    "520",
    "aini",
    "zhongguo",
    "beijing",
    "xiaoqu",
    "shequ",
    "qq123456",
    "a123456",
    "888888",
    "666666",
    "168168",
    "asdfghjk",
    "qazwsx",
    "laopo",
    "laogong",
    "baobei",
];

/// Whether a password is among those that are guessed first: common ones, names, dates, rows of keys.
pub(crate) fn is_common(password: &str) -> bool {
    zxcvbn::zxcvbn(password, HABITS).score() < zxcvbn::Score::Two
}

/// The queue in front of Argon2.
#[derive(Debug)]
pub struct Hashing {
    turns: Arc<Semaphore>,
}

impl Default for Hashing {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

fn argon2() -> Result<Argon2<'static>, Fault> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|e| Fault::Bug(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl Hashing {
    /// Hashes a password with a fresh salt; answers a PHC string.
    pub async fn hash(&self, random: &Randomness, password: Password) -> Result<String, Denied> {
        let mut salt = [0_u8; 16];
        random.fill(&mut salt);
        self.in_turn(move || {
            let hash = argon2()?.hash_password_with_salt(password.reveal().as_bytes(), &salt);
            hash.map(|hash| hash.to_string()).map_err(|e| Fault::Bug(e.to_string()))
        })
        .await
    }

    /// True when `password` is the one of `hash`; without a hash, false after the same work.
    pub async fn verify(&self, hash: Option<String>, password: String) -> Result<bool, Denied> {
        self.in_turn(move || {
            let stored = hash.as_deref().unwrap_or(NOBODY);
            let parsed = PasswordHash::new(stored).map_err(|e| Fault::Bug(e.to_string()))?;
            let fits = argon2()?.verify_password(password.as_bytes(), &parsed).is_ok();
            Ok(fits && hash.is_some())
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Denied> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| Denied::from(Fault::Busy))?;
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        Ok(done.await.map_err(|e| Fault::Bug(e.to_string()))??)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guessed_first_is_common() {
        for common in ["12345678", "password1", "qwertyui", "11111111", "linli123", "20080808", "woaini1314"] {
            assert!(is_common(common), "{common}");
        }
        for good in ["yangliu-heqiao-314", "今天天气真的很好", "k7q-w2m-x9z"] {
            assert!(!is_common(good), "{good}");
        }
    }

    #[tokio::test]
    async fn the_right_password_and_no_other() {
        let (hashing, random) = (Hashing::default(), Randomness::System);
        let password = Password::parse("今天天气真的很好").expect("long enough");
        let hash = hashing.hash(&random, password).await.expect("hashes");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(hashing.verify(Some(hash.clone()), "今天天气真的很好".into()).await, Ok(true));
        assert_eq!(hashing.verify(Some(hash), "今天天气真的不好".into()).await, Ok(false));
        assert_eq!(hashing.verify(None, "今天天气真的很好".into()).await, Ok(false));
    }
}
