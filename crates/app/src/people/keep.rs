//! Looking after the people of a community: roles, switching off, signing out, handing over.
//!
//! Invariant: whoever loses the last role here, or the account, loses the open work in the same transaction; it goes
//! back to the pool or to the desk, told as what it is.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::PersonId;
use linli_domain::people::view::{InvitationLine, RosterLine, RosterView};
use linli_domain::people::{PeopleRefusal, Permission, Role};
use linli_domain::refusal::{CommonRefusal, Refusal};
use linli_domain::typed::{FieldRefusal, Fields, TypedRefusal};
use linli_store::{Stop, people, tasks};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Here, Nothing, Query, Recorded};
use crate::matters::{load, save};
use crate::people::invite::may_give;
use crate::tasks::hand_over::hand_over;
use crate::tasks::{ORPHANED, Task, TaskAt};

/// Open tasks of one person that are moved in one step.
const TASKS: i64 = 500;

/// Names one person of this community.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct PersonAt {
    /// The account.
    pub person: PersonId,
}

/// How much moved.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct Kept {
    /// Tasks that went back or went over.
    pub tasks: usize,
}

/// Shows who works here, as what, and who is invited.
#[derive(Debug)]
pub struct ShowRoster;

impl Query for ShowRoster {
    const NAME: &'static str = "show-roster";
    const MAY: Permission = Permission::KEEP_PEOPLE;
    type At = Here;
    type Input = Nothing;
    type View = RosterView;

    fn parse(_: Here, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<RosterView, Stop> {
        let tenant = cx.community.id;
        let mut roster = Vec::new();
        for (id, name, role, off_at) in people::roster(cx.tx, tenant).await? {
            let in_hand = tasks::held_by(cx.tx, tenant, id, TASKS).await?.len();
            let in_hand = i64::try_from(in_hand).unwrap_or(i64::MAX);
            roster.push(RosterLine { id, name, role: role.code().into(), on: off_at > cx.now, in_hand });
        }
        let invitations = people::invitations(cx.tx, tenant, cx.now).await?;
        let line = |(id, name, role, until): (PersonId, String, Role, _)| InvitationLine {
            id,
            name,
            role: role.code().into(),
            until,
        };
        Ok(RosterView { people: roster, invitations: invitations.into_iter().map(line).collect() })
    }
}

/// Somebody with a role here, other than oneself.
async fn colleague(cx: &Cx<'_>, person: PersonId) -> Result<Vec<Role>, Stop> {
    if cx.actor.person() == Some(person) {
        return Err(PeopleRefusal::Yourself.into());
    }
    let roles: Vec<Role> =
        people::has_role(cx.tx, cx.community.id, person).await?.into_iter().map(|row| row.0).collect();
    if roles.is_empty() {
        return Err(CommonRefusal::NotFound.into());
    }
    // Whoever may not give a role may not take it away either.
    for role in &roles {
        may_give(cx, *role)?;
    }
    Ok(roles)
}

/// Which role.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleInput {
    /// The role's code.
    pub role: String,
}

fn role(input: &RoleInput) -> Result<Role, Vec<FieldRefusal>> {
    let mut fields = Fields::new();
    let role: Result<Role, Refusal> = Role::from_code(&input.role).ok_or(TypedRefusal::NoSuchChoice.into());
    let role = fields.take("role", role);
    fields.done(|| role)
}

/// Gives somebody who works here one more role here.
#[derive(Debug)]
pub struct GiveRole(PersonId, Role);

impl Command for GiveRole {
    const NAME: &'static str = "give-role";
    const MAY: Permission = Permission::KEEP_PEOPLE;
    type At = PersonAt;
    type Input = RoleInput;
    type Done = Kept;

    fn parse(at: &PersonAt, input: &RoleInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self(at.person, role(input)?))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Kept>, Stop> {
        colleague(cx, self.0).await?;
        may_give(cx, self.1)?;
        people::add_role(cx.tx, cx.community.id, self.0, self.1).await?;
        let event = Event::of(Kind::RoleGiven, self.0.raw()).with("role", self.1.code());
        Ok(Recorded::new(Kept { tasks: 0 }, event))
    }
}

/// Takes a role away; with the last one the open work goes back.
#[derive(Debug)]
pub struct TakeRole(PersonId, Role);

impl Command for TakeRole {
    const NAME: &'static str = "take-role";
    const MAY: Permission = Permission::KEEP_PEOPLE;
    type At = PersonAt;
    type Input = RoleInput;
    type Done = Kept;

    fn parse(at: &PersonAt, input: &RoleInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self(at.person, role(input)?))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Kept>, Stop> {
        let roles = colleague(cx, self.0).await?;
        if people::take_role(cx.tx, cx.community.id, self.0, self.1).await? == 0 {
            return Err(CommonRefusal::NotFound.into());
        }
        let event = Event::of(Kind::RoleTaken, self.0.raw()).with("role", self.1.code());
        // A volunteer's hands that keep another role keep their work.
        let works_on = roles.iter().any(|role| *role != self.1 && role.may().contains(Permission::DO_TASKS));
        let (tasks, events) = if works_on { (0, Vec::new()) } else { orphan(cx, self.0).await? };
        Ok(Recorded::with(Kept { tasks }, event, events))
    }
}

