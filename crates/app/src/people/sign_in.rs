//! Signing in and out.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::PersonId;
use linli_domain::people::{PASSWORD_MAX, PeopleRefusal, Permission, sign_in_name};
use linli_domain::typed::FieldRefusal;
use linli_store::{Stop, Tx, Work, people};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::command::{Command, Cx, Denied, Here, Nothing, Recorded};
use crate::ids::hex;
use crate::people::session::MOST_DAYS;
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
}

/// A begun session.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignedIn {
    /// The token: a cookie for pages, `Authorization: Bearer` for programs.
    pub token: String,
    /// The account.
    pub person: PersonId,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn").field("person", &self.person).finish_non_exhaustive()
    }
}

struct Account(String);

impl Work for Account {
    type Out = Option<(PersonId, String, linli_domain::time::Timestamp)>;
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
        Ok(Self { name, password, person: None })
    }

    async fn prepare(&mut self, app: &App) -> Result<(), Denied> {
        let account = match &self.name {
            Some(name) => app.store.read(Account(name.clone())).await?,
            None => None,
        };
        let now = app.clock.now();
        let on = account.filter(|(_, _, off_at)| *off_at > now);
        let (person, hash) = on.map_or((None, None), |(person, hash, _)| (Some(person), Some(hash)));
        let fits = app.hashing.verify(hash, self.password.take().unwrap_or_default()).await?;
        self.person = person.filter(|_| fits);
        match self.person {
            Some(_) => Ok(()),
            None => Err(PeopleRefusal::WrongSignIn.into()),
        }
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<SignedIn>, Stop> {
        let person = self.person.ok_or(PeopleRefusal::WrongSignIn)?;
        let mut secret = [0_u8; 32];
        cx.app.random.fill(&mut secret);
        let token = hex(&secret);
        let mac = cx.app.keys.mac(Purpose::Session, &[token.as_bytes()]);
        let id = PersonId::new(cx.app.ids.next(cx.now));
        people::begin_session(cx.tx, id, &mac, person, cx.now, cx.now.plus_days(MOST_DAYS)).await?;
        Ok(Recorded::new(SignedIn { token, person }, Event::of(Kind::SignedIn, person.raw())))
    }
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
