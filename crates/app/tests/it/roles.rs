//! The permission matrix: every command and query of the application × every role, from one table.

use linli_app::Caller;
use linli_app::command::{Command, Query};
use linli_domain::people::{Permission, Role};
use linli_testkit::{Engine, World};

use linli_app::matters::{attach, decline, edit, lapse, list, merge, overview, reopen, show as matter, timeline};
use linli_app::people::{add, sign_in};
use linli_app::places::{found, setup};
use linli_app::tasks::{accept, dispatch, finish, give_back, show as task, withdraw};
use linli_app::voices::{answer, import, record_answer, say, standing, take};
use linli_app::{attachments, commitments, statistics};

/// Who may: nobody in particular, volunteer, grid worker, dispatcher, the server.
const EVERYBODY: &str = "nvgds";
const WORKERS: &str = "vgds";
const DESK: &str = "ds";
const SERVER: &str = "s";

fn table() -> Vec<(&'static str, Permission, &'static str)> {
    macro_rules! rows {
        ($($type:ty => $who:expr),* $(,)?) => { vec![$((<$type>::NAME, <$type>::MAY, $who)),*] };
    }
    rows![
        say::SayVoice => EVERYBODY,
        answer::AnswerVoice => EVERYBODY,
        standing::ShowStanding => EVERYBODY,
        attachments::show::ShowReceiptPhoto => EVERYBODY,
        commitments::list::ShowList => EVERYBODY,
        commitments::list::ExportList => EVERYBODY,
        statistics::ShowCommunities => EVERYBODY,
        sign_in::SignIn => EVERYBODY,
        sign_in::SignOut => EVERYBODY,
        accept::AcceptTask => WORKERS,
        give_back::ReturnTask => WORKERS,
        finish::FinishTask => WORKERS,
        task::ShowTasks => WORKERS,
        task::ShowTask => WORKERS,
        attachments::show::ShowTaskPhoto => WORKERS,
        take::TakeVoice => DESK,
        record_answer::RecordAnswer => DESK,
        list::ListMatter => DESK,
        edit::EditMatter => DESK,
        decline::DeclineMatter => DESK,
        merge::MergeMatter => DESK,
        attach::AttachMatter => DESK,
        reopen::ReopenMatter => DESK,
        dispatch::DispatchTask => DESK,
        withdraw::WithdrawTask => DESK,
        overview::ShowMatters => DESK,
        overview::ShowDesk => DESK,
        matter::ShowMatter => DESK,
        timeline::ShowTimeline => DESK,
        setup::ShowChoices => DESK,
        attachments::show::ShowDeskPhoto => DESK,
        lapse::LapseMatter => SERVER,
        import::ImportRequest => SERVER,
        found::FoundCommunity => SERVER,
        add::AddPerson => SERVER,
    ]
}

#[tokio::test]
async fn every_use_case_is_for_whom_the_table_says() {
    let world = World::new(Engine::Sqlite).await;
    let neighbour = world.neighbour().await;
    let stranger = world.member(&neighbour, Role::Dispatcher).await.caller;
    let callers = [
        ('n', Caller::resident()),
        ('v', world.volunteers[0].caller.clone()),
        ('g', world.grid.caller.clone()),
        ('d', world.desk.caller.clone()),
        ('s', Caller::system()),
    ];
    let rows = table();
    for (name, may, who) in &rows {
        for (letter, caller) in &callers {
            let allowed = caller.actor.may(world.place.id).contains(*may);
            assert_eq!(allowed, who.contains(*letter), "{name} for {letter}");
        }
        let allowed = stranger.actor.may(world.place.id).contains(*may);
        assert_eq!(allowed, *who == EVERYBODY, "{name} for a dispatcher of another community");
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
