//! The table itself. `xtask where POST /api/v1/x/voices` reads it: keep one route a line.

use axum::http::StatusCode;
use linli_app::attachments::hide;
use linli_app::audit::show as proofs;
use linli_app::matters::{attach, decline, edit, list, merge, overview, reopen, show as matter, timeline};
use linli_app::people::{account, invite, keep, second, sign_in};
use linli_app::places::setup;
use linli_app::tasks::{accept, dispatch, finish, give_back, show as task, withdraw};
use linli_app::voices::{
    answer, correct, erase, find_contact, forget, held, record_answer, reveal, say, standing, take,
};
use linli_app::{commitments, statistics};
use linli_domain::people::Permission;

use super::Routes;
use crate::{audit as log, commitments as lists, matters, people, places, statistics as front, tasks as work, voices};

const OK: StatusCode = StatusCode::OK;
const CREATED: StatusCode = StatusCode::CREATED;
const ALL: Permission = Permission::EVERYBODY;
const RECEIPT: Permission = Permission::HOLD_RECEIPT;
const DESK: Permission = Permission::READ_DESK;
const PEOPLE: Permission = Permission::KEEP_PEOPLE;
const WORK: Permission = Permission::DO_TASKS;

pub(super) fn routes() -> Routes {
    let doors: [fn(Routes) -> Routes; 6] = [residents, accounts, desk, personal, people_of_a_community, tasks];
    doors.into_iter().fold(Routes::new(), |routes, add| add(routes))
}

#[rustfmt::skip]
fn residents(routes: Routes) -> Routes {
    routes
        .page("/", "show-communities", ALL, front::show::front)
        .query::<statistics::ShowCommunities>("/api/v1/communities")
        .page("/{community}", "show-home", ALL, places::show::home)
        .page("/{community}/qr.svg", "show-qr", ALL, places::show::qr)
        .page("/{community}/say", "show-say", ALL, voices::show::say)
        .command::<say::SayVoice>("/api/v1/{community}/voices", "/{community}/say", CREATED)
        .page("/{community}/look-up", "show-look-up", ALL, voices::show::look_up)
        .small_form("/{community}/look-up", "look-up", voices::show::look_up_code)
        .page("/r/{code}", "show-standing", RECEIPT, voices::show::receipt)
        .query::<standing::ShowStanding>("/api/v1/receipts/{code}")
        .command::<answer::AnswerVoice>("/api/v1/receipts/{code}/verdict", "/r/{code}/verdict", OK)
        .page("/r/{code}/photos/{photo}", "show-receipt-photo", RECEIPT, voices::show::photo)
        .page("/r/{code}/data", "show-held-page", RECEIPT, voices::held::own)
        .page("/r/{code}/data.json", "copy-held", RECEIPT, voices::held::copy)
        .query::<held::ShowHeld>("/api/v1/receipts/{code}/held")
        .command::<correct::CorrectVoice>("/api/v1/receipts/{code}/correct", "/r/{code}/correct", OK)
        .command::<erase::EraseVoice>("/api/v1/receipts/{code}/erase", "/r/{code}/erase", OK)
        .page("/{community}/list", "show-list", ALL, lists::show::list)
        .query::<commitments::list::ShowList>("/api/v1/{community}/list")
        .page("/{community}/list.pdf", "print-list", ALL, lists::export::pdf)
        .page("/{community}/list.csv", "export-list", ALL, lists::export::csv)
        .page("/{community}/log", "show-log-page", ALL, log::show::log)
        .page("/{community}/log/checkpoint", "fetch-checkpoint", ALL, log::show::checkpoint)
        .query::<proofs::ShowLog>("/api/v1/{community}/log")
        .query::<proofs::ProveInclusion>("/api/v1/{community}/log/inclusion")
        .query::<proofs::ProveConsistency>("/api/v1/{community}/log/consistency")
}

/// Signing in and out, one's own account, and the language.
#[rustfmt::skip]
fn accounts(routes: Routes) -> Routes {
    routes
        .page("/sign-in", "show-sign-in", ALL, people::show::sign_in)
        .command::<sign_in::SignIn>("/api/v1/sessions", "/sign-in", CREATED)
        .command::<sign_in::SignOut>("/api/v1/sessions/end", "/sign-out", OK)
        .page("/sign-in/second", "show-second-page", Permission::SIGNED_IN, people::show::second)
        .command::<second::ShowSecond>("/api/v1/sessions/second", "/sign-in/second", CREATED)
        .page("/account", "show-account-page", Permission::SIGNED_IN, people::show::account)
        .query::<account::ShowAccount>("/api/v1/account")
        .command::<account::ChangePassword>("/api/v1/account/password", "/account/password", OK)
        .command::<second::SetSecond>("/api/v1/account/second", "/account/second", CREATED)
        .command::<account::EndOtherSessions>("/api/v1/account/sessions/end-others", "/account/sessions/end-others", OK)
        .command::<account::EndSession>("/api/v1/account/sessions/{session}/end", "/account/sessions/{session}/end", OK)
        .page("/invite/{community}/{token}", "show-invitation-page", ALL, people::roster::invitation)
        .command::<invite::TakeInvitation>("/api/v1/{community}/invitations/{token}", "/invite/{community}/{token}", CREATED)
        .small_form("/lang", "choose-language", people::show::choose_language)
}

