//! The demo: an invented town with four communities, each story at its own stage.
//!
//! Invariant: everything is done by the use cases, as people's clicks would do it, on a clock that the demo moves; no
//! row is written behind their back. Places and people are invented, the facts are those of the stories.

mod cast;
mod content;
mod plan;
mod stage;

use linli_app::{App, Denied};
use linli_domain::matters::Stage;
use linli_domain::time::Timestamp;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde::Serialize;

/// The seed of the demo that `make run` builds.
pub const SEED: u64 = 2_941;
/// Days of history that the demo has.
pub const HISTORY_DAYS: i64 = 120;

/// An account of the demo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemoSignIn {
    /// The name to sign in with.
    pub name: String,
    /// The password.
    pub password: String,
    /// The role's code.
    pub role: String,
    /// The community's address word.
    pub community: String,
}

/// A receipt to try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemoReceipt {
    /// The community's address word.
    pub community: String,
    /// The code.
    pub code: String,
    /// Where its matter stands.
    pub stage: Stage,
}

/// What there is to try.
#[derive(Debug, Clone, Default)]
pub struct Demo {
    /// Accounts.
    pub sign_ins: Vec<DemoSignIn>,
    /// Receipts, a few of each stage in each community.
    pub receipts: Vec<DemoReceipt>,
}

/// Builds the demo. The clock of `app` stands [`HISTORY_DAYS`] before `now` at first and at `now` in the end; `told` gets
/// how many of how many steps are done.
pub async fn build(app: &App, seed: u64, now: Timestamp, mut told: impl FnMut(usize, usize)) -> Result<Demo, Denied> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut demo = Demo::default();
    let (mut scenes, mut acts) = (Vec::new(), Vec::new());
    for (at, setting) in content::settings().iter().enumerate() {
        let scene = cast::found(app, setting, &mut rng, &mut demo.sign_ins).await?;
        acts.extend(plan::acts(at, setting, now, &mut rng));
        scenes.push(scene);
    }
    acts.sort_by_key(|act| act.at);
    let mut stage = stage::Stages::new(app, scenes);
    let all = acts.len();
    for (done, act) in acts.into_iter().enumerate() {
        if done % 50 == 0 {
            told(done, all);
        }
        stage.play(&act, &mut rng).await?;
    }
    demo.receipts = stage.end(now).await?;
    told(all, all);
    Ok(demo)
}
