//! The daily job: what is past its time goes, a little at a time, and a report says how much.

use linli_domain::audit::{Event, Kind};
use linli_domain::people::Permission;
use linli_domain::time::{Day, Timestamp};
use linli_domain::typed::FieldRefusal;
use linli_domain::voices::privacy::{ForgettingView, Held};
use linli_store::{Stop, Work, audit, forgettings, reveals, tasks, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::command::{Caller, Command, Cx, Denied, Here, Nothing, Place, Query, Recorded, Request};
use crate::voices::erase::{forget_contact, forget_photos, forget_words};

/// Rows of each kind in one transaction, so that people's commands get in between.
const CHUNK: i64 = 100;
/// Days of the report.
const REPORTED: i64 = 90;

/// Forgets some of what is past its time.
#[derive(Debug)]
pub struct ForgetPersonal;

/// How much was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Forgotten {
    /// Voices whose contact and place went.
    pub contacts: i64,
    /// Voices whose words went.
    pub words: i64,
    /// Photos that went.
    pub photos: i64,
    /// Tasks whose notes went.
    pub notes: i64,
}

impl Forgotten {
    /// True when nothing was past its time.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

impl Command for ForgetPersonal {
    const NAME: &'static str = "forget-personal";
    const MAY: Permission = Permission::OPERATE;
    type At = Here;
    type Input = Nothing;
    type Done = Forgotten;

    fn parse(_: &Here, _: &Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Forgotten>, Stop> {
        let tenant = cx.community.id;
        let mut done = Forgotten::default();
        for (voice,) in voices::contact_over(cx.tx, tenant, before(cx, Held::Contact), CHUNK).await? {
            forget_contact(cx, voice).await?;
            done.contacts += 1;
        }
        for (voice, arrived_as) in voices::words_over(cx.tx, tenant, before(cx, Held::Words), CHUNK).await? {
            done.photos += forget_words(cx, voice, arrived_as).await?;
            done.words += 1;
        }
        for (task, matter) in tasks::notes_over(cx.tx, tenant, before(cx, Held::Notes), CHUNK).await? {
            tasks::forget_notes(cx.tx, tenant, task).await?;
            tasks::forget_reasons(cx.tx, tenant, task).await?;
            audit::forget_openings(cx.tx, tenant, matter, task.raw()).await?;
            done.photos += forget_photos(cx, task.raw()).await?;
            done.notes += 1;
        }
        let day = cx.now.day();
        forgettings::add(cx.tx, tenant, day, done.contacts, done.words, done.photos, done.notes).await?;
        let event = Event::of(Kind::DataForgotten, 0)
            .with("contacts", done.contacts)
            .with("words", done.words)
            .with("photos", done.photos)
            .with("notes", done.notes);
        Ok(Recorded::new(done, event))
    }
}

fn before(cx: &Cx<'_>, held: Held) -> Timestamp {
    cx.now.plus_days(-held.days())
}

/// Forgets all that is past its time in one community; answers how much. A job that is killed goes on where it was.
pub async fn forget_personal(app: &App, place: &Place) -> Result<Forgotten, Denied> {
    let mut all = Forgotten::default();
    while app.store.read(Due { app: app.clone(), place: place.clone() }).await? {
        let request = Request::<ForgetPersonal>::new(Here {}, Nothing {});
        let some = app.execute(&Caller::system(), place, request).await?;
        if some.is_nothing() {
            break;
        }
        app.erased();
        all.contacts += some.contacts;
        all.words += some.words;
        all.photos += some.photos;
        all.notes += some.notes;
    }
    Ok(all)
}

/// Whether anything is past its time: an entry is written only where something goes.
struct Due {
    app: App,
    place: Place,
}

impl Work for Due {
    type Out = bool;
    fn name(&self) -> &'static str {
        "forget-due"
    }
    async fn run(&self, tx: &linli_store::Tx) -> Result<bool, Stop> {
        let (tenant, now) = (self.place.id, self.app.clock.now());
        let before = |held: Held| now.plus_days(-held.days());
        Ok(!voices::contact_over(tx, tenant, before(Held::Contact), 1).await?.is_empty()
            || !voices::words_over(tx, tenant, before(Held::Words), 1).await?.is_empty()
            || !tasks::notes_over(tx, tenant, before(Held::Notes), 1).await?.is_empty())
    }
}

struct Cover {
    app: App,
    place: Place,
}

impl Work for Cover {
    type Out = ();
    fn name(&self) -> &'static str {
        "cover-again"
    }
    async fn run(&self, tx: &linli_store::Tx) -> Result<(), Stop> {
        reveals::close(tx, self.place.id, self.app.clock.now()).await?;
        Ok(())
    }
}

/// Takes away the rows of what is covered again.
pub async fn cover_again(app: &App, place: &Place) -> Result<(), Denied> {
    Ok(app.store.write(Cover { app: app.clone(), place: place.clone() }).await?)
}

/// Reads the report of the last ninety days on which something went.
#[derive(Debug)]
pub struct ShowForgettings;

/// The rules and the report.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ForgettingsView {
    /// Each kind, with the days for which it is kept after its matter was closed.
    pub rules: Vec<(Held, i64)>,
    /// What went, newest day first.
    pub days: Vec<ForgettingView>,
}

impl Query for ShowForgettings {
    const NAME: &'static str = "show-forgettings";
    const MAY: Permission = Permission::READ_DESK;
    type At = Here;
    type Input = Nothing;
    type View = ForgettingsView;

    fn parse(_: Here, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<ForgettingsView, Stop> {
        let rows = forgettings::newest(cx.tx, cx.community.id, REPORTED).await?;
        let days = rows
            .into_iter()
            .map(|(day, contacts, words, photos, notes): (Day, _, _, _, _)| ForgettingView {
                day,
                contacts,
                words,
                photos,
                notes,
            })
            .collect();
        Ok(ForgettingsView { rules: Held::ALL.iter().map(|held| (*held, held.days())).collect(), days })
    }
}
