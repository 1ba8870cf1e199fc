//! What the desk chooses from: groups, categories, people.

use linli_domain::people::Permission;
use linli_domain::people::view::PersonView;
use linli_domain::places::{Category, Group};
use linli_domain::typed::FieldRefusal;
use linli_store::{Stop, people, places};
use serde::Serialize;
use utoipa::ToSchema;

use crate::command::{Cx, Here, Nothing, Query};

/// The choices of the desk's forms.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Choices {
    /// Groups, in order.
    pub groups: Vec<Group>,
    /// Categories.
    pub categories: Vec<Category>,
    /// People who can be given work, each once.
    pub people: Vec<PersonView>,
}

/// Asks for the desk's choices.
#[derive(Debug)]
pub struct ShowChoices;

impl Query for ShowChoices {
    const NAME: &'static str = "show-choices";
    const MAY: Permission = Permission::READ_DESK;
    type At = Here;
    type Input = Nothing;
    type View = Choices;

    fn parse(_: Here, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Choices, Stop> {
        let tenant = cx.community.id;
        let groups = places::groups(cx.tx, tenant).await?.into_iter().map(|(id, name)| Group { id, name }).collect();
        let categories =
            places::categories(cx.tx, tenant).await?.into_iter().map(|(id, name)| Category { id, name }).collect();
        let mut people: Vec<PersonView> = people::of_community(cx.tx, tenant, cx.now)
            .await?
            .into_iter()
            .map(|(id, name, role, in_hand)| PersonView { id, name, role: role.code().into(), in_hand })
            .collect();
        people.dedup_by_key(|person| person.id);
        Ok(Choices { groups, categories, people })
    }
}
