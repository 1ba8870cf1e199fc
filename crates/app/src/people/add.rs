//! Making an account with a role in a community; only the server itself does this so far.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::PersonId;
use linli_domain::people::{NAME_MAX, Password, PeopleRefusal, Permission, Role, sign_in_name};
use linli_domain::places::PlaceRefusal;
use linli_domain::refusal::Refusal;
use linli_domain::time::Timestamp;
use linli_domain::typed::{FieldRefusal, Fields, Line, TypedRefusal};
use linli_store::{Fault, Stop, people, places};
use linli_text::names;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::command::{Caller, Command, Cx, Denied, Here, Recorded};

/// What is sent to make an account.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddPersonInput {
    /// The name shown to colleagues; also the sign-in name unless one is given.
    pub name: String,
    /// The sign-in name.
    pub sign_in_name: Option<String>,
    /// The password.
    pub password: String,
    /// The role's code.
    pub role: String,
    /// The path of an area where the role holds, instead of this community.
    pub area: Option<String>,
}

impl std::fmt::Debug for AddPersonInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AddPersonInput").field("name", &self.name).field("role", &self.role).finish_non_exhaustive()
    }
}

/// Makes an account.
#[derive(Debug)]
pub struct AddPerson {
    name: Line,
    sign_in_name: Line,
    password: Password,
    role: Role,
    area: Option<Line>,
    hash: Option<String>,
}

/// A made account.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AddedPerson {
    /// The account.
    pub person: PersonId,
}

impl Command for AddPerson {
    const NAME: &'static str = "add-person";
    const MAY: Permission = Permission::OPERATE;
    type At = Here;
    type Input = AddPersonInput;
    type Done = AddedPerson;

    fn parse(_: &Here, input: &AddPersonInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let name = fields.take("name", Line::parse(&input.name, NAME_MAX));
        let sign_in = fields.take("sign_in_name", sign_in_name(input.sign_in_name.as_deref().unwrap_or(&input.name)));
        let password = fields.take("password", Password::parse(&input.password));
        let role: Result<Role, Refusal> = Role::from_code(&input.role).ok_or(TypedRefusal::NoSuchChoice.into());
        let role = fields.take("role", role);
        let area = fields.take("area", Line::optional(input.area.as_deref(), NAME_MAX));
        fields.done(|| {
            let (name, sign_in_name, password, role, area) = (name?, sign_in?, password?, role?, area?);
            Some(Self { name, sign_in_name, password, role, area, hash: None })
        })
    }

    async fn prepare(&mut self, app: &App, _: &Caller) -> Result<(), Denied> {
        self.hash = Some(app.hashing.hash(&app.random, self.password.clone()).await?);
        Ok(())
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<AddedPerson>, Stop> {
        let id = PersonId::new(cx.app.ids.next(cx.now));
        let hash = self.hash.as_deref().ok_or(Fault::Bug("not prepared".into()))?;
        let (sign_in, name) = (self.sign_in_name.as_str(), self.name.as_str());
        let sort_key = names::sort_key(name);
        if people::add(cx.tx, id, sign_in, name, &sort_key, hash, Timestamp::NEVER).await? == 0 {
            return Err(PeopleRefusal::NameTaken { name: sign_in.into() }.into());
        }
        let mut event = Event::of(Kind::PersonAdded, id.raw()).with("role", self.role.code()).saying("name", name);
        match &self.area {
            Some(path) => {
                let (area,) = places::area(cx.tx, path.as_str()).await?.ok_or(PlaceRefusal::NoSuchArea)?;
                people::add_area_role(cx.tx, area, id, self.role).await?;
                event = event.with("area", path.as_str());
            }
            None => drop(people::add_role(cx.tx, cx.community.id, id, self.role).await?),
        }
        Ok(Recorded::new(AddedPerson { person: id }, event))
    }
}
