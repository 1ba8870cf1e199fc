//! Communities with their people, on a database of the bench's own with full durability.

use linli_app::audit::guard::Guard;
use linli_app::clock::Clock;
use linli_app::command::{Here, Nothing, Place, Request};
use linli_app::ids::Randomness;
use linli_app::matters::list::ListingInput;
use linli_app::people::add::{AddPerson, AddPersonInput};
use linli_app::places::found::{FoundCommunity, FoundCommunityInput};
use linli_app::places::setup::ShowChoices;
use linli_app::sealing::Keys;
use linli_app::voices::erased::Journal;
use linli_app::{App, Caller, Parts};
use linli_domain::people::{Actor, Role};
use linli_store::{Location, Settings, Store};
use linli_testkit::{Engine, cluster};
use tempfile::TempDir;

/// Communities that the callers are spread over.
pub const COMMUNITIES: usize = 16;
/// The password of everybody in the bench.
pub const PASSWORD: &str = "yangliu-heqiao-314";

/// One community.
#[derive(Debug)]
pub struct Community {
    /// The community.
    pub place: Place,
    /// Its dispatcher.
    pub desk: Caller,
    /// A volunteer.
    pub volunteer: Caller,
    /// What is listed.
    pub listing: ListingInput,
    /// Sign-in names of the two.
    pub names: [String; 2],
}

/// The bench's own instance.
#[derive(Debug)]
pub struct World {
    /// The use cases.
    pub app: App,
    /// The communities.
    pub communities: Vec<Community>,
    /// Where the database is.
    pub location: Location,
    /// Callers at the same time.
    pub callers: usize,
    /// The folder of everything.
    pub folder: TempDir,
    postgres: Option<std::path::PathBuf>,
}

impl World {
    /// A fresh instance in a folder called `data`, its key beside it, as the server has them.
    pub async fn new(engine: Engine, callers: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("data");
        std::fs::create_dir_all(&data).expect("a folder");
        let (location, postgres) = match engine {
            Engine::Sqlite => (Location::Sqlite(data.join("linli.db")), None),
            Engine::Postgres => {
                let server = std::env::temp_dir().join(format!("linli-bench-{}-{}", std::process::id(), unique()));
                let port = cluster::launch(&server, "-c max_connections=200 -c shared_buffers=256MB");
                (Location::Postgres(cluster::url(port, "postgres")), Some(server))
            }
        };
        let app = App::new(Parts {
            store: Store::open(&location, Settings::default()).await.expect("the store opens"),
            clock: Clock::System,
            keys: Keys::open_file(&folder.path().join("data.key")).expect("a key"),
            random: Randomness::System,
            node: 1,
            photos: data.join("photos"),
            journal: Journal::new(folder.path().join("data.erased")),
            guard: Guard::open(folder.path().join("data.signed")).expect("what was signed"),
        });
        let mut communities = Vec::new();
        for n in 0..COMMUNITIES {
            communities.push(community(&app, n).await);
        }
        Self { app, communities, location, callers, folder, postgres }
    }

    /// Stops its own PostgreSQL server.
    pub fn end(self) {
        if let Some(server) = &self.postgres {
            cluster::stop(server);
        }
    }
}

fn unique() -> u64 {
    Randomness::System.below(1 << 40)
}

async fn community(app: &App, n: usize) -> Community {
    let slug = format!("bench-{n}");
    let input = FoundCommunityInput {
        slug: slug.clone(),
        name: format!("第{n}村"),
        area: "青麦镇".into(),
        duty_name: "老丁".into(),
        duty_phone: "0570-5550 0103".into(),
        office: "村委会".into(),
        confirm_days: Some(7),
        groups: (1..=16).map(|group| format!("{group}组")).collect(),
        categories: vec!["照明".into(), "水利".into()],
    };
    let request = Request::<FoundCommunity>::new(Here {}, input);
    app.execute(&Caller::system(), &App::instance(), request).await.expect("founded");
    let place = app.community(&slug).await.expect("a community");
    let (desk, desk_name) = person(app, &place, Role::Dispatcher, n).await;
    let (volunteer, volunteer_name) = person(app, &place, Role::Volunteer, n).await;
    let choices = app.ask::<ShowChoices>(&desk, &place, Here {}, Nothing {}).await.expect("choices");
    let listing = ListingInput {
        wording: "修三号楼门口路灯".into(),
        category: choices.categories[0].id.to_string(),
        group: choices.groups[0].id.to_string(),
        responsible: "王大姐".into(),
        deadline: "2027-06-30".into(),
        version: None,
    };
    Community { place, desk, volunteer, listing, names: [desk_name, volunteer_name] }
}

async fn person(app: &App, place: &Place, role: Role, n: usize) -> (Caller, String) {
    let name = format!("{}-{n}", role.code());
    let input = AddPersonInput {
        name: name.clone(),
        sign_in_name: None,
        password: PASSWORD.into(),
        role: role.code().into(),
        area: None,
    };
    let added = app.execute(&Caller::system(), place, Request::<AddPerson>::new(Here {}, input)).await.expect("added");
    (Caller::of(Actor::person_with(added.person, vec![(place.id, role)])), name)
}
