//! The pages of the desk.

use axum::response::{IntoResponse as _, Response};
use linli_app::Denied;
use linli_app::attachments::show::{DeskPhotoAt, ShowDeskPhoto};
use linli_app::command::{Here, Nothing};
use linli_app::commitments::list::ShowList;
use linli_app::matters::MatterAt;
use linli_app::matters::overview::{MattersInput, ON_THE_DESK, ShowDesk, ShowMatters};
use linli_app::matters::show::ShowMatter;
use linli_app::places::setup::{Choices, ShowChoices};
use linli_domain::matters::{MatterRef, Stage};
use linli_domain::people::view::PlaceOfWork;
use linli_domain::people::{Actor, Permission, Role};
use linli_domain::refusal::CommonRefusal;

use crate::face::{Failed, go};
use crate::look::form::Form;
use crate::matters::page::{DesksPage, InboxPage, MatterPage};
use crate::problem::render;
use crate::routes::Asked;
use crate::visit::Visit;
use crate::voices::show::{picture, size};

/// `GET /desk`: the only desk at once, a choice of several; somebody without one has tasks.
pub(crate) async fn desks(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let Some(session) = &visit.session else { return Err(CommonRefusal::SignInFirst.into()) };
    let desk = Permission::READ_DESK | Permission::KEEP_PEOPLE;
    let reads = |code: &str| Role::from_code(code).is_some_and(|role| role.may().intersects(desk));
    let mut desks: Vec<_> = session.view.places.iter().filter(|place| reads(&place.role)).cloned().collect();
    // A role at an area is one for every community under it.
    if let Actor::Person { wide, .. } = &session.actor {
        for place in visit.web.app.communities().await? {
            let role = wide.iter().find(|(area, role)| place.areas.contains(area) && reads(role.code()));
            if let Some((_, role)) = role {
                let (community, name) = (place.slug.clone(), place.name.clone());
                desks.push(PlaceOfWork { community, name, role: role.code().into() });
            }
        }
    }
    match desks.as_slice() {
        [] => Ok(go("/tasks")),
        [only] => Ok(go(&DesksPage::address(only))),
        _ => Ok(render(&DesksPage { frame: visit.frame(), desks }).into_response()),
    }
}

/// `GET /desk/{community}`: what the desk has to do, or one stage.
pub(crate) async fn inbox(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let (app, caller, here) = (&visit.web.app, visit.caller(), visit.here());
    let code = asked.query("stage").filter(|code| !code.is_empty());
    let stage = code.as_deref().and_then(Stage::from_code);
    let input = MattersInput { stage: Some(code.unwrap_or_else(|| ON_THE_DESK.into())), cursor: asked.query("cursor") };
    let desk = app.ask::<ShowDesk>(&caller, &here, Here {}, Nothing {}).await?;
    let lines = app.ask::<ShowMatters>(&caller, &here, Here {}, input).await?;
    let totals = app.read(&caller, &here, ShowList::whole(0)).await?.totals;
    let page = InboxPage {
        frame: visit.frame(),
        community: &here,
        counts: desk.counts,
        totals,
        lines: &lines,
        stage,
        messages: &desk.messages,
    };
    Ok(render(&page).into_response())
}

/// `GET /desk/{community}/matters/{matter}`.
pub(crate) async fn matter(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let form = Form::new(visit.fresh_key(), visit.csrf());
    draw(&visit, asked.param("matter")?, form, "", None).await
}

/// The choices of the desk's forms; only the desk reads them.
pub(crate) async fn choices(visit: &Visit) -> Result<Choices, Denied> {
    visit.web.app.ask::<ShowChoices>(&visit.caller(), &visit.here(), Here {}, Nothing {}).await
}

/// The page of a matter again, with the form that was not taken. A stale one stands beside what is there now.
pub(crate) async fn redraw(visit: &Visit, matter: MatterRef, about: &str, failed: Failed) -> Result<Response, Denied> {
    draw(visit, matter, failed.form_named(about), about, Some(&failed)).await
}

async fn draw(
    visit: &Visit,
    named: MatterRef,
    form: Form,
    about: &str,
    failed: Option<&Failed>,
) -> Result<Response, Denied> {
    let (app, caller, here) = (&visit.web.app, visit.caller(), visit.here());
    let matter = app.ask::<ShowMatter>(&caller, &here, MatterAt { matter: named }, Nothing {}).await?;
    let choices = choices(visit).await?;
    let stale = failed.is_some_and(Failed::is_stale).then_some(matter.listing.as_ref()).flatten();
    let page = MatterPage {
        frame: visit.frame(),
        community: &here,
        matter: &matter,
        categories: &choices.categories,
        groups: &choices.groups,
        people: &choices.people,
        form,
        about,
        stale,
    };
    Ok(match failed {
        Some(failed) => failed.page(visit, &page),
        None => render(&page).into_response(),
    })
}

/// The address of a matter's page.
pub(crate) fn address_of(visit: &Visit, matter: MatterRef) -> String {
    let slug = &visit.here().slug;
    match matter {
        MatterRef::Number(number) => format!("/desk/{slug}/matters/{number}"),
        MatterRef::Id(id) => format!("/desk/{slug}/matters/{id}"),
    }
}

/// `GET /desk/{community}/photos/{photo}`.
pub(crate) async fn photo(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let at = DeskPhotoAt { photo: asked.param("photo")? };
    let bytes = visit.web.app.show_photo::<ShowDeskPhoto>(&visit.caller(), &visit.here(), at, size(&asked)?).await?;
    Ok(picture(bytes))
}
