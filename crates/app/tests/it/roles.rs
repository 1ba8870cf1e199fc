//! The permission matrix: every command and query of the application × every role, from one table.

use linli_app::Caller;
use linli_app::command::{Command, Query};
use linli_domain::id::AreaId;
use linli_domain::people::{Actor, Permission, Role};
use linli_testkit::{Engine, World};

use linli_app::audit::show as log;
use linli_app::matters::{attach, decline, edit, lapse, list, merge, overview, reopen, show as matter, timeline};
use linli_app::people::{account, add, invite, keep, second, sign_in};
use linli_app::places::{found, setup};
use linli_app::sealing::rotate;
use linli_app::tasks::{accept, dispatch, finish, give_back, show as task, withdraw};
use linli_app::voices::{
    answer, correct, erase, find_contact, forget, held, import, record_answer, reveal, say, standing, take,
};
use linli_app::{attachments, commitments, statistics};

/// Who may, a letter each: (n)obody in particular, (v)olunteer, (g)rid worker, (c)ontractor, duty (o)fficer,
/// (d)ispatcher, (s)ecretary, (t)own officer, (a)uditor, ad(m)inistrator, the server (x).
const EVERYBODY: &str = "nvgcodstamx";
const SIGNED_IN: &str = "vgcodstamx";
const KEEPERS: &str = "smx";
const WORKERS: &str = "vgcodsx";
const READERS: &str = "odstax";
const WRITERS: &str = "godsx";
const REVEALERS: &str = "odsx";
const DESK: &str = "dsx";
const SERVER: &str = "x";

type Rows = Vec<(&'static str, Permission, &'static str)>;

macro_rules! rows {
    ($($type:ty => $who:expr),* $(,)?) => { vec![$((<$type>::NAME, <$type>::MAY, $who)),*] };
}

fn table() -> Rows {
    [of_everybody(), of_those_who_work()].concat()
}

fn of_everybody() -> Rows {
    rows![
        say::SayVoice => EVERYBODY,
        answer::AnswerVoice => EVERYBODY,
        standing::ShowStanding => EVERYBODY,
        attachments::show::ShowReceiptPhoto => EVERYBODY,
        held::ShowHeld => EVERYBODY,
        correct::CorrectVoice => EVERYBODY,
        erase::EraseVoice => EVERYBODY,
        commitments::list::ShowList => EVERYBODY,
        commitments::list::ExportList => EVERYBODY,
        statistics::ShowCommunities => EVERYBODY,
        log::ShowLog => EVERYBODY,
        log::ProveInclusion => EVERYBODY,
        log::ProveConsistency => EVERYBODY,
        sign_in::SignIn => EVERYBODY,
        sign_in::SignOut => EVERYBODY,
        invite::ShowInvitation => EVERYBODY,
        invite::TakeInvitation => EVERYBODY,
        second::SetSecond => SIGNED_IN,
        second::ShowSecond => SIGNED_IN,
        account::ShowAccount => SIGNED_IN,
        account::ChangePassword => SIGNED_IN,
        account::EndSession => SIGNED_IN,
        account::EndOtherSessions => SIGNED_IN,
    ]
}

