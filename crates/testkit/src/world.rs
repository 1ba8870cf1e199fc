//! A community with its people on either engine, and the short words that tests are written in.

use std::sync::atomic::{AtomicU64, Ordering};

use linli_app::audit::guard::Guard;
use linli_app::clock::Clock;
use linli_app::command::{Command, Here, Nothing, Place, Query, Request};
use linli_app::ids::Randomness;
use linli_app::matters::list::{ListMatter, ListingInput};
use linli_app::matters::show::ShowMatter;
use linli_app::matters::{MatterAt, Moved};
use linli_app::people::add::{AddPerson, AddPersonInput};
use linli_app::places::found::{FoundCommunity, FoundCommunityInput};
use linli_app::places::setup::{Choices, ShowChoices};
use linli_app::sealing::Keys;
use linli_app::tasks::accept::AcceptTask;
use linli_app::tasks::dispatch::{DispatchTask, DispatchTaskInput};
use linli_app::tasks::finish::{FinishTask, FinishTaskInput};
use linli_app::tasks::{TaskAt, TaskMoved};
use linli_app::voices::Said;
use linli_app::voices::answer::{AnswerVoice, AnswerVoiceInput, Answered};
use linli_app::voices::erased::Journal;
use linli_app::voices::say::{SayVoice, SayVoiceInput};
use linli_app::voices::standing::{ReceiptAt, ShowStanding};
use linli_app::{App, Caller, Denied, Parts};
use linli_domain::id::{MatterId, PersonId, TaskId};
use linli_domain::matters::MatterRef;
use linli_domain::matters::view::MatterView;
use linli_domain::people::{Actor, Role};
use linli_domain::time::Timestamp;
use linli_domain::voices::view::StandingView;
use linli_store::{Location, Settings, Store};
use tempfile::TempDir;

use crate::cluster::cluster;

/// The password of everybody in a test.
pub const PASSWORD: &str = "yangliu-heqiao-314";

/// Which engine a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in a temporary folder.
    Sqlite,
    /// A database of the test cluster.
    Postgres,
}

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct Member {
    /// The account.
    pub id: PersonId,
    /// The name to sign in with.
    pub name: String,
    /// As a caller.
    pub caller: Caller,
}

/// A community of a test's own.
#[derive(Debug)]
pub struct World {
    /// The use cases; the clock stands still until the test moves it.
    pub app: App,
    /// The community.
    pub place: Place,
    /// Its dispatcher.
    pub desk: Member,
    /// Its grid worker.
    pub grid: Member,
    /// Two volunteers.
    pub volunteers: [Member; 2],
    /// Groups, categories, people.
    pub choices: Choices,
    /// Where its database is.
    pub location: Location,
    node: u16,
    folder: TempDir,
}

static NEXT: AtomicU64 = AtomicU64::new(0);

