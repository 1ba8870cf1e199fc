//! Every page, in both languages, at every stage, with plain words and with hostile ones.

use askama::Template as _;
use linli_domain::matters::{MatterRefusal, Stage};
use linli_domain::people::Permission;
use linli_domain::refusal::{CommonRefusal, Refusal};
use linli_domain::tasks::TaskStage;
use linli_domain::time::Day;
use linli_domain::typed::{FieldRefusal, TypedRefusal};

use crate::audit::page::LogPage;
use crate::commitments::page::ListPage;
use crate::look::fault::{FaultPage, Trouble};
use crate::look::fixture_tests::{HOSTILE, Village};
use crate::look::form::Form;
use crate::look::frame::Frame;
use crate::look::words::{Lang, Words};
use crate::matters::page::{DesksPage, InboxPage, MatterPage};
use crate::people::page::{AccountPage, CodesPage, InvitationPage, RosterPage, SecondPage, SignInPage};
use crate::places::page::HomePage;
use crate::statistics::page::FrontPage;
use crate::tasks::page::{TaskPage, TasksPage};
use crate::voices::page::{DeskSayPage, LookUpPage, ReceiptPage, SayPage, TakenDown};

type Pages = Vec<(String, String)>;

fn today() -> Day {
    Day::parse("2026-06-15").expect("a day")
}

