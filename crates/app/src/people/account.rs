//! One's own account: its sessions, its password, its second factor.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::PersonId;
use linli_domain::people::view::{AccountView, OwnSession};
use linli_domain::people::{PASSWORD_MAX, Password, PeopleRefusal, Permission};
use linli_domain::typed::{FieldRefusal, Fields};
use linli_store::{Fault, Stop, people};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::command::{Caller, Command, Cx, Denied, Here, Nothing, Query, Recorded};
use crate::people::hashing::is_common;
use crate::people::second::check_password;
use crate::people::session::actor;
use crate::sealing::Purpose;
use crate::tasks::me;

/// Shows one's own account.
#[derive(Debug)]
pub struct ShowAccount;

impl Query for ShowAccount {
    const NAME: &'static str = "show-account";
    const MAY: Permission = Permission::SIGNED_IN;
    type At = Here;
    type Input = Nothing;
    type View = AccountView;

    fn parse(_: Here, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<AccountView, Stop> {
        let person = me(cx)?;
        let mine = this_session(cx);
        let rows = people::sessions(cx.tx, person, cx.now).await?;
        let session = |(id, seen_at, until, mac): (PersonId, _, _, Vec<u8>)| OwnSession {
            id,
            seen_at,
            until,
            this: mine.is_some_and(|mine| mine.as_slice() == mac),
        };
        let has_second = people::own(cx.tx, person).await?.is_some_and(|row| row.1.is_some());
        let needs_second = actor(cx.tx, person).await?.needs_second_factor();
        Ok(AccountView { sessions: rows.into_iter().map(session).collect(), has_second, needs_second })
    }
}

fn this_session(cx: &Cx<'_>) -> Option<[u8; 32]> {
    cx.token.map(|token| cx.app.keys.mac(Purpose::Session, &[token.as_bytes()]))
}

/// What is sent to change one's password.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePasswordInput {
    /// The present one.
    pub password: String,
    /// The new one.
    pub new_password: String,
}

impl std::fmt::Debug for ChangePasswordInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChangePasswordInput").finish_non_exhaustive()
    }
}

/// Changes one's own password; every other session ends.
#[derive(Debug)]
pub struct ChangePassword {
    present: Option<String>,
    new: Password,
    hash: Option<String>,
}

/// How many sessions ended.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct SessionsEnded {
    /// Sessions on other devices.
    pub ended: u64,
}

/// A new password, neither short nor one that is guessed first.
pub(crate) fn new_password(raw: &str) -> Result<Password, linli_domain::refusal::Refusal> {
    let password = Password::parse(raw)?;
    if is_common(raw) { Err(PeopleRefusal::PasswordCommon.into()) } else { Ok(password) }
}

impl Command for ChangePassword {
    const NAME: &'static str = "change-password";
    const MAY: Permission = Permission::SIGNED_IN;
    type At = Here;
    type Input = ChangePasswordInput;
    type Done = SessionsEnded;

    fn parse(_: &Here, input: &ChangePasswordInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let new = fields.take("new_password", new_password(&input.new_password));
        let present = (input.password.chars().count() <= PASSWORD_MAX).then(|| input.password.clone());
        fields.done(|| Some(Self { present, new: new?, hash: None }))
    }

    async fn prepare(&mut self, app: &App, caller: &Caller) -> Result<(), Denied> {
        check_password(app, caller, self.present.take().unwrap_or_default()).await?;
        self.hash = Some(app.hashing.hash(&app.random, self.new.clone()).await?);
        Ok(())
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<SessionsEnded>, Stop> {
        let person = me(cx)?;
        let hash = self.hash.as_deref().ok_or(Fault::Bug("not prepared".into()))?;
        people::set_password(cx.tx, hash, person).await?;
        let ended = end_others(cx, person).await?;
        Ok(Recorded::new(SessionsEnded { ended }, Event::of(Kind::PasswordChanged, person.raw())))
    }
}

async fn end_others(cx: &Cx<'_>, person: PersonId) -> Result<u64, Stop> {
    match this_session(cx) {
        Some(mine) => people::end_other_sessions(cx.tx, person, &mine).await,
        None => people::end_sessions(cx.tx, person).await,
    }
}

/// Names one of one's own sessions.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct SessionAt {
    /// The session.
    pub session: PersonId,
}

/// Ends one of one's own sessions, wherever it is.
#[derive(Debug)]
pub struct EndSession(PersonId);

impl Command for EndSession {
    const NAME: &'static str = "end-session";
    const MAY: Permission = Permission::SIGNED_IN;
    type At = SessionAt;
    type Input = Nothing;
    type Done = SessionsEnded;

    fn parse(at: &SessionAt, _: &Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self(at.session))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<SessionsEnded>, Stop> {
        let person = me(cx)?;
        // A session that is over already is over: the wish is fulfilled.
        let ended = people::end_own_session(cx.tx, person, self.0).await?;
        Ok(Recorded::new(SessionsEnded { ended }, Event::of(Kind::SessionEnded, person.raw())))
    }
}

/// Ends every session of one's own but this one.
#[derive(Debug)]
pub struct EndOtherSessions;

impl Command for EndOtherSessions {
    const NAME: &'static str = "end-other-sessions";
    const MAY: Permission = Permission::SIGNED_IN;
    type At = Here;
    type Input = Nothing;
    type Done = SessionsEnded;

    fn parse(_: &Here, _: &Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<SessionsEnded>, Stop> {
        let person = me(cx)?;
        let ended = end_others(cx, person).await?;
        Ok(Recorded::new(SessionsEnded { ended }, Event::of(Kind::SessionEnded, person.raw())))
    }
}