impl World {
    /// On an engine; on PostgreSQL in the shared database.
    pub async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let location = match engine {
            Engine::Sqlite => Location::Sqlite(folder.path().join("linli.db")),
            Engine::Postgres => cluster().await.shared(),
        };
        Self::at(location, folder).await
    }
    /// On an engine, in a database that no other test sees.
    pub async fn alone(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let location = match engine {
            Engine::Sqlite => Location::Sqlite(folder.path().join("linli.db")),
            Engine::Postgres => cluster().await.own().await,
        };
        Self::at(location, folder).await
    }

    /// Like [`Self::alone`], with the same ids, secrets and names as every other world of this seed.
    pub async fn seeded(engine: Engine, seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let location = match engine {
            Engine::Sqlite => Location::Sqlite(folder.path().join("linli.db")),
            Engine::Postgres => cluster().await.own().await,
        };
        Self::with(location, folder, Clock::at(morning()), Randomness::seeded(seed), 1, &mut |begin| {
            format!("{begin}-seeded")
        })
        .await
    }

    async fn at(location: Location, folder: TempDir) -> Self {
        let node = u16::try_from(Randomness::System.below(1024)).expect("a node");
        let clock = Clock::at(morning());
        // Tests share a database: the same node in the same millisecond would make the same ids.
        clock.advance_us(i64::try_from(Randomness::System.below(1_000)).expect("small") * 1_000);
        Self::with(location, folder, clock, Randomness::System, node, &mut unique).await
    }

    async fn with(
        location: Location,
        folder: TempDir,
        clock: Clock,
        random: Randomness,
        node: u16,
        name: &mut (dyn FnMut(&str) -> String + Send),
    ) -> Self {
        let app = open(&location, clock, random, node, &folder).await;
        let place = found(&app, name).await;
        let desk = member(&app, &place, Role::Dispatcher, name("desk")).await;
        let grid = member(&app, &place, Role::GridWorker, name("grid")).await;
        let (one, two) = (name("one"), name("two"));
        let volunteers =
            [member(&app, &place, Role::Volunteer, one).await, member(&app, &place, Role::Volunteer, two).await];
        let choices = app.ask::<ShowChoices>(&desk.caller, &place, Here {}, Nothing {}).await.expect("choices");
        Self { app, place, desk, grid, volunteers, choices, location, node, folder }
    }

    /// The folder of this test: the SQLite file and the photos lie in it.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
    /// A second process on the same database that believes itself to be the first: the ids it makes are the same.
    pub async fn twin(&self) -> App {
        let clock = Clock::at(self.app.clock().now());
        open(&self.location, clock, Randomness::System, self.node, &self.folder).await
    }
    /// The same installation with another database file under it, such as an older backup.
    pub async fn on(&self, file: &std::path::Path) -> App {
        let clock = Clock::at(self.app.clock().now());
        open(&Location::Sqlite(file.to_owned()), clock, Randomness::System, self.node, &self.folder).await
    }
    /// The same installation with other keys: after a rotation, or with somebody else's key file.
    pub async fn keyed(&self, keys: Keys) -> App {
        let clock = Clock::at(self.app.clock().now());
        open_with(&self.location, clock, Randomness::System, self.node, &self.folder, keys).await
    }
    /// Another community of the same instance.
    pub async fn neighbour(&self) -> Place {
        found(&self.app, &mut unique).await
    }
    /// One more member of a community.
    pub async fn member(&self, place: &Place, role: Role) -> Member {
        member(&self.app, place, role, unique(role.code())).await
    }

    /// Executes a command in this community.
    pub async fn run<C: Command>(&self, by: &Caller, at: C::At, input: C::Input) -> Result<C::Done, Denied> {
        self.app.execute(by, &self.place, Request::<C>::new(at, input)).await
    }
    /// Asks a query in this community.
    pub async fn ask<Q: Query>(&self, by: &Caller, at: Q::At, input: Q::Input) -> Result<Q::View, Denied> {
        self.app.ask::<Q>(by, &self.place, at, input).await
    }

    /// A resident says something.
    pub async fn say(&self, words: &str) -> Said {
        let input = SayVoiceInput { text: words.into(), contact: None, place: None };
        self.run::<SayVoice>(&Caller::resident(), Here {}, input).await.expect("said")
    }
    /// A resident says something; the matter that was made for it, too.
    pub async fn received(&self, words: &str) -> (Said, MatterId) {
        use linli_app::matters::overview::{MattersInput, ShowMatters};
        let said = self.say(words).await;
        let input = MattersInput { stage: Some("received".into()), cursor: None };
        let inbox = self.ask::<ShowMatters>(&self.desk.caller, Here {}, input).await.expect("inbox");
        (said, inbox.matters.first().expect("a matter").id)
    }
    /// What is to stand on the list.
    pub fn listing(&self, wording: &str) -> ListingInput {
        ListingInput {
            wording: wording.into(),
            category: self.choices.categories[0].id.to_string(),
            group: self.choices.groups[0].id.to_string(),
            responsible: "王大姐".into(),
            deadline: "2026-06-30".into(),
            version: None,
        }
    }
    /// The desk lists a matter.
    pub async fn list(&self, matter: MatterId, wording: &str) -> Result<Moved, Denied> {
        self.run::<ListMatter>(&self.desk.caller, named(matter), self.listing(wording)).await
    }
    /// Said and listed.
    pub async fn listed(&self, words: &str) -> (Said, MatterId) {
        let (said, matter) = self.received(words).await;
        self.list(matter, words).await.expect("listed");
        (said, matter)
    }
    /// The desk offers a task.
    pub async fn offer(&self, matter: MatterId) -> Result<TaskMoved, Denied> {
        self.run::<DispatchTask>(&self.desk.caller, named(matter), DispatchTaskInput::default()).await
    }
    /// Somebody takes a task.
    pub async fn accept(&self, by: &Member, task: TaskId) -> Result<TaskMoved, Denied> {
        self.run::<AcceptTask>(&by.caller, TaskAt { task }, Nothing {}).await
    }
    /// Somebody finishes a task.
    pub async fn finish(&self, by: &Member, task: TaskId) -> Result<TaskMoved, Denied> {
        self.run::<FinishTask>(&by.caller, TaskAt { task }, FinishTaskInput { note: Some("弄好了".into()) }).await
    }
    /// One round of work by the first volunteer.
    pub async fn work(&self, matter: MatterId) -> TaskId {
        let task = self.offer(matter).await.expect("offered").id;
        self.accept(&self.volunteers[0], task).await.expect("accepted");
        self.finish(&self.volunteers[0], task).await.expect("finished");
        task
    }
    /// Said, listed and done: the one who asked is asked.
    pub async fn awaiting(&self, words: &str) -> (Said, MatterId) {
        let (said, matter) = self.listed(words).await;
        self.work(matter).await;
        (said, matter)
    }
    /// The owner of a receipt answers.
    pub async fn answer(&self, said: &Said, verdict: &str) -> Result<Answered, Denied> {
        let input = AnswerVoiceInput { verdict: verdict.into(), reason: None, round: None };
        let at = ReceiptAt { code: said.receipt.clone() };
        self.run::<AnswerVoice>(&Caller::resident(), at, input).await
    }
    /// Where the owner of a receipt sees it stand.
    pub async fn standing(&self, said: &Said) -> StandingView {
        let at = ReceiptAt { code: said.receipt.clone() };
        self.ask::<ShowStanding>(&Caller::resident(), at, Nothing {}).await.expect("standing")
    }
    /// A matter as the desk reads it.
    pub async fn matter(&self, matter: MatterId) -> MatterView {
        self.ask::<ShowMatter>(&self.desk.caller, named(matter), Nothing {}).await.expect("a matter")
    }
}

