//! Opaque sessions: the token is random, only its keyed hash is kept, and roles are read anew with every request.

use linli_domain::id::{AreaId, CommunityId, PersonId};
use linli_domain::people::view::{AreaOfWork, Missing, PlaceOfWork, SessionView};
use linli_domain::people::{Actor, Role};
use linli_domain::time::Timestamp;
use linli_store::{Stop, Tx, Work, people};

use crate::App;
use crate::command::Denied;
use crate::sealing::Purpose;

/// Days without use until a session ends: the desk uses it daily.
pub const IDLE_DAYS: i64 = 7;
/// Days until it ends in any case.
pub const MOST_DAYS: i64 = 30;
/// A session's last use is written at most this often, in microseconds.
const TOUCH_US: i64 = 10 * 60 * 1_000_000;

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// As pages show it.
    pub view: SessionView,
    /// The actor with the roles of this moment.
    pub actor: Actor,
}

struct Load {
    mac: [u8; 32],
    now: Timestamp,
}

impl Work for Load {
    type Out = Option<(Session, Timestamp)>;
    fn name(&self) -> &'static str {
        "load-session"
    }
    async fn run(&self, tx: &Tx) -> Result<Self::Out, Stop> {
        let idle_since = self.now.plus_days(-IDLE_DAYS);
        let Some((person, name, seen_at, factors, second)) =
            people::session(tx, &self.mac, idle_since, self.now).await?
        else {
            return Ok(None);
        };
        let rows = people::roles(tx, person).await?;
        let areas = people::area_roles(tx, person).await?;
        let mut session = session(person, name, rows, areas);
        session.view.missing = match (factors > 1, second.is_some()) {
            (true, _) => None,
            (false, true) => Some(Missing::Code),
            (false, false) => session.actor.needs_second_factor().then_some(Missing::SecondFactor),
        };
        // Half a sign-in opens nothing but the page for the other half.
        if session.view.missing.is_some() {
            session.actor = Actor::person_with(person, Vec::new());
            session.view.places.clear();
            session.view.areas.clear();
        }
        Ok(Some((session, seen_at)))
    }
}

fn session(
    person: PersonId,
    name: String,
    rows: Vec<(CommunityId, Role, String, String)>,
    areas: Vec<(AreaId, Role, String)>,
) -> Session {
    let roles: Vec<_> = rows.iter().map(|(community, role, ..)| (*community, *role)).collect();
    let wide: Vec<_> = areas.iter().map(|(area, role, _)| (*area, *role)).collect();
    let places = rows
        .into_iter()
        .map(|(_, role, community, name)| PlaceOfWork { community, name, role: role.code().into() })
        .collect();
    let areas = areas.into_iter().map(|(_, role, area)| AreaOfWork { area, role: role.code().into() }).collect();
    Session {
        view: SessionView { person, name, places, areas, missing: None },
        actor: Actor::Person { id: person, roles, wide },
    }
}

/// An account with the roles of this moment.
pub(crate) async fn actor(tx: &Tx, person: PersonId) -> Result<Actor, Stop> {
    let roles = people::roles(tx, person).await?.into_iter().map(|(community, role, ..)| (community, role)).collect();
    let wide = people::area_roles(tx, person).await?.into_iter().map(|(area, role, _)| (area, role)).collect();
    Ok(Actor::Person { id: person, roles, wide })
}

struct Touch {
    mac: [u8; 32],
    now: Timestamp,
}

impl Work for Touch {
    type Out = ();
    fn name(&self) -> &'static str {
        "touch-session"
    }
    async fn run(&self, tx: &Tx) -> Result<(), Stop> {
        people::touch_session(tx, self.now, &self.mac).await.map(drop)
    }
}

impl App {
    /// The session of a token, if it is one.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, Denied> {
        let (mac, now) = (self.keys.mac(Purpose::Session, &[token.as_bytes()]), self.clock.now());
        let Some((session, seen_at)) = self.store.read(Load { mac, now }).await? else {
            return Ok(None);
        };
        if now.us() - seen_at.us() > TOUCH_US {
            // Bookkeeping: a database that is full or read-only must not lock anybody out of reading.
            if let Err(stop) = self.store.write(Touch { mac, now }).await {
                tracing::warn!(?stop, "a session's last use was not noted");
            }
        }
        Ok(Some(session))
    }
}
