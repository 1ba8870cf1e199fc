//! Accounts: two factors, invitations, passwords, switching off, handing over.

use linli_app::command::{Here, Nothing, Request};
use linli_app::matters::MatterAt;
use linli_app::matters::show::ShowMatter;
use linli_app::matters::timeline::{ShowTimeline, TimelineInput};
use linli_app::people::account::{ChangePassword, ChangePasswordInput, EndOtherSessions, ShowAccount};
use linli_app::people::invite::{
    INVITATION_DAYS, InvitationAt, InvitePerson, InvitePersonInput, TakeInvitation, TakeInvitationInput,
};
use linli_app::people::keep::{
    GiveRole, HandOver, HandOverInput, PersonAt, RoleInput, ShowRoster, SignOutPerson, SwitchOffPerson, TakeRole,
};
use linli_app::people::second::{
    SecondSet, SetSecond, SetSecondInput, ShowSecond, ShowSecondInput, code_at, fresh_secret,
};
use linli_app::people::sign_in::{SignIn, SignInInput, SignedIn};
use linli_app::tasks::dispatch::{DispatchTask, DispatchTaskInput};
use linli_app::tasks::show::ShowTasks;
use linli_app::{App, Caller, Denied};
use linli_domain::audit::Kind;
use linli_domain::id::{MatterId, TaskId};
use linli_domain::matters::MatterRef;
use linli_domain::people::view::Missing;
use linli_domain::people::{Permission, Role};
use linli_domain::tasks::TaskStage;
use linli_testkit::{Member, PASSWORD, World, both_engines};

use crate::tasks::code;

async fn sign_in(world: &World, name: &str, password: &str) -> Result<SignedIn, Denied> {
    let input = SignInInput { name: name.into(), password: password.into() };
    world.app.execute(&Caller::resident(), &App::instance(), Request::<SignIn>::new(Here {}, input)).await
}

/// Whoever holds a token, with the roles of this moment.
async fn caller(world: &World, token: &str) -> Caller {
    let session = world.app.session(token).await.expect("reads").expect("a session");
    Caller { actor: session.actor, token: Some(token.into()) }
}

async fn alive(world: &World, token: &str) -> bool {
    world.app.session(token).await.expect("reads").is_some()
}

fn now_code(world: &World, secret: &str) -> String {
    code_at(secret, u64::try_from(world.app.clock().now().us() / 1_000_000).expect("after 1970")).expect("a code")
}

async fn set_second(world: &World, token: &str, secret: &str, password: &str) -> Result<SecondSet, Denied> {
    let input = SetSecondInput { secret: secret.into(), code: now_code(world, secret), password: password.into() };
    let who = caller(world, token).await;
    world.app.execute(&who, &App::instance(), Request::<SetSecond>::new(Here {}, input)).await
}

async fn show_second(world: &World, token: &str, code: &str) -> Result<SignedIn, Denied> {
    let who = caller(world, token).await;
    let input = ShowSecondInput { code: code.into() };
    world.app.execute(&who, &App::instance(), Request::<ShowSecond>::new(Here {}, input)).await
}

async fn keeper(world: &World) -> Member {
    world.member(&world.place, Role::Secretary).await
}

/// A task of this kind, in the hands of somebody.
async fn in_hand(world: &World, who: &Member, offered: bool) -> (MatterId, TaskId) {
    let (_, matter) = world.listed("修路灯").await;
    let holder = (!offered).then(|| who.id.to_string());
    let input = DispatchTaskInput { holder, ..DispatchTaskInput::default() };
    let at = MatterAt { matter: MatterRef::Id(matter) };
    let task = world.run::<DispatchTask>(&world.desk.caller, at, input).await.expect("dispatched").id;
    world.accept(who, task).await.expect("accepted");
    (matter, task)
}

async fn stage(world: &World, matter: MatterId) -> TaskStage {
    let at = MatterAt { matter: MatterRef::Id(matter) };
    let view = world.ask::<ShowMatter>(&world.desk.caller, at, Nothing {}).await.expect("a matter");
    view.tasks.first().expect("a task").stage
}