fn named(matter: MatterId) -> MatterAt {
    MatterAt { matter: MatterRef::Id(matter) }
}

/// A name that nobody else in the shared database has.
fn unique(begin: &str) -> String {
    let count = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{begin}-{}-{count}-{:x}", std::process::id(), Randomness::System.below(1 << 32))
}

fn morning() -> Timestamp {
    Timestamp::parse("2026-03-02 09:00:00").expect("a time")
}

/// The secret that the keys of every test are derived from.
pub const SECRET: [u8; 32] = [7; 32];

async fn open(location: &Location, clock: Clock, random: Randomness, node: u16, folder: &TempDir) -> App {
    open_with(location, clock, random, node, folder, Keys::derive(&SECRET)).await
}

async fn open_with(
    location: &Location,
    clock: Clock,
    random: Randomness,
    node: u16,
    folder: &TempDir,
    keys: Keys,
) -> App {
    let store = Store::open(location, Settings { readers: 2, connections: 8 }).await.expect("the store opens");
    let photos = folder.path().join("photos");
    let guard = Guard::open(folder.path().join("data.signed")).expect("what was signed");
    let journal = Journal::new(folder.path().join("data.erased"));
    App::new(Parts { store, clock, keys, random, node, photos, guard, journal })
}

async fn found(app: &App, name: &mut (dyn FnMut(&str) -> String + Send)) -> Place {
    loop {
        let slug = name("c");
        let input = FoundCommunityInput {
            slug: slug.clone(),
            name: "谷场村".into(),
            area: "青麦镇".into(),
            duty_name: "老丁".into(),
            duty_phone: "0570-5550 0103".into(),
            office: "村委会".into(),
            confirm_days: Some(7),
            groups: vec!["一组".into(), "二组".into()],
            categories: vec!["照明".into(), "水利".into()],
        };
        match app.execute(&Caller::system(), &App::instance(), Request::<FoundCommunity>::new(Here {}, input)).await {
            Ok(_) => return app.community(&slug).await.expect("a community"),
            // Many tests found communities in one database at the same time.
            Err(Denied::Refused(refusal)) if refusal.code == "raced" => {}
            Err(other) => panic!("no community: {other}"),
        }
    }
}

async fn member(app: &App, place: &Place, role: Role, name: String) -> Member {
    let input = AddPersonInput {
        name: name.chars().take(40).collect(),
        sign_in_name: None,
        password: PASSWORD.into(),
        role: role.code().into(),
        area: None,
    };
    let added = app.execute(&Caller::system(), place, Request::<AddPerson>::new(Here {}, input)).await.expect("added");
    let caller = Caller::of(Actor::person_with(added.person, vec![(place.id, role)]));
    Member { id: added.person, name: name.chars().take(40).collect(), caller }
}
