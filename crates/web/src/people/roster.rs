//! The people of a community on pages: inviting, roles, switching off, handing over; and the invited one's page.

use axum::response::{IntoResponse as _, Response};
use linli_app::Denied;
use linli_app::command::{Here, Nothing};
use linli_app::people::add::AddedPerson;
use linli_app::people::invite::{InvitationAt, InvitePerson, Invited, ShowInvitation, TakeInvitation};
use linli_app::people::keep::{
    GiveRole, HandOver, Kept, PersonAt, ShowRoster, SignOutPerson, SwitchOffPerson, TakeRole,
};
use linli_domain::people::PeopleRefusal;
use linli_domain::refusal::Refusal;

use crate::face::{Face, Failed, go};
use crate::look::form::Form;
use crate::people::face::without_secrets;
use crate::people::page::{InvitationPage, RosterPage};
use crate::problem::render;
use crate::routes::Asked;
use crate::visit::Visit;

/// `GET /desk/{community}/people`.
pub(crate) async fn roster(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let form = Form::new(visit.fresh_key(), visit.csrf());
    draw(&visit, form, "", None, None).await
}

async fn draw(
    visit: &Visit,
    form: Form,
    about: &str,
    link: Option<String>,
    failed: Option<&Failed>,
) -> Result<Response, Denied> {
    let here = visit.here();
    let roster = visit.web.app.ask::<ShowRoster>(&visit.caller(), &here, Here {}, Nothing {}).await?;
    let page = RosterPage { frame: visit.frame(), community: &here, roster: &roster, form, about, link };
    Ok(match failed {
        Some(failed) => failed.page(visit, &page),
        None => render(&page).into_response(),
    })
}

impl Face for InvitePerson {
    /// The link stands on this very page and in no address of the desk's.
    async fn done(visit: &Visit, _: &Here, invited: Invited, _: &Form) -> Result<Response, Denied> {
        let form = Form::new(visit.fresh_key(), visit.csrf());
        let link = format!("{}{}", visit.web.settings.public_url, invited.path);
        draw(visit, form, "", Some(link), None).await
    }
    async fn again(visit: &Visit, _: &Here, failed: Failed) -> Result<Response, Denied> {
        draw(visit, failed.form_named("invite"), "invite", None, Some(&failed)).await
    }
}

/// The name of a form about one person; taking a role away has one form for each role.
fn about(step: &str, role: &str, at: PersonAt) -> String {
    if step == "take" { format!("take-{role}-{}", at.person) } else { format!("{step}-{}", at.person) }
}

macro_rules! steps {
    ($($command:ty: $name:literal;)*) => {$(
        impl Face for $command {
            async fn done(visit: &Visit, _: &PersonAt, _: Kept, _: &Form) -> Result<Response, Denied> {
                Ok(go(&format!("/desk/{}/people", visit.here().slug)))
            }
            async fn again(visit: &Visit, at: &PersonAt, failed: Failed) -> Result<Response, Denied> {
                let about = about($name, failed.form.value("role"), *at);
                draw(visit, failed.form_named(&about), &about, None, Some(&failed)).await
            }
        }
    )*};
}
steps! {
    GiveRole: "give";
    TakeRole: "take";
    SwitchOffPerson: "off";
    SignOutPerson: "sign-out";
    HandOver: "hand-over";
}

/// `GET /invite/{community}/{token}`.
pub(crate) async fn invitation(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let form = Form::new(visit.fresh_key(), visit.csrf());
    show_invitation(&visit, &asked.param::<String>("token")?, form, None).await
}

async fn show_invitation(visit: &Visit, token: &str, form: Form, failed: Option<&Failed>) -> Result<Response, Denied> {
    let here = visit.here();
    let at = InvitationAt { token: token.to_owned() };
    let asked = visit.web.app.ask::<ShowInvitation>(&visit.caller(), &here, at, Nothing {}).await;
    if let Err(Denied::Refused(refusal)) = &asked
        && *refusal == Refusal::from(PeopleRefusal::InvitationOver)
    {
        // A link that is guessed at is a receipt that is guessed at.
        visit.web.brakes.missed_receipt(visit.address);
    }
    let invitation = asked?;
    let page = InvitationPage { frame: visit.frame(), community: &here, invitation: &invitation, token, form };
    Ok(match failed {
        Some(failed) => failed.page(visit, &page),
        None => render(&page).into_response(),
    })
}

impl Face for TakeInvitation {
    async fn done(_: &Visit, _: &InvitationAt, _: AddedPerson, _: &Form) -> Result<Response, Denied> {
        Ok(go("/sign-in"))
    }
    async fn again(visit: &Visit, at: &InvitationAt, failed: Failed) -> Result<Response, Denied> {
        show_invitation(visit, &at.token, without_secrets(&failed.form), Some(&failed)).await
    }
}
