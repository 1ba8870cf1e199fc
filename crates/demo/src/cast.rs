//! The people of the demo, and the founding of its communities.

use std::collections::BTreeMap;

use linli_app::command::{Here, Nothing, Place, Request};
use linli_app::people::add::{AddPerson, AddPersonInput};
use linli_app::places::found::{FoundCommunity, FoundCommunityInput};
use linli_app::places::setup::ShowChoices;
use linli_app::{App, Caller, Denied};
use linli_domain::id::PersonId;
use linli_domain::people::{Actor, Role};
use rand::RngExt as _;
use rand::rngs::StdRng;

use crate::DemoSignIn;
use crate::content::{Setting, TOWN};

/// A founded community with its people.
#[derive(Debug)]
pub(crate) struct Scene {
    pub place: Place,
    pub desk: Caller,
    /// Who answers for things, as printed.
    pub responsible: Vec<String>,
    /// Grid workers and volunteers.
    pub workers: Vec<(PersonId, Caller)>,
    pub groups: BTreeMap<String, String>,
    pub categories: BTreeMap<String, String>,
}

const FAMILIES: [&str; 24] = [
    "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "秦", "尤", "许", "何", "吕", "施",
    "张", "孔", "曹", "严", "曾",
];
const GIVEN: [&str; 24] = [
    "秀英", "建国", "小梅", "志强", "桂芳", "海燕", "文斌", "玉兰", "大勇", "春花", "立新", "淑珍", "晓东", "月琴",
    "国庆", "爱华", "明辉", "彩霞", "永福", "雪梅", "新民", "腊梅", "长根", "水生",
];
const SYLLABLES: [&str; 16] = [
    "yangliu", "dengta", "heqiao", "chayuan", "daomi", "zaoshu", "qinglin", "shiban", "yuanyang", "baiyun", "nanfeng",
    "xiaoxi", "honglou", "maitian", "zhulin", "guihua",
];

/// Founds a community and gives it a desk, a grid worker and volunteers.
pub(crate) async fn found(
    app: &App,
    setting: &Setting,
    rng: &mut StdRng,
    sign_ins: &mut Vec<DemoSignIn>,
) -> Result<Scene, Denied> {
    let input = FoundCommunityInput {
        slug: setting.slug.into(),
        name: setting.name.into(),
        area: TOWN.into(),
        duty_name: setting.duty_name.into(),
        duty_phone: setting.duty_phone.into(),
        office: setting.office.into(),
        confirm_days: Some(setting.confirm_days),
        groups: setting.groups.clone(),
        categories: setting.categories.iter().map(|name| (*name).to_owned()).collect(),
    };
    app.execute(&Caller::system(), &App::instance(), Request::<FoundCommunity>::new(Here {}, input)).await?;
    let place = app.community(setting.slug).await?;
    let mut people = Vec::new();
    let roles = [Role::Dispatcher, Role::GridWorker].into_iter();
    for role in roles.chain(std::iter::repeat_n(Role::Volunteer, setting.volunteers)) {
        let sign_in = sign_in(rng, role, setting.slug, sign_ins.as_slice());
        let input = AddPersonInput {
            name: sign_in.name.clone(),
            sign_in_name: None,
            password: sign_in.password.clone(),
            role: sign_in.role.clone(),
            area: None,
        };
        let added = app.execute(&Caller::system(), &place, Request::<AddPerson>::new(Here {}, input)).await?;
        let caller = Caller::of(Actor::person_with(added.person, vec![(place.id, role)]));
        people.push((added.person, sign_in.name.clone(), caller));
        sign_ins.push(sign_in);
    }
    let desk = people[0].2.clone();
    let choices = app.ask::<ShowChoices>(&desk, &place, Here {}, Nothing {}).await?;
    Ok(Scene {
        responsible: people.iter().take(2).map(|(_, name, _)| name.clone()).collect(),
        workers: people.into_iter().skip(1).map(|(id, _, caller)| (id, caller)).collect(),
        groups: choices.groups.into_iter().map(|group| (group.name, group.id.to_string())).collect(),
        categories: choices.categories.into_iter().map(|one| (one.name, one.id.to_string())).collect(),
        place,
        desk,
    })
}

/// A name that nobody has yet, and a password that can be read out.
fn sign_in(rng: &mut StdRng, role: Role, community: &str, taken: &[DemoSignIn]) -> DemoSignIn {
    let mut pick = |from: &[&'static str]| from[rng.random_range(0..from.len())];
    let mut name = format!("{}{}", pick(&FAMILIES), pick(&GIVEN));
    while taken.iter().any(|one| one.name == name) {
        name = format!("{}{}", pick(&FAMILIES), pick(&GIVEN));
    }
    let password = format!("{}-{}-{}", pick(&SYLLABLES), pick(&SYLLABLES), rng.random_range(100..1000));
    DemoSignIn { name, password, role: role.code().into(), community: community.into() }
}