async fn kinds(world: &World, matter: MatterId) -> Vec<Kind> {
    let at = MatterAt { matter: MatterRef::Id(matter) };
    let line = world.ask::<ShowTimeline>(&world.desk.caller, at, TimelineInput::default()).await.expect("a timeline");
    line.entries.into_iter().map(|entry| entry.kind).collect()
}

both_engines! {
    /// Whoever sees more than one community, or looks after accounts, can do nothing before the second factor is there.
    async fn an_administrator_needs_two_factors(world) {
        let admin = world.member(&world.place, Role::Administrator).await;
        let first = sign_in(&world, &admin.name, PASSWORD).await.expect("signed in");
        assert_eq!(first.missing, Some(Missing::SecondFactor));
        let half = caller(&world, &first.token).await;
        assert!(!half.actor.may(&world.place).contains(Permission::KEEP_PEOPLE));
        assert_eq!(code(world.ask::<ShowRoster>(&half, Here {}, Nothing {}).await), "not-found");
        let secret = fresh_secret(&world.app);
        assert_eq!(code(set_second(&world, &first.token, &secret, "falsch-falsch").await), "password: wrong-password");
        let short = SetSecondInput { secret: "AAAA".into(), code: "000000".into(), password: PASSWORD.into() };
        let short = Request::<SetSecond>::new(Here {}, short);
        assert_eq!(code(world.app.execute(&half, &App::instance(), short).await), "wrong-code");
        let set = set_second(&world, &first.token, &secret, PASSWORD).await.expect("set");
        assert_eq!(set.recovery_codes.len(), 10);
        assert!(!alive(&world, &first.token).await, "another token goes on");
        let whole = caller(&world, &set.token).await;
        assert!(whole.actor.may(&world.place).contains(Permission::KEEP_PEOPLE));
        world.ask::<ShowRoster>(&whole, Here {}, Nothing {}).await.expect("a roster");

        let again = sign_in(&world, &admin.name, PASSWORD).await.expect("signed in");
        assert_eq!(again.missing, Some(Missing::Code));
        assert_eq!(code(show_second(&world, &again.token, "000000").await), "wrong-code");
        assert_eq!(code(show_second(&world, &again.token, &now_code(&world, &secret)).await), "wrong-code", "a code holds once");
        world.app.clock().advance_us(60_000_000);
        let shown = show_second(&world, &again.token, &now_code(&world, &secret)).await.expect("shown");
        assert!(!alive(&world, &again.token).await);
        assert!(caller(&world, &shown.token).await.actor.may(&world.place).contains(Permission::KEEP_PEOPLE));
        for (try_, outcome) in [(1, true), (2, false)] {
            let lost = sign_in(&world, &admin.name, PASSWORD).await.expect("signed in");
            let shown = show_second(&world, &lost.token, &set.recovery_codes[3].to_uppercase()).await;
            assert_eq!(shown.is_ok(), outcome, "a recovery code holds once, try {try_}");
        }
    }

    async fn a_new_password_ends_the_other_sessions(world) {
        let (here, there) = (sign_in(&world, &world.desk.name, PASSWORD).await, sign_in(&world, &world.desk.name, PASSWORD).await);
        let (here, there) = (here.expect("signed in").token, there.expect("signed in").token);
        let me = caller(&world, &here).await;
        let change = |password: &str, new: &str| {
            let input = ChangePasswordInput { password: password.into(), new_password: new.into() };
            Request::<ChangePassword>::new(Here {}, input)
        };
        let account = world.app.ask::<ShowAccount>(&me, &App::instance(), Here {}, Nothing {}).await.expect("an account");
        assert_eq!((account.sessions.len(), account.sessions.iter().filter(|one| one.this).count()), (2, 1));
        for (password, new, no) in [
            ("falsch-falsch", "wanzi-hetang-99", "password: wrong-password"),
            (PASSWORD, "12345678", "new_password: password-common"),
            (PASSWORD, "kurz", "new_password: password-too-short"),
        ] {
            assert_eq!(code(world.app.execute(&me, &App::instance(), change(password, new)).await), no);
        }
        let done = world.app.execute(&me, &App::instance(), change(PASSWORD, "wanzi-hetang-99")).await.expect("changed");
        assert_eq!(done.ended, 1);
        assert!(alive(&world, &here).await && !alive(&world, &there).await);
        assert_eq!(code(sign_in(&world, &world.desk.name, PASSWORD).await), "wrong-sign-in");
        let third = sign_in(&world, &world.desk.name, "wanzi-hetang-99").await.expect("signed in").token;
        let end = Request::<EndOtherSessions>::new(Here {}, Nothing {});
        assert_eq!(world.app.execute(&me, &App::instance(), end).await.expect("ended").ended, 1);
        assert!(alive(&world, &here).await && !alive(&world, &third).await);
    }

    /// An invitation makes one account, with the role that was written into it, once, within its days.
    async fn an_invitation_holds_once_and_for_its_days(world) {
        let keeper = keeper(&world).await;
        let invite = |role: Role| InvitePersonInput { name: "小陈".into(), role: role.code().into() };
        for role in [Role::Administrator, Role::TownOfficer, Role::Auditor] {
            assert_eq!(code(world.run::<InvitePerson>(&keeper.caller, Here {}, invite(role)).await), "role-too-high");
        }
        let token = |invited: linli_app::people::invite::Invited| {
            InvitationAt { token: invited.path.rsplit('/').next().expect("a token").to_owned() }
        };
        let take = |at: &InvitationAt, name: &str| {
            let input = TakeInvitationInput { sign_in_name: name.into(), password: PASSWORD.into() };
            Request::<TakeInvitation>::new(at.clone(), input)
        };
        let nobody = Caller::resident();
        let at = token(world.run::<InvitePerson>(&keeper.caller, Here {}, invite(Role::GridWorker)).await.expect("invited"));
        let wrong = InvitationAt { token: "0".repeat(32) };
        assert_eq!(code(world.app.execute(&nobody, &world.place, take(&wrong, "a")).await), "invitation-over");
        let neighbour = world.neighbour().await;
        assert_eq!(code(world.app.execute(&nobody, &neighbour, take(&at, "a")).await), "invitation-over");
        assert_eq!(code(world.app.execute(&nobody, &world.place, take(&at, &world.desk.name)).await), "name-taken");
        let name = format!("chen-{}", world.place.id);
        let (one, two) = tokio::join!(
            world.app.execute(&nobody, &world.place, take(&at, &name)),
            world.app.execute(&nobody, &world.place, take(&at, &format!("{name}-b"))),
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "one account of one invitation");
        let name = if one.is_ok() { name } else { format!("{name}-b") };
        let signed_in = sign_in(&world, &name, PASSWORD).await.expect("signed in");
        assert_eq!(caller(&world, &signed_in.token).await.actor.may(&world.place) & Role::GridWorker.may(), Role::GridWorker.may());
        let late = token(world.run::<InvitePerson>(&keeper.caller, Here {}, invite(Role::Volunteer)).await.expect("invited"));
        world.app.clock().advance_days(INVITATION_DAYS);
        assert_eq!(code(world.app.execute(&nobody, &world.place, take(&late, "late")).await), "invitation-over");
    }

    /// A switched-off account is dead from its next request, and its open work is back, told as what it is.
    async fn who_is_switched_off_loses_the_work(world) {
        let keeper = keeper(&world).await;
        let leaver = world.member(&world.place, Role::GridWorker).await;
        let token = sign_in(&world, &leaver.name, PASSWORD).await.expect("signed in").token;
        let (offered, _) = in_hand(&world, &leaver, true).await;
        let (given, _) = in_hand(&world, &leaver, false).await;
        let at = PersonAt { person: leaver.id };
        let done = world.run::<SwitchOffPerson>(&keeper.caller, at, Nothing {}).await.expect("switched off");
        assert_eq!(done.tasks, 2);
        assert!(!alive(&world, &token).await);
        assert_eq!(code(sign_in(&world, &leaver.name, PASSWORD).await), "wrong-sign-in");
        assert_eq!((stage(&world, offered).await, stage(&world, given).await), (TaskStage::Offered, TaskStage::Returned));
        for matter in [offered, given] {
            assert!(kinds(&world, matter).await.contains(&Kind::TaskOrphaned));
        }
        let own = PersonAt { person: keeper.id };
        assert_eq!(code(world.run::<SwitchOffPerson>(&keeper.caller, own, Nothing {}).await), "yourself");
        let neighbour = world.neighbour().await;
        let stranger = world.member(&neighbour, Role::Volunteer).await;
        let at = PersonAt { person: stranger.id };
        assert_eq!(code(world.run::<SwitchOffPerson>(&keeper.caller, at, Nothing {}).await), "not-found");
        assert_eq!(code(world.run::<SignOutPerson>(&keeper.caller, at, Nothing {}).await), "not-found");
    }

    async fn who_loses_the_role_loses_the_work_here(world) {
        let keeper = keeper(&world).await;
        let helper = world.member(&world.place, Role::Volunteer).await;
        let at = PersonAt { person: helper.id };
        let role = |role: Role| RoleInput { role: role.code().into() };
        world.run::<GiveRole>(&keeper.caller, at, role(Role::GridWorker)).await.expect("given");
        assert_eq!(code(world.run::<GiveRole>(&keeper.caller, at, role(Role::Administrator)).await), "role-too-high");
        let (matter, _) = in_hand(&world, &helper, true).await;
        assert_eq!(world.run::<TakeRole>(&keeper.caller, at, role(Role::Volunteer)).await.expect("taken").tasks, 0);
        assert_eq!(world.run::<TakeRole>(&keeper.caller, at, role(Role::GridWorker)).await.expect("taken").tasks, 1);
        assert_eq!(stage(&world, matter).await, TaskStage::Offered);
        assert_eq!(code(world.run::<TakeRole>(&keeper.caller, at, role(Role::Volunteer)).await), "not-found");
    }

    /// A handover moves all open work in one step; the history names both.
    async fn a_handover_moves_all_open_work(world) {
        let keeper = keeper(&world).await;
        let (leaver, taker) = (world.member(&world.place, Role::GridWorker).await, world.member(&world.place, Role::GridWorker).await);
        let (one, task) = in_hand(&world, &leaver, true).await;
        let (two, _) = in_hand(&world, &leaver, false).await;
        let at = PersonAt { person: leaver.id };
        let to = |to: &Member| HandOverInput { to: to.id.to_string() };
        assert_eq!(code(world.run::<HandOver>(&keeper.caller, at, to(&leaver)).await), "no-such-person");
        let done = world.run::<HandOver>(&keeper.caller, at, to(&taker)).await.expect("handed over");
        assert_eq!(done.tasks, 2);
        assert_eq!(code(world.run::<HandOver>(&keeper.caller, at, to(&taker)).await), "nothing-in-hand");
        for matter in [one, two] {
            assert!(kinds(&world, matter).await.contains(&Kind::TaskHandedOver));
            assert_eq!(stage(&world, matter).await, TaskStage::Assigned);
        }
        assert!(world.ask::<ShowTasks>(&leaver.caller, Here {}, Nothing {}).await.expect("tasks").tasks.is_empty());
        assert_eq!(world.ask::<ShowTasks>(&taker.caller, Here {}, Nothing {}).await.expect("tasks").tasks.len(), 2);
        assert!(world.finish(&leaver, task).await.is_err());
        world.accept(&taker, task).await.expect("accepted");
        world.finish(&taker, task).await.expect("finished");
    }
}