/// A form that cannot be taken, with something typed in each of `fields`.
fn faulty(words: Words, village: Village, fields: &[&'static str]) -> Form {
    let typed = if village.hostile { HOSTILE } else { "路灯坏了" };
    let refusals: Vec<_> =
        fields.iter().map(|field| FieldRefusal::new(field, TypedRefusal::TooLong { most: 120, got: 130 })).collect();
    let form = fields.iter().fold(Form::new("key", "token"), |form, field| form.holding(field, typed));
    form.refused(words, &refusals).with_problem(words.refusal(&Refusal::from(CommonRefusal::Raced)))
}

fn residents(words: Words, village: Village) -> Pages {
    let (community, list, lines) = (village.community(), village.list(), village.lines());
    let path = if village.hostile { HOSTILE } else { "/grain-village" };
    let frame = || Frame {
        public_url: "https://linli.example".into(),
        ..Frame::new(words, path, "token").on(today()).within(&community)
    };
    let mut pages = Pages::new();
    let mut add = |name: &str, page: Result<String, askama::Error>| pages.push((name.to_owned(), page.expect(name)));
    add("front", FrontPage { frame: Frame::new(words, "/", "token"), communities: &lines }.render());
    add("home", HomePage { frame: frame(), community: &community, totals: village.totals() }.render());
    let form = Form::new("key", "token");
    add("say", SayPage { frame: frame(), community: &community, form: form.clone() }.render());
    let wrong = faulty(words, village, &["text", "place", "contact", "photo"]);
    add("say-faulty", SayPage { frame: frame(), community: &community, form: wrong }.render());
    add("look-up", LookUpPage { frame: frame(), community: &community, form: form.clone() }.render());
    let wrong = faulty(words, village, &["code"]);
    add("look-up-faulty", LookUpPage { frame: frame(), community: &community, form: wrong }.render());
    add("list", ListPage { frame: frame(), community: &community, list: &list }.render());
    let (log, checkpoint) = (village.log(), village.checkpoint());
    let page = |checkpoint| LogPage { frame: frame(), community: &community, log: &log, checkpoint };
    add("log", page(Some(&checkpoint)).render());
    add("log-empty", page(None).render());
    for stage in Stage::ALL {
        let standing = village.standing(*stage);
        let receipt = |fresh, form| ReceiptPage {
            frame: frame(),
            community: &community,
            standing: &standing,
            code: "00071234567890123456",
            spaced: "0007 1234 5678 9012 3456",
            fresh,
            form,
        };
        add(&format!("receipt-{}", stage.code()), receipt(false, form.clone()).render());
        if *stage == Stage::Received {
            add("receipt-fresh", receipt(true, form.clone()).render());
        }
        if *stage == Stage::Awaiting {
            add("receipt-faulty", receipt(false, faulty(words, village, &["reason"])).render());
        }
    }
    let wrong = faulty(words, village, &["name"]).holding("next", if village.hostile { HOSTILE } else { "/desk" });
    add("sign-in", SignInPage { frame: Frame::new(words, "/sign-in", "token"), form: wrong }.render());
    add("fault-busy", FaultPage::trouble(frame(), 503, Trouble::Busy, "req-7").render());
    let nowhere = Refusal::from(CommonRefusal::NotFound);
    add("fault-404", FaultPage::refusal(Frame::new(words, "/x", "token"), 404, &nowhere, "").render());
    let sign_in = Refusal::from(CommonRefusal::SignInFirst);
    add("fault-401", FaultPage::refusal(frame(), 401, &sign_in, if village.hostile { HOSTILE } else { "r" }).render());
    pages
}

fn accounts(words: Words, village: Village) -> Pages {
    let (community, session) = (village.community(), village.session());
    let frame = || Frame::new(words, "/account", "token").on(today()).signed_in(&session).allowed(Permission::all());
    let mut pages = Pages::new();
    let mut add = |name: &str, page: Result<String, askama::Error>| pages.push((name.to_owned(), page.expect(name)));
    let form = Form::new("key", "token");
    let wrong = |fields: &[&'static str]| faulty(words, village, fields);
    add("second", SecondPage { frame: frame(), form: form.clone() }.render());
    add("second-faulty", SecondPage { frame: frame(), form: wrong(&["code"]) }.render());
    add("codes", CodesPage { frame: frame(), codes: &["23456-78923".into(), "34567-89234".into()] }.render());
    for (about, has_second) in [("", true), ("password", true), ("second", false)] {
        let account = village.account(has_second);
        let form = match about {
            "password" => wrong(&["password", "new_password"]),
            "second" => wrong(&["code", "password"]),
            _ => form.clone(),
        };
        let (secret, code) = ("ABCDEFGHIJ".to_owned(), "<svg></svg>".to_owned());
        let page = AccountPage { frame: frame(), account: &account, secret, code, form, about };
        add(&format!("account-{about}"), page.render());
    }
    let invitation = village.invitation();
    let page =
        |form| InvitationPage { frame: frame(), community: &community, invitation: &invitation, token: "t", form };
    add("invitation", page(form.clone()).render());
    add("invitation-faulty", page(wrong(&["sign_in_name", "password"])).render());
    let roster = village.roster();
    for (about, link) in [("", None), ("invite", None), ("off-7", Some("https://linli.example/invite/x/y".to_owned()))]
    {
        let form = match about {
            "invite" => wrong(&["name", "role"]),
            "" => form.clone(),
            _ => wrong(&[]),
        };
        let frame = frame().within(&community);
        let page = RosterPage { frame, community: &community, roster: &roster, form, about, link };
        add(&format!("roster-{about}"), page.render());
    }
    pages
}

fn staff(words: Words, village: Village) -> Pages {
    let (community, session) = (village.community(), village.session());
    let frame = || {
        Frame::new(words, "/desk", "token")
            .on(today())
            .within(&community)
            .signed_in(&session)
            .allowed(Permission::all())
    };
    let (lines, messages) = (village.matter_lines(), village.messages());
    let mut pages = Pages::new();
    let mut add = |name: &str, page: Result<String, askama::Error>| pages.push((name.to_owned(), page.expect(name)));
    let form = Form::new("key", "token");
    add(
        "desks",
        DesksPage { frame: Frame::new(words, "/desk", "token").signed_in(&session), desks: session.places.clone() }
            .render(),
    );
    let inbox = |stage| InboxPage {
        frame: frame(),
        community: &community,
        counts: village.counts(),
        totals: village.totals(),
        lines: &lines,
        stage,
        messages: &messages,
    };
    add("inbox", inbox(None).render());
    add("inbox-working", inbox(Some(Stage::Working)).render());
    let taken = TakenDown { spaced: "0007 1234 5678 9012 3456".into(), matter: "61".into() };
    let say = |form, taken| DeskSayPage { frame: frame(), community: &community, form, taken };
    add("desk-say", say(form.clone(), None).render());
    add("desk-say-taken", say(form.clone(), Some(taken)).render());
    add("desk-say-faulty", say(faulty(words, village, &["text", "channel"]), None).render());
    let tasks = [
        village.task(1, TaskStage::Offered),
        village.task(2, TaskStage::Accepted),
        village.task(3, TaskStage::Assigned),
        village.task(4, TaskStage::Finished),
    ];
    add("tasks", TasksPage { frame: frame(), tasks: &tasks, messages: &messages }.render());
    add("tasks-none", TasksPage { frame: frame(), tasks: &[], messages: &[] }.render());
    for stage in TaskStage::ALL {
        for about in ["", "accept", "finish", "return"] {
            let form = match about {
                "finish" => faulty(words, village, &["note", "photo"]),
                "return" => faulty(words, village, &["reason"]),
                "accept" => faulty(words, village, &[]),
                _ => form.clone(),
            };
            let task = village.task(1, *stage);
            let page = TaskPage { frame: frame(), community: &community, task: &task, form, about };
            add(&format!("task-{}-{about}", stage.code()), page.render());
        }
    }
    pages.extend(matters(words, village));
    pages
}

fn matters(words: Words, village: Village) -> Pages {
    let (community, session) = (village.community(), village.session());
    let (categories, groups, people) = (village.categories(), village.groups(), village.people());
    let now = village.listing();
    let mut pages = Pages::new();
    for stage in Stage::ALL {
        let matter = village.matter(*stage);
        let mut abouts: Vec<String> =
            ["", "list", "edit", "decline", "merge", "attach", "reopen", "tasks"].map(str::to_owned).into();
        abouts.push(format!("withdraw-{}", matter.tasks.first().map_or(9, |task| task.id.raw())));
        abouts.push(format!("verdict-{}", matter.voices[0].id));
        for about in abouts {
            let fields: &[&str] = match about.split('-').next().unwrap_or_default() {
                "list" | "edit" => &["wording", "category", "group", "responsible", "deadline"],
                "merge" => &["into"],
                "attach" => &["parent"],
                "tasks" => &["instruction", "holder", "due"],
                "verdict" => &["verdict", "channel", "reason"],
                _ => &["reason"],
            };
            let form = if about.is_empty() { Form::new("key", "token") } else { faulty(words, village, fields) };
            let page = MatterPage {
                frame: Frame::new(words, "/desk", "token")
                    .on(today())
                    .within(&community)
                    .signed_in(&session)
                    .allowed(Permission::all()),
                community: &community,
                matter: &matter,
                categories: &categories,
                groups: &groups,
                people: &people,
                form,
                about: &about,
                stale: matches!(about.as_str(), "list" | "edit").then_some(&now),
            };
            let kind = about.split('-').next().unwrap_or_default();
            pages.push((format!("matter-{}-{kind}", stage.code()), page.render().expect("a matter")));
        }
    }
    pages
}

fn all(lang: Lang, hostile: bool) -> Pages {
    let (words, village) = (Words::of(lang), Village { hostile });
    let mut pages = residents(words, village);
    pages.extend(staff(words, village));
    pages.extend(accounts(words, village));
    pages
}

/// The tags of a page, each without its brackets.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

/// What a page says outside its tags.
fn said(html: &str) -> String {
    html.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

/// Set `LINLI_PAGES_DIR` to a folder to look at them.
#[test]
fn every_page_is_drawn() {
    let folder = std::env::var_os("LINLI_PAGES_DIR").map(std::path::PathBuf::from);
    for lang in Lang::ALL {
        for (name, html) in all(lang, false) {
            assert!(html.trim_end().ends_with("</html>"), "{name}");
            assert_eq!(html.matches("<h1").count(), 1, "{name} has one heading of the first kind");
            assert!(html.contains(&format!("<html lang=\"{}\">", lang.code())), "{name}");
            if let Some(folder) = &folder {
                std::fs::write(folder.join(format!("{}-{name}.html", lang.code())), html).expect("written");
            }
        }
    }
}

#[test]
fn no_key_and_no_gap_shines_through() {
    for lang in Lang::ALL {
        for (name, html) in all(lang, false) {
            assert!(!html.contains("{ $") && !html.contains("{$"), "{name}");
            assert!(!html.contains("/assets/\""), "{name} asks for an asset that is not there");
        }
    }
    // In Chinese pages with Chinese values a word such as `say-title` can only be a key.
    for (name, html) in all(Lang::ZhCn, false) {
        let text = said(&html);
        let key = text
            .split(|c: char| !(c.is_ascii_lowercase() || matches!(c, '-' | '_')))
            .find(|word| word.contains('-') && word.len() > 3 && *word != "req-");
        assert_eq!(key, None, "{name}");
    }
}

#[test]
fn nothing_typed_becomes_markup() {
    for lang in Lang::ALL {
        let plain: Vec<_> = all(lang, false).into_iter().map(|(_, html)| tags(&html).len()).collect();
        for ((name, html), tags_before) in all(lang, true).into_iter().zip(plain) {
            assert_eq!(html.matches("<script").count(), 1, "{name}: only the page's own script");
            assert!(!html.contains("\" onfocus"), "{name}");
            let ends = ["</textarea></title>", "<script>alert"];
            assert!(ends.iter().all(|end| !html.contains(end)), "{name}");
            // The hostile list has a further page; all else is drawn with the same tags.
            if name != "list" {
                assert_eq!(tags(&html).len(), tags_before, "{name}");
            }
        }
    }
}

#[test]
fn no_style_or_script_stands_in_a_page() {
    for (name, html) in all(Lang::ZhCn, false) {
        for tag in tags(&html) {
            assert!(!tag.contains(" style=") && !tag.starts_with("style"), "{name}: {tag}");
            assert!(!tag.contains(" on"), "{name}: {tag}");
            assert!(!tag.contains("javascript:"), "{name}: {tag}");
            assert!(!tag.starts_with("script") || tag.contains("src="), "{name}: {tag}");
        }
    }
}

#[test]
fn every_form_is_this_sites_own_and_is_taken_once() {
    for (name, html) in all(Lang::En, false) {
        for form in html.split("<form").skip(1).filter_map(|rest| rest.split("</form>").next()) {
            assert!(form.contains("method=\"post\""), "{name}");
            assert!(form.contains("name=\"_csrf\" value=\"token\""), "{name}");
            let frames = form.contains("action=\"/lang\"") || form.contains("action=\"/sign-out\"");
            assert!(frames || form.contains("name=\"_key\" value=\"key"), "{name}");
        }
        let mut keys: Vec<_> =
            html.split("name=\"_key\" value=\"").skip(1).filter_map(|r| r.split('"').next()).collect();
        let forms = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), forms, "{name}: two forms share a key");
    }
}

#[test]
fn ids_are_unique_and_what_they_are_named_for_is_there() {
    for (name, html) in all(Lang::En, false) {
        let values = |attribute: &str| -> Vec<String> {
            let begin = format!(" {attribute}=\"");
            tags(&html)
                .iter()
                .flat_map(|tag| tag.split(&begin).skip(1).filter_map(|rest| rest.split('"').next()))
                .map(str::to_owned)
                .collect()
        };
        let mut ids = values("id");
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name}: an id stands twice");
        let fragments = values("href").into_iter().filter_map(|href| href.strip_prefix('#').map(str::to_owned));
        let described =
            values("aria-describedby").into_iter().flat_map(|d| d.split(' ').map(str::to_owned).collect::<Vec<_>>());
        for wanted in values("for").into_iter().chain(described).chain(fragments) {
            assert!(ids.contains(&wanted), "{name}: nothing has the id {wanted}");
        }
    }
}

