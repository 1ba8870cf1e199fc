//! The product in process: many callers, each going through rounds of the lifecycle.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use linli_app::command::{Command, Here, Nothing, Place, Request};
use linli_app::matters::MatterAt;
use linli_app::matters::list::ListMatter;
use linli_app::tasks::TaskAt;
use linli_app::tasks::accept::AcceptTask;
use linli_app::tasks::dispatch::{DispatchTask, DispatchTaskInput};
use linli_app::tasks::finish::{FinishTask, FinishTaskInput};
use linli_app::voices::answer::{AnswerVoice, AnswerVoiceInput};
use linli_app::voices::say::{SayVoice, SayVoiceInput};
use linli_app::voices::standing::ReceiptAt;
use linli_app::voices::take::{TakeVoice, TakeVoiceInput};
use linli_app::{App, Caller};
use linli_domain::matters::MatterRef;

use crate::script::Kind;
use crate::world::{Community, World};

/// What somebody says in every round.
pub const WORDS: &str = "三号楼门口的路灯坏了三天，晚上看不见路";

/// One turn of measuring.
#[derive(Debug)]
pub struct Turn {
    /// Rounds that were finished.
    pub rounds: usize,
    /// Commands that were acknowledged.
    pub commands: usize,
    /// How long it took.
    pub elapsed: Duration,
    /// How long each command took.
    pub latencies: Vec<Duration>,
}

impl Turn {
    /// Commands in a second.
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    pub fn commands_per_s(&self) -> f64 {
        self.commands as f64 / self.elapsed.as_secs_f64()
    }
}

/// Runs rounds for a while.
pub async fn run(world: &World, kind: Kind, time: Duration) -> Turn {
    let started = Instant::now();
    let keys = Arc::new(AtomicU64::new(u64::try_from(started.elapsed().as_nanos()).unwrap_or(0)));
    let salt = linli_app::ids::Randomness::System.below(1 << 50);
    let mut callers = tokio::task::JoinSet::new();
    for n in 0..world.callers {
        let community = &world.communities[n % world.communities.len()];
        let mut caller = Walker {
            app: world.app.clone(),
            place: community.place.clone(),
            desk: community.desk.clone(),
            volunteer: community.volunteer.clone(),
            listing: community.listing.clone(),
            keys: Arc::clone(&keys),
            salt,
            latencies: Vec::new(),
        };
        callers.spawn(async move {
            let mut rounds = 0;
            while started.elapsed() < time {
                match kind {
                    Kind::Submit => caller.submit().await,
                    Kind::Lifecycle => caller.round().await,
                }
                rounds += 1;
            }
            (rounds, caller.latencies)
        });
    }
    let (mut rounds, mut latencies) = (0, Vec::new());
    for (some, took) in callers.join_all().await {
        rounds += some;
        latencies.extend(took);
    }
    Turn { rounds, commands: latencies.len(), elapsed: started.elapsed(), latencies }
}

struct Walker {
    app: App,
    place: Place,
    desk: Caller,
    volunteer: Caller,
    listing: linli_app::matters::list::ListingInput,
    keys: Arc<AtomicU64>,
    salt: u64,
    latencies: Vec<Duration>,
}

impl Walker {
    async fn run<C: Command>(&mut self, by: &Caller, at: C::At, input: C::Input) -> C::Done {
        let key = format!("{}-{}", self.salt, self.keys.fetch_add(1, Ordering::Relaxed));
        let started = Instant::now();
        let done = self.app.execute(by, &self.place, Request::<C>::new(at, input).keyed(key)).await;
        self.latencies.push(started.elapsed());
        done.unwrap_or_else(|denied| panic!("{}: {denied}", C::NAME))
    }

    async fn submit(&mut self) {
        let input = SayVoiceInput { text: WORDS.into(), contact: None, place: None };
        self.run::<SayVoice>(&Caller::resident(), Here {}, input).await;
    }

    async fn round(&mut self) {
        let (desk, volunteer) = (self.desk.clone(), self.volunteer.clone());
        let input = TakeVoiceInput { text: WORDS.into(), channel: "telephone".into(), ..TakeVoiceInput::default() };
        let taken = self.run::<TakeVoice>(&desk, Here {}, input).await;
        let at = MatterAt { matter: MatterRef::Id(taken.matter) };
        let listing = self.listing.clone();
        self.run::<ListMatter>(&desk, at, listing).await;
        let input = DispatchTaskInput { instruction: Some("换灯泡".into()), ..DispatchTaskInput::default() };
        let task = self.run::<DispatchTask>(&desk, at, input).await.id;
        self.run::<AcceptTask>(&volunteer, TaskAt { task }, Nothing {}).await;
        let note = FinishTaskInput { note: Some("弄好了".into()) };
        self.run::<FinishTask>(&volunteer, TaskAt { task }, note).await;
        let input = AnswerVoiceInput { verdict: "solved".into(), reason: None, round: None };
        self.run::<AnswerVoice>(&Caller::resident(), ReceiptAt { code: taken.said.receipt }, input).await;
    }
}

/// A community's slug and names, for callers over HTTP.
pub fn named(community: &Community) -> (&str, &[String; 2]) {
    (&community.place.slug, &community.names)
}
