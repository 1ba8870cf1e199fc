//! Invitations: a link that makes one account with one role, once, within its days. Nobody sends passwords around.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::PersonId;
use linli_domain::people::view::InvitationView;
use linli_domain::people::{NAME_MAX, Password, PeopleRefusal, Permission, Role, sign_in_name};
use linli_domain::refusal::Refusal;
use linli_domain::time::Timestamp;
use linli_domain::typed::{FieldRefusal, Fields, Line, TypedRefusal};
use linli_store::{Fault, Stop, people};
use linli_text::names;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::command::{Caller, Command, Cx, Denied, Here, Nothing, Query, Recorded};
use crate::ids::hex;
use crate::people::account::new_password;
use crate::people::add::AddedPerson;
use crate::sealing::Purpose;

/// Days an invitation can be taken.
pub const INVITATION_DAYS: i64 = 7;

/// Whom to invite, as what.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitePersonInput {
    /// The name shown to colleagues.
    pub name: String,
    /// The role's code.
    pub role: String,
}

/// Invites somebody to work here.
#[derive(Debug)]
pub struct InvitePerson {
    name: Line,
    role: Role,
}

/// An invitation, shown once.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Invited {
    /// The address word and the token of the link `/invite/{community}/{token}`.
    pub path: String,
    /// Until when it can be taken.
    pub until: Timestamp,
}

/// Nobody gives a role that may more than the giver may here; administrators give every role, reading nothing themselves.
pub(crate) fn may_give(cx: &Cx<'_>, role: Role) -> Result<(), PeopleRefusal> {
    let own = cx.actor.may(cx.community);
    let may = own.contains(Permission::GIVE_ANY) || own.contains(role.may());
    if may { Ok(()) } else { Err(PeopleRefusal::RoleTooHigh) }
}

impl Command for InvitePerson {
    const NAME: &'static str = "invite-person";
    const MAY: Permission = Permission::KEEP_PEOPLE;
    type At = Here;
    type Input = InvitePersonInput;
    type Done = Invited;

    fn parse(_: &Here, input: &InvitePersonInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let name = fields.take("name", Line::parse(&input.name, NAME_MAX));
        let role: Result<Role, Refusal> = Role::from_code(&input.role).ok_or(TypedRefusal::NoSuchChoice.into());
        let role = fields.take("role", role);
        fields.done(|| Some(Self { name: name?, role: role? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Invited>, Stop> {
        may_give(cx, self.role)?;
        let mut secret = [0_u8; 16];
        cx.app.random.fill(&mut secret);
        let token = hex(&secret);
        let id = PersonId::new(cx.app.ids.next(cx.now));
        let until = cx.now.plus_days(INVITATION_DAYS);
        let mac = token_mac(cx, &token);
        people::invite(cx.tx, id, cx.community.id, &mac, self.name.as_str(), self.role, until).await?;
        let event =
            Event::of(Kind::PersonInvited, id.raw()).with("role", self.role.code()).saying("name", self.name.as_str());
        Ok(Recorded::new(Invited { path: format!("/invite/{}/{token}", cx.community.slug), until }, event))
    }
}

fn token_mac(cx: &Cx<'_>, token: &str) -> [u8; 32] {
    cx.app.keys.mac(Purpose::Invitation, &[token.as_bytes()])
}

/// Names an invitation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InvitationAt {
    /// The secret part of its link.
    pub token: String,
}

/// Shows whom an invitation is for.
#[derive(Debug)]
pub struct ShowInvitation(String);

impl Query for ShowInvitation {
    const NAME: &'static str = "show-invitation";
    const MAY: Permission = Permission::EVERYBODY;
    type At = InvitationAt;
    type Input = Nothing;
    type View = InvitationView;

    fn parse(at: InvitationAt, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self(at.token))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<InvitationView, Stop> {
        let found = people::invitation(cx.tx, cx.community.id, &token_mac(cx, &self.0), cx.now).await?;
        let (_, name, role) = found.ok_or(PeopleRefusal::InvitationOver)?;
        Ok(InvitationView { name, role: role.code().into() })
    }
}

/// What is sent to take an invitation.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeInvitationInput {
    /// The name to sign in with.
    pub sign_in_name: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for TakeInvitationInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TakeInvitationInput").finish_non_exhaustive()
    }
}

/// Takes an invitation: makes the account, with the role that was written into it and no other.
#[derive(Debug)]
pub struct TakeInvitation {
    token: String,
    sign_in_name: Line,
    password: Password,
    hash: Option<String>,
}

impl Command for TakeInvitation {
    const NAME: &'static str = "take-invitation";
    const MAY: Permission = Permission::EVERYBODY;
    type At = InvitationAt;
    type Input = TakeInvitationInput;
    type Done = AddedPerson;

    fn parse(at: &InvitationAt, input: &TakeInvitationInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let sign_in = fields.take("sign_in_name", sign_in_name(&input.sign_in_name));
        let password = fields.take("password", new_password(&input.password));
        let token = at.token.clone();
        fields.done(|| Some(Self { token, sign_in_name: sign_in?, password: password?, hash: None }))
    }

    async fn prepare(&mut self, app: &App, _: &Caller) -> Result<(), Denied> {
        self.hash = Some(app.hashing.hash(&app.random, self.password.clone()).await?);
        Ok(())
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<AddedPerson>, Stop> {
        let tenant = cx.community.id;
        let found = people::invitation(cx.tx, tenant, &token_mac(cx, &self.token), cx.now).await?;
        let (invitation, name, role) = found.ok_or(PeopleRefusal::InvitationOver)?;
        // Of two who open the same link, one makes the account.
        if people::take_invitation(cx.tx, tenant, invitation).await? == 0 {
            return Err(PeopleRefusal::InvitationOver.into());
        }
        let id = PersonId::new(cx.app.ids.next(cx.now));
        let hash = self.hash.as_deref().ok_or(Fault::Bug("not prepared".into()))?;
        let (sign_in, sort_key) = (self.sign_in_name.as_str(), names::sort_key(&name));
        if people::add(cx.tx, id, sign_in, &name, &sort_key, hash, Timestamp::NEVER).await? == 0 {
            return Err(PeopleRefusal::NameTaken { name: sign_in.into() }.into());
        }
        people::add_role(cx.tx, tenant, id, role).await?;
        let event = Event::of(Kind::PersonAdded, id.raw())
            .with("role", role.code())
            .with("invitation", invitation.raw())
            .saying("name", name);
        Ok(Recorded::new(AddedPerson { person: id }, event))
    }
}