#[test]
fn a_faulty_field_keeps_its_words_and_says_why() {
    let words = Words::of(Lang::ZhCn);
    let pages = residents(words, Village { hostile: false });
    let (_, html) = pages.iter().find(|(name, _)| name == "say-faulty").expect("drawn");
    assert!(html.contains("role=\"alert\"") && html.contains("<details class=\"more\" open>"));
    assert!(html.contains("路灯坏了</textarea>") && html.contains("value=\"路灯坏了\""));
    assert_eq!(html.matches("aria-invalid=\"true\"").count(), 4);
    assert!(html.contains("130 个字"));
}

#[test]
fn the_telephone_is_on_every_page_of_a_community() {
    for (name, html) in all(Lang::ZhCn, false) {
        if html.contains("谷场村</span>") {
            assert!(html.contains("href=\"tel:057155550137\""), "{name}");
        }
    }
}

#[test]
fn a_stale_change_shows_both_texts_and_keeps_hers() {
    let pages = matters(Words::of(Lang::ZhCn), Village { hostile: false });
    for wanted in ["matter-listed-edit", "matter-received-list", "matter-working-list"] {
        let (_, html) = pages.iter().find(|(name, _)| name == wanted).expect(wanted);
        assert!(html.contains("<td>桥头到小学的路灯有三盏不亮</td><td>路灯坏了</td>"), "{wanted}");
        assert!(html.contains("路灯坏了</textarea>"), "{wanted}");
        assert!(html.contains("name=\"version\" value=\"5\""), "{wanted}");
    }
    // What can no longer be done at all is told, and the words come back.
    let (_, html) = pages.iter().find(|(name, _)| name == "matter-confirmed-tasks").expect("drawn");
    assert!(html.contains("<blockquote class=\"said\">路灯坏了</blockquote>"));
}