fn of_those_who_work() -> Rows {
    rows![
        keep::ShowRoster => KEEPERS,
        keep::GiveRole => KEEPERS,
        keep::TakeRole => KEEPERS,
        keep::SwitchOffPerson => KEEPERS,
        keep::SignOutPerson => KEEPERS,
        keep::HandOver => "sx",
        invite::InvitePerson => KEEPERS,
        accept::AcceptTask => WORKERS,
        give_back::ReturnTask => WORKERS,
        finish::FinishTask => WORKERS,
        task::ShowTasks => WORKERS,
        task::ShowTask => WORKERS,
        attachments::show::ShowTaskPhoto => WORKERS,
        take::TakeVoice => WRITERS,
        record_answer::RecordAnswer => WRITERS,
        reveal::RevealVoice => REVEALERS,
        held::ShowHeldFor => REVEALERS,
        correct::CorrectVoiceFor => REVEALERS,
        find_contact::FindContact => REVEALERS,
        erase::EraseVoiceFor => "sx",
        attachments::hide::HidePhoto => DESK,
        list::ListMatter => DESK,
        edit::EditMatter => DESK,
        decline::DeclineMatter => DESK,
        merge::MergeMatter => DESK,
        attach::AttachMatter => DESK,
        reopen::ReopenMatter => DESK,
        dispatch::DispatchTask => DESK,
        withdraw::WithdrawTask => DESK,
        overview::ShowMatters => READERS,
        overview::ShowDesk => READERS,
        matter::ShowMatter => READERS,
        timeline::ShowTimeline => READERS,
        setup::ShowChoices => READERS,
        attachments::show::ShowDeskPhoto => READERS,
        forget::ShowForgettings => READERS,
        lapse::LapseMatter => SERVER,
        forget::ForgetPersonal => SERVER,
        erase::EraseAgain => SERVER,
        rotate::RotateKeys => SERVER,
        import::ImportRequest => SERVER,
        found::FoundCommunity => SERVER,
        add::AddPerson => SERVER,
    ]
}

fn wide(world: &World, role: Role, area: AreaId) -> Caller {
    Caller::of(Actor::Person { id: world.desk.id, roles: vec![], wide: vec![(area, role)] })
}

/// Every use case × every role × own community, the area above it, another area and another community.
#[tokio::test]
async fn every_use_case_is_for_whom_the_table_says() {
    let world = World::new(Engine::Sqlite).await;
    let neighbour = world.neighbour().await;
    let stranger = world.member(&neighbour, Role::Dispatcher).await.caller;
    let mut callers = vec![('n', Caller::resident()), ('x', Caller::system())];
    let letters = ['v', 'g', 'c', 'o', 'd', 's', 't', 'a', 'm'];
    for (letter, role) in letters.into_iter().zip(Role::ALL) {
        callers.push((letter, world.member(&world.place, role).await.caller));
    }
    // The same roles at the area of this community, and at one of its own.
    let (mut above, mut elsewhere) = (Vec::new(), Vec::new());
    for (letter, role) in letters.into_iter().zip(Role::ALL) {
        above.push((letter, wide(&world, role, world.place.areas[0])));
        elsewhere.push((letter, wide(&world, role, AreaId::new(1))));
    }
    let rows = table();
    for (name, may, who) in &rows {
        for (letter, caller) in callers.iter().chain(&above) {
            let allowed = caller.actor.may(&world.place).contains(*may);
            assert_eq!(allowed, who.contains(*letter), "{name} for {letter}");
        }
        for (letter, caller) in elsewhere.iter().chain([&('d', stranger.clone())]) {
            let allowed = caller.actor.may(&world.place).contains(*may);
            let anywhere = *who == EVERYBODY || *who == SIGNED_IN;
            assert_eq!(allowed, anywhere, "{name} for {letter} of another place");
        }
    }
    let names: std::collections::BTreeSet<_> = rows.iter().map(|row| row.0).collect();
    assert_eq!(names.len(), rows.len(), "no name twice");
}

/// The one check says the right no: who is not signed in may sign in, a stranger learns nothing, a colleague is told.
#[tokio::test]
async fn the_no_depends_on_who_asks() {
    use crate::tasks::code;
    use linli_app::command::{Here, Nothing};
    let world = World::new(Engine::Sqlite).await;
    let neighbour = world.neighbour().await;
    let stranger = world.member(&neighbour, Role::Dispatcher).await.caller;
    for (caller, no) in [
        (Caller::resident(), "sign-in-first"),
        (stranger, "not-found"),
        (world.volunteers[0].caller.clone(), "not-allowed"),
    ] {
        assert_eq!(code(world.ask::<overview::ShowDesk>(&caller, Here {}, Nothing {}).await), no);
    }
}