/// Switches an account off: dead from its next request, its open work back in the pool.
#[derive(Debug)]
pub struct SwitchOffPerson(PersonId);

impl Command for SwitchOffPerson {
    const NAME: &'static str = "switch-off-person";
    const MAY: Permission = Permission::KEEP_PEOPLE;
    type At = PersonAt;
    type Input = Nothing;
    type Done = Kept;

    fn parse(at: &PersonAt, _: &Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self(at.person))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Kept>, Stop> {
        colleague(cx, self.0).await?;
        only_here(cx, self.0).await?;
        people::switch_off(cx.tx, cx.now, self.0).await?;
        people::end_sessions(cx.tx, self.0).await?;
        let (tasks, events) = orphan(cx, self.0).await?;
        let event = Event::of(Kind::PersonSwitchedOff, self.0.raw()).with("tasks", tasks);
        Ok(Recorded::with(Kept { tasks }, event, events))
    }
}

/// The account belongs to this community alone, or whoever asks looks after every place where it works.
async fn only_here(cx: &Cx<'_>, person: PersonId) -> Result<(), Stop> {
    let elsewhere = people::roles(cx.tx, person).await?.iter().any(|(community, ..)| *community != cx.community.id);
    if elsewhere || !people::area_roles(cx.tx, person).await?.is_empty() {
        return Err(PeopleRefusal::WorksElsewhere.into());
    }
    Ok(())
}

/// Ends every session of somebody: a lost phone.
#[derive(Debug)]
pub struct SignOutPerson(PersonId);

impl Command for SignOutPerson {
    const NAME: &'static str = "sign-out-person";
    const MAY: Permission = Permission::KEEP_PEOPLE;
    type At = PersonAt;
    type Input = Nothing;
    type Done = Kept;

    fn parse(at: &PersonAt, _: &Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self(at.person))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Kept>, Stop> {
        colleague(cx, self.0).await?;
        let ended = people::end_sessions(cx.tx, self.0).await?;
        let event = Event::of(Kind::PersonSignedOut, self.0.raw()).with("sessions", ended);
        Ok(Recorded::new(Kept { tasks: 0 }, event))
    }
}

/// To whom.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOverInput {
    /// The account that takes the work over.
    pub to: String,
}

/// Moves the open work of one person to another in one step; the history keeps both pairs of hands.
#[derive(Debug)]
pub struct HandOver {
    from: PersonId,
    to: PersonId,
}

impl Command for HandOver {
    const NAME: &'static str = "hand-over";
    const MAY: Permission = Permission::KEEP_PEOPLE.union(Permission::DISPATCH);
    type At = PersonAt;
    type Input = HandOverInput;
    type Done = Kept;

    fn parse(at: &PersonAt, input: &HandOverInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let to = fields.take("to", input.to.parse().map_err(|_| Refusal::from(PeopleRefusal::NoSuchPerson)));
        fields.done(|| Some(Self { from: at.person, to: to? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Kept>, Stop> {
        let tenant = cx.community.id;
        if people::has_role(cx.tx, tenant, self.from).await?.is_empty() {
            return Err(CommonRefusal::NotFound.into());
        }
        let takes = people::has_role(cx.tx, tenant, self.to).await?;
        let works = takes.iter().any(|(role,)| role.may().contains(Permission::DO_TASKS));
        if self.to == self.from || !works || people::in_community(cx.tx, tenant, self.to, cx.now).await?.is_none() {
            return Err(PeopleRefusal::NoSuchPerson.into());
        }
        let mut events = Vec::new();
        for (task,) in tasks::held_by(cx.tx, tenant, self.from, TASKS).await? {
            events.extend(hand_over(cx, TaskAt { task }, self.to).await?);
        }
        let tasks = events.iter().filter(|event| event.kind == Kind::TaskHandedOver).count();
        let mut events = events.into_iter();
        match events.next() {
            Some(first) => Ok(Recorded::with(Kept { tasks }, first, events)),
            None => Err(PeopleRefusal::NothingInHand.into()),
        }
    }
}

/// Whatever somebody held here goes back: what was offered to the others, what was given to the desk.
async fn orphan(cx: &Cx<'_>, person: PersonId) -> Result<(usize, Vec<Event>), Stop> {
    let tenant = cx.community.id;
    let mut events = Vec::new();
    let held = tasks::held_by(cx.tx, tenant, person, TASKS).await?;
    let count = held.len();
    for (id,) in held {
        let task = Task::load(cx, id).await?;
        let moved = task.take(cx, task.returning(), None).await?;
        tasks::let_go(cx.tx, cx.now, ORPHANED, None, tenant, id).await?;
        let before = load(cx, task.matter).await?;
        let mut after = before.matter.clone();
        if !moved.stage.is_live() {
            after = after.task_gone();
        }
        let (after, settled) = after.settle(cx.now)?;
        let followed = save(cx, &before, after).await?;
        events.push(Event::of_matter(Kind::TaskOrphaned, task.matter).about(id.raw()));
        events.extend(settled);
        events.extend(followed);
    }
    Ok((count, events))
}