#[test]
fn only_what_a_stage_allows_is_offered() {
    let pages = matters(Words::of(Lang::En), Village { hostile: false });
    let offered = |stage: Stage, form: &str| {
        let name = format!("matter-{}-", stage.code());
        let (_, html) = pages.iter().find(|(own, _)| *own == name).expect("drawn");
        html.contains(&format!("/{form}\" novalidate"))
    };
    for stage in Stage::ALL {
        assert_eq!(offered(*stage, "list"), *stage == Stage::Received, "{stage:?}");
        assert_eq!(offered(*stage, "decline"), *stage == Stage::Received, "{stage:?}");
        let dispatch = matches!(stage, Stage::Listed | Stage::Working | Stage::Disputed);
        assert_eq!(offered(*stage, "tasks"), dispatch, "{stage:?}");
        let answers = matches!(stage, Stage::Awaiting | Stage::NoAnswer);
        assert_eq!(offered(*stage, "verdict"), answers, "{stage:?}");
    }
    // A refusal of the whole is told on the page as well as one of a field.
    let words = Words::of(Lang::En);
    let told = words.refusal(&Refusal::from(MatterRefusal::AtWork));
    assert!(Form::new("k", "c").with_problem(told).is_faulty());
}

#[test]
fn struck_off_is_told_without_colour() {
    let village = Village { hostile: false };
    let (community, list) = (village.community(), village.list());
    let frame = Frame::new(Words::of(Lang::ZhCn), "/", "token").on(today()).within(&community);
    let html = ListPage { frame, community: &community, list: &list }.render().expect("drawn");
    let entries: Vec<_> = list.groups.iter().flat_map(|group| &group.entries).collect();
    assert_eq!(entries.len(), 54);
    let struck = entries.iter().filter(|entry| entry.standing.is_struck_off()).count();
    assert_eq!(html.matches("<li class=\"done\"").count(), struck);
    assert_eq!(html.matches("</b><div><del>").count(), struck, "struck through");
    assert_eq!(html.matches("<em>已办好</em>").count(), struck, "and in words");
    assert!(html.contains("list.pdf") && html.contains("list.csv"));
}

#[test]
fn a_redrawn_form_keeps_its_key_and_the_others_get_their_own() {
    let (words, village) = (Words::of(Lang::ZhCn), Village { hostile: false });
    let (community, task) = (village.community(), village.task(1, TaskStage::Accepted));
    let form = Form::new("key-finish", "token").with_problem("busy");
    let frame = Frame::new(words, "/", "token").within(&community);
    let html = TaskPage { frame, community: &community, task: &task, form, about: "finish" }.render().expect("drawn");
    assert_eq!(html.matches("name=\"_key\" value=\"key-finish\"").count(), 1);
    assert_eq!(html.matches("name=\"_key\" value=\"key-finish-return\"").count(), 1);
}
