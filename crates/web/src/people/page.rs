//! The pages around accounts.

use askama::Template;
use linli_domain::people::view::{AccountView, InvitationView, OwnSession, RosterLine, RosterView};
use linli_domain::people::{Permission, Role};
use linli_domain::places::CommunityView;

use crate::look::form::Form;
use crate::look::frame::Frame;

/// `GET /sign-in`. The form keeps `name`, and in `next` the address to go on to; a password is never sent back.
#[derive(Debug, Template)]
#[template(path = "people/sign_in.html")]
pub struct SignInPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// Name, and where to go on to.
    pub form: Form,
}

/// `GET /sign-in/second`: the other half of a sign-in.
#[derive(Debug, Template)]
#[template(path = "people/second.html")]
pub struct SecondPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The code, and where to go on to.
    pub form: Form,
}

/// After a second factor was set up: the codes for the day when the phone is lost, once.
#[derive(Debug, Template)]
#[template(path = "people/codes.html")]
pub struct CodesPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The codes.
    pub codes: &'a [String],
}

/// `GET /account`: one's own account.
#[derive(Debug, Template)]
#[template(path = "people/account.html")]
pub struct AccountPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The account.
    pub account: &'a AccountView,
    /// A proposed secret for the second factor, and its code as a picture.
    pub secret: String,
    /// That secret as a QR code (SVG), ready to be scanned.
    pub code: String,
    /// The form that is redrawn, or a fresh one.
    pub form: Form,
    /// Which form that is: `password` or `second`; empty when the page is fresh.
    pub about: &'a str,
}

impl AccountPage<'_> {
    /// One of the page's forms.
    pub fn form_of(&self, name: &str) -> Form {
        if self.about == name { self.form.clone() } else { Form::new(self.form.key_for(name), self.form.csrf.clone()) }
    }
    /// The form that ends one session.
    pub fn form_to_end(&self, session: &OwnSession) -> Form {
        self.form_of(&format!("end-{}", session.id))
    }
    /// The secret in groups of four, to be typed where nothing can be scanned.
    pub fn secret_spaced(&self) -> String {
        let signs: Vec<char> = self.secret.chars().collect();
        signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

/// `GET /invite/{community}/{token}`.
#[derive(Debug, Template)]
#[template(path = "people/invitation.html")]
pub struct InvitationPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// Whom it is for.
    pub invitation: &'a InvitationView,
    /// The secret part of the link.
    pub token: &'a str,
    /// The sign-in name that was typed.
    pub form: Form,
}

/// `GET /desk/{community}/people`.
#[derive(Debug, Template)]
#[template(path = "people/roster.html")]
pub struct RosterPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// Who works here.
    pub roster: &'a RosterView,
    /// The form that is redrawn, or a fresh one.
    pub form: Form,
    /// Which form that is: `invite`, or a step and a person; empty when the page is fresh.
    pub about: &'a str,
    /// A link that was just made, shown once.
    pub link: Option<String>,
}

impl RosterPage<'_> {
    /// The form that takes one role away.
    pub fn form_to_take(&self, line: &RosterLine) -> Form {
        self.form_of(&format!("take-{}-{}", line.role, line.id))
    }
    /// Where what concerns a person is sent.
    pub fn base(&self, line: &RosterLine) -> String {
        format!("/desk/{}/people/{}", self.community.slug, line.id)
    }
    /// Roles that can be given here.
    pub fn roles(&self) -> [Role; 9] {
        Role::ALL
    }
    /// One of the page's forms.
    pub fn form_of(&self, name: &str) -> Form {
        if self.about == name { self.form.clone() } else { Form::new(self.form.key_for(name), self.form.csrf.clone()) }
    }
    /// A form about one person in one role.
    pub fn form_for(&self, name: &str, line: &RosterLine) -> Form {
        self.form_of(&format!("{name}-{}", line.id))
    }
    /// How the ids of a form about one person begin.
    pub fn prefix(&self, name: &str, line: &RosterLine) -> String {
        format!("{name}-{}-", line.id)
    }
    /// Whoever could take work over from a person.
    pub fn others(&self, from: &RosterLine) -> Vec<&RosterLine> {
        let works = |line: &&RosterLine| {
            line.on
                && line.id != from.id
                && Role::from_code(&line.role).is_some_and(|role| role.may().contains(Permission::DO_TASKS))
        };
        let mut others: Vec<_> = self.roster.people.iter().filter(works).collect();
        others.dedup_by_key(|line| line.id);
        others
    }
    /// Whether a line is the first of its person: what concerns the account stands there once.
    pub fn is_first(&self, line: &RosterLine) -> bool {
        self.roster.people.iter().find(|other| other.id == line.id).is_some_and(|first| std::ptr::eq(first, line))
    }
    /// Whether a line is the reader's own.
    pub fn is_me(&self, line: &RosterLine) -> bool {
        self.frame.session.is_some_and(|session| session.person == line.id)
    }
}
