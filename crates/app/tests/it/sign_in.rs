//! Sessions: begun by the right password, ended from the next request on.

use linli_app::command::{Here, Nothing, Request};
use linli_app::people::session::{IDLE_DAYS, MOST_DAYS};
use linli_app::people::sign_in::{SignIn, SignInInput, SignOut, SignedIn};
use linli_app::{App, Caller, Denied};
use linli_domain::people::Role;
use linli_domain::time::Timestamp;
use linli_store::{Stop, Tx, Work, people};
use linli_testkit::{PASSWORD, World, both_engines};

use crate::tasks::code;

async fn sign_in(world: &World, name: &str, password: &str) -> Result<SignedIn, Denied> {
    let input = SignInInput { name: name.into(), password: password.into() };
    world.app.execute(&Caller::resident(), &App::instance(), Request::<SignIn>::new(Here {}, input)).await
}

enum Change {
    SwitchOff(linli_domain::id::PersonId),
    Demote(linli_domain::id::CommunityId, linli_domain::id::PersonId),
}

impl Work for Change {
    type Out = ();
    fn name(&self) -> &'static str {
        "change"
    }
    async fn run(&self, tx: &Tx) -> Result<(), Stop> {
        match self {
            Change::SwitchOff(person) => people::switch_off(tx, Timestamp::from_us(0), *person).await.map(drop),
            Change::Demote(community, person) => {
                people::take_role(tx, *community, *person, Role::Dispatcher).await.map(drop)
            }
        }
    }
}

both_engines! {
    /// C57: a wrong password, an unknown name and a switched-off account are one answer.
    async fn one_answer_for_everything_that_is_wrong(world) {
        let name = world.desk.name.clone();
        let signed_in = sign_in(&world, &name, PASSWORD).await.expect("signed in");
        assert_eq!(signed_in.token.len(), 64);
        assert!(sign_in(&world, &name.to_uppercase(), PASSWORD).await.is_ok(), "names have no case");
        for (who, password) in [(name.as_str(), "falsch-falsch"), ("nobody here", PASSWORD), ("\0", PASSWORD), ("", "")] {
            assert_eq!(code(sign_in(&world, who, password).await), "wrong-sign-in");
        }
        assert_eq!(code(sign_in(&world, &name, &"x".repeat(100_000)).await), "wrong-sign-in");
        world.app.store().write(Change::SwitchOff(world.desk.id)).await.expect("switched off");
        assert_eq!(code(sign_in(&world, &name, PASSWORD).await), "wrong-sign-in");
        assert!(world.app.session(&signed_in.token).await.expect("reads").is_none(), "and its sessions are over");
    }

    async fn a_session_ends_by_sign_out_by_idleness_and_by_age(world) {
        let token = sign_in(&world, &world.desk.name, PASSWORD).await.expect("signed in").token;
        let session = world.app.session(&token).await.expect("reads").expect("a session");
        assert_eq!(session.view.places.len(), 1);
        let caller = Caller { actor: session.actor, token: Some(token.clone()) };
        world.app.execute(&caller, &App::instance(), Request::<SignOut>::new(Here {}, Nothing {})).await.expect("out");
        assert!(world.app.session(&token).await.expect("reads").is_none());
        let token = sign_in(&world, &world.desk.name, PASSWORD).await.expect("signed in").token;
        for _ in 1..(MOST_DAYS / (IDLE_DAYS - 1)) {
            world.app.clock().advance_days(IDLE_DAYS - 1);
            assert!(world.app.session(&token).await.expect("reads").is_some(), "in use");
        }
        world.app.clock().advance_days(IDLE_DAYS - 1);
        assert!(world.app.session(&token).await.expect("reads").is_none(), "too old");
        let token = sign_in(&world, &world.desk.name, PASSWORD).await.expect("signed in").token;
        world.app.clock().advance_days(IDLE_DAYS + 1);
        assert!(world.app.session(&token).await.expect("reads").is_none(), "idle");
        assert!(world.app.session("").await.expect("reads").is_none());
    }

    async fn a_lost_role_is_lost_with_the_next_request(world) {
        let token = sign_in(&world, &world.desk.name, PASSWORD).await.expect("signed in").token;
        world.app.store().write(Change::Demote(world.place.id, world.desk.id)).await.expect("demoted");
        let session = world.app.session(&token).await.expect("reads").expect("still a session");
        let caller = Caller { actor: session.actor, token: Some(token) };
        let desk = world.ask::<linli_app::matters::overview::ShowDesk>(&caller, Here {}, Nothing {}).await;
        assert_eq!(code(desk), "not-found");
    }
}