#[rustfmt::skip]
fn desk(routes: Routes) -> Routes {
    routes
        .page("/desk", "show-desks", Permission::SIGNED_IN, matters::show::desks)
        .page("/desk/{community}", "show-inbox", DESK, matters::show::inbox)
        .query::<overview::ShowMatters>("/api/v1/{community}/matters")
        .query::<overview::ShowDesk>("/api/v1/{community}/desk")
        .query::<setup::ShowChoices>("/api/v1/{community}/choices")
        .page("/desk/{community}/say", "show-desk-say", Permission::TAKE_WORDS, voices::show::desk_say)
        .command::<take::TakeVoice>("/api/v1/{community}/voices/taken", "/desk/{community}/say", CREATED)
        .page("/desk/{community}/matters/{matter}", "show-matter", DESK, matters::show::matter)
        .query::<matter::ShowMatter>("/api/v1/{community}/matters/{matter}")
        .query::<timeline::ShowTimeline>("/api/v1/{community}/matters/{matter}/timeline")
        .command::<list::ListMatter>("/api/v1/{community}/matters/{matter}/list", "/desk/{community}/matters/{matter}/list", OK)
        .command::<edit::EditMatter>("/api/v1/{community}/matters/{matter}/edit", "/desk/{community}/matters/{matter}/edit", OK)
        .command::<decline::DeclineMatter>("/api/v1/{community}/matters/{matter}/decline", "/desk/{community}/matters/{matter}/decline", OK)
        .command::<merge::MergeMatter>("/api/v1/{community}/matters/{matter}/merge", "/desk/{community}/matters/{matter}/merge", OK)
        .command::<attach::AttachMatter>("/api/v1/{community}/matters/{matter}/attach", "/desk/{community}/matters/{matter}/attach", OK)
        .command::<reopen::ReopenMatter>("/api/v1/{community}/matters/{matter}/reopen", "/desk/{community}/matters/{matter}/reopen", OK)
        .command::<record_answer::RecordAnswer>("/api/v1/{community}/voices/{voice}/verdict", "/desk/{community}/voices/{voice}/verdict", OK)
        .page("/desk/{community}/photos/{photo}", "show-desk-photo", DESK, matters::show::photo)
}

/// What is kept about those who spoke, as the desk sees it.
#[rustfmt::skip]
fn personal(routes: Routes) -> Routes {
    routes
        .command::<reveal::RevealVoice>("/api/v1/{community}/voices/{voice}/reveal", "/desk/{community}/voices/{voice}/reveal", OK)
        .page("/desk/{community}/voices/{voice}", "show-held-for-page", Permission::REVEAL, voices::held::for_owner)
        .query::<held::ShowHeldFor>("/api/v1/{community}/voices/{voice}/held")
        .command::<correct::CorrectVoiceFor>("/api/v1/{community}/voices/{voice}/correct", "/desk/{community}/voices/{voice}/correct", OK)
        .command::<erase::EraseVoiceFor>("/api/v1/{community}/voices/{voice}/erase", "/desk/{community}/voices/{voice}/erase", OK)
        .page("/desk/{community}/find", "show-find-page", Permission::REVEAL, voices::held::find)
        .command::<find_contact::FindContact>("/api/v1/{community}/voices/find", "/desk/{community}/find", OK)
        .command::<hide::HidePhoto>("/api/v1/{community}/photos/{photo}/hide", "/desk/{community}/photos/{photo}/hide", OK)
        .page("/desk/{community}/kept", "show-kept-page", DESK, voices::held::kept)
        .query::<forget::ShowForgettings>("/api/v1/{community}/forgettings")
}

#[rustfmt::skip]
fn people_of_a_community(routes: Routes) -> Routes {
    routes
        .page("/desk/{community}/people", "show-roster-page", PEOPLE, people::roster::roster)
        .query::<keep::ShowRoster>("/api/v1/{community}/people")
        .command::<invite::InvitePerson>("/api/v1/{community}/invitations", "/desk/{community}/people/invite", CREATED)
        .command::<keep::GiveRole>("/api/v1/{community}/people/{person}/give", "/desk/{community}/people/{person}/give", OK)
        .command::<keep::TakeRole>("/api/v1/{community}/people/{person}/take", "/desk/{community}/people/{person}/take", OK)
        .command::<keep::SwitchOffPerson>("/api/v1/{community}/people/{person}/off", "/desk/{community}/people/{person}/off", OK)
        .command::<keep::SignOutPerson>("/api/v1/{community}/people/{person}/sign-out", "/desk/{community}/people/{person}/sign-out", OK)
        .command::<keep::HandOver>("/api/v1/{community}/people/{person}/hand-over", "/desk/{community}/people/{person}/hand-over", OK)
}

/// Dispatching and doing.
#[rustfmt::skip]
fn tasks(routes: Routes) -> Routes {
    routes
        .command::<dispatch::DispatchTask>("/api/v1/{community}/matters/{matter}/tasks", "/desk/{community}/matters/{matter}/tasks", CREATED)
        .command::<withdraw::WithdrawTask>("/api/v1/{community}/tasks/{task}/withdraw", "/desk/{community}/tasks/{task}/withdraw", OK)
        .page("/tasks", "show-all-tasks", Permission::SIGNED_IN, work::show::tasks)
        .query::<task::ShowTasks>("/api/v1/{community}/tasks")
        .page("/tasks/{community}/{task}", "show-task", WORK, work::show::task)
        .query::<task::ShowTask>("/api/v1/{community}/tasks/{task}")
        .command::<accept::AcceptTask>("/api/v1/{community}/tasks/{task}/accept", "/tasks/{community}/{task}/accept", OK)
        .command::<give_back::ReturnTask>("/api/v1/{community}/tasks/{task}/return", "/tasks/{community}/{task}/return", OK)
        .command::<finish::FinishTask>("/api/v1/{community}/tasks/{task}/finish", "/tasks/{community}/{task}/finish", OK)
        .page("/tasks/{community}/{task}/photos/{photo}", "show-task-photo", WORK, work::show::photo)
}
