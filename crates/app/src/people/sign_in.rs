//! Signing in and out.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::PersonId;
use linli_domain::people::view::Missing;
use linli_domain::people::{PASSWORD_MAX, PeopleRefusal, Permission, sign_in_name};
use linli_domain::time::Timestamp;
use linli_domain::typed::FieldRefusal;
use linli_store::{Stop, Tx, Work, people};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::command::{Caller, Command, Cx, Denied, Here, Nothing, Recorded};
use crate::ids::hex;
use crate::people::session::{MOST_DAYS, actor};
use crate::sealing::Purpose;

/// What is typed at sign-in.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInInput {
    /// The sign-in name.
    pub name: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for SignInInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignInInput").finish_non_exhaustive()
    }
}

/// Begins a session for the right password. Wrong name, wrong password and a switched-off account are one answer,
/// after the same work.
#[derive(Debug)]
pub struct SignIn {
    name: Option<String>,
    password: Option<String>,
    person: Option<PersonId>,
    has_second: bool,
}

/// A begun session.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignedIn {
    /// The token: a cookie for pages, `Authorization: Bearer` for programs.
    pub token: String,
    /// The account.
    pub person: PersonId,
    /// What this session still needs before it may do anything.
    pub missing: Option<Missing>,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn").field("person", &self.person).finish_non_exhaustive()
    }
}

struct Account(String);

impl Work for Account {
    type Out = Option<(PersonId, String, Timestamp, Option<Vec<u8>>)>;
    fn name(&self) -> &'static str {
        "find-account"
    }
    async fn run(&self, tx: &Tx) -> Result<Self::Out, Stop> {
        people::by_sign_in_name(tx, &self.0).await
    }
}

impl Command for SignIn {
    const NAME: &'static str = "sign-in";
    const MAY: Permission = Permission::EVERYBODY;
    type At = Here;
    type Input = SignInInput;
    type Done = SignedIn;

    fn parse(_: &Here, input: &SignInInput) -> Result<Self, Vec<FieldRefusal>> {
        // What can be nobody's name or password is simply wrong: no other answer, no shorter way.
        let name = sign_in_name(&input.name).ok().map(|line| line.as_str().to_owned());
        let password = (input.password.chars().count() <= PASSWORD_MAX).then(|| input.password.clone());
        Ok(Self { name, password, person: None, has_second: false })
    }

    async fn prepare(&mut self, app: &App, _: &Caller) -> Result<(), Denied> {
        let account = match &self.name {
            Some(name) => app.store.read(Account(name.clone())).await?,
            None => None,
        };
        let now = app.clock.now();
        let on = account.filter(|(_, _, off_at, _)| *off_at > now);
        self.has_second = on.as_ref().is_some_and(|row| row.3.is_some());
        let (person, hash) = on.map_or((None, None), |(person, hash, ..)| (Some(person), Some(hash)));
        let fits = app.hashing.verify(hash, self.password.take().unwrap_or_default()).await?;
        self.person = person.filter(|_| fits);
        match self.person {
            Some(_) => Ok(()),
            None => Err(PeopleRefusal::WrongSignIn.into()),
        }
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<SignedIn>, Stop> {
        let person = self.person.ok_or(PeopleRefusal::WrongSignIn)?;
        let token = begin(cx, person, 1).await?;
        let missing = missing(cx, person, self.has_second).await?;
        Ok(Recorded::new(SignedIn { token, person, missing }, Event::of(Kind::SignedIn, person.raw())))
    }
}

/// What a session of one factor still needs.
async fn missing(cx: &Cx<'_>, person: PersonId, has_second: bool) -> Result<Option<Missing>, Stop> {
    if has_second {
        return Ok(Some(Missing::Code));
    }
    Ok(actor(cx.tx, person).await?.needs_second_factor().then_some(Missing::SecondFactor))
}

/// Begins a session; answers its token.
pub(crate) async fn begin(cx: &Cx<'_>, person: PersonId, factors: i64) -> Result<String, Stop> {
    let mut secret = [0_u8; 32];
    cx.app.random.fill(&mut secret);
    let token = hex(&secret);
    let mac = cx.app.keys.mac(Purpose::Session, &[token.as_bytes()]);
    let id = PersonId::new(cx.app.ids.next(cx.now));
    people::begin_session(cx.tx, id, &mac, person, cx.now, cx.now.plus_days(MOST_DAYS), factors).await?;
    Ok(token)
}

/// Ends the session that asks for it.
#[derive(Debug)]
pub struct SignOut;

/// Nothing to tell.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct SignedOut {}

impl Command for SignOut {
    const NAME: &'static str = "sign-out";
    const MAY: Permission = Permission::EVERYBODY;
    type At = Here;
    type Input = Nothing;
    type Done = SignedOut;

    fn parse(_: &Here, _: &Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<SignedOut>, Stop> {
        // Signing out twice, or without a session, is no fault: the wish is fulfilled.
        if let Some(token) = cx.token {
            let mac = cx.app.keys.mac(Purpose::Session, &[token.as_bytes()]);
            people::end_session(cx.tx, &mac).await?;
        }
        let person = cx.actor.person().map_or(0, PersonId::raw);
        Ok(Recorded::new(SignedOut {}, Event::of(Kind::SignedOut, person)))
    }
}
