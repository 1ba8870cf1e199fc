//! Both languages complete, in step, and never at a loss.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use linli_domain::audit::{Kind, RecordView};
use linli_domain::commitments::view::Standing;
use linli_domain::id::EntryId;
use linli_domain::matters::Stage;
use linli_domain::people::Role;
use linli_domain::refusal::{Refusal, catalogue};
use linli_domain::tasks::TaskStage;
use linli_domain::time::{Day, Timestamp};
use linli_domain::voices::{Channel, Verdict};

use crate::look::fault::Trouble;
use crate::look::frame::Frame;
use crate::look::sheet::list_words;
use crate::look::words::{Lang, Words};

/// Key to the variables of its sentence.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in lang.files().iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" =").filter(|(key, _)| !key.contains([' ', '{', '['])) {
            current = key.to_owned();
            assert!(found.insert(current.clone(), BTreeSet::new()).is_none(), "{current} is defined twice");
        }
        let names = line
            .split('$')
            .skip(1)
            .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>());
        found.entry(current.clone()).or_default().extend(names);
    }
    found.remove("");
    found
}

#[test]
fn both_languages_are_in_step() {
    let (zh, en) = (messages(Lang::ZhCn), messages(Lang::En));
    assert!(zh.len() > 300, "{}", zh.len());
    for (key, variables) in &zh {
        assert_eq!(en.get(key), Some(variables), "{key}");
    }
    assert_eq!(zh.len(), en.len());
    for lang in Lang::ALL {
        for file in lang.files() {
            if let Err((_, faults)) = FluentResource::try_new((*file).to_owned()) {
                panic!("{lang:?}: {faults:?}");
            }
        }
        for key in zh.keys() {
            assert!(Words::of(lang).has(key), "{lang:?} {key}");
        }
    }
}

#[test]
fn every_refusal_has_its_sentence_and_every_argument_a_place_or_none() {
    for lang in Lang::ALL {
        let (words, keys) = (Words::of(lang), messages(lang));
        for one in catalogue() {
            let key = format!("refusal-{}", one.code);
            let variables = keys.get(&key).unwrap_or_else(|| panic!("{lang:?} lacks {key}"));
            assert!(variables.iter().all(|name| one.args.contains(&name.as_str())), "{key} asks for too much");
            let args = one.args.iter().map(|name| (*name, "7".to_owned())).collect();
            let told = words.refusal(&Refusal { code: one.code, status: one.status, args });
            assert!(!told.contains(['{', '$']) && told != key, "{told}");
        }
    }
}

#[test]
fn every_code_has_its_word() {
    for words in Lang::ALL.map(Words::of) {
        let mut keys: Vec<String> = Kind::ALL.iter().map(|kind| format!("event-{}", kind.code())).collect();
        keys.extend(Role::ALL.iter().map(|role| format!("role-{}", role.code())));
        keys.extend(Stage::ALL.iter().map(|stage| format!("stage-{}", stage.code())));
        keys.extend(TaskStage::ALL.iter().map(|stage| format!("task-stage-{}", stage.code())));
        keys.extend(Channel::ALL.iter().map(|channel| format!("channel-{}", channel.code())));
        keys.extend(Verdict::ALL.iter().map(|verdict| format!("verdict-{}", verdict.code())));
        keys.extend(Trouble::ALL.iter().flat_map(|trouble| [trouble.key().to_owned(), trouble.next().to_owned()]));
        let standings = [
            Standing::Listed,
            Standing::Working,
            Standing::Awaiting,
            Standing::Disputed,
            Standing::Confirmed,
            Standing::NoAnswer,
            Standing::Merged,
        ];
        keys.extend(standings.iter().map(|standing| format!("standing-{}", standing.word())));
        for key in keys {
            assert!(words.has(&key), "{words:?} lacks {key}");
        }
        for stage in Stage::ALL {
            assert_eq!(words.stage(*stage), words.t(&format!("stage-{}", stage.code())));
        }
        for stage in TaskStage::ALL {
            assert_eq!(words.task_stage(*stage), words.t(&format!("task-stage-{}", stage.code())));
        }
        for channel in Channel::ALL {
            assert_eq!(words.channel(*channel), words.t(&format!("channel-{}", channel.code())));
        }
    }
}

#[test]
fn an_event_says_what_it_knows_and_shows_no_gap() {
    let record = |kind, details: &[(&str, &str)]| RecordView {
        id: EntryId::new(1),
        kind,
        at: Timestamp::from_us(0),
        actor: String::new(),
        details: details.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
        erased: false,
    };
    let (zh, en) = (Words::of(Lang::ZhCn), Words::of(Lang::En));
    assert_eq!(zh.event(&record(Kind::MatterListed, &[("number", "17")])), "上了清单，第 17 件");
    let told = en.event(&record(Kind::VoiceConfirmed, &[("channel", "telephone"), ("round", "1")]));
    assert!(told.contains("telephone"), "{told}");
    assert!(zh.event(&record(Kind::VoiceDisputed, &[("channel", "doorstep")])).contains("上门"));
    for kind in Kind::ALL {
        for words in [zh, en] {
            let told = words.event(&record(*kind, &[]));
            assert!(!told.contains(['{', '$']), "{told}");
            assert!(!words.message(*kind).contains(['{', '$']));
        }
    }
}

#[test]
fn a_text_that_looks_like_a_number_comes_back_as_it_was() {
    let words = Words::of(Lang::En);
    for text in ["057155550137", "7", "007", "18446744073709551616", "9007199254740993", "-3", "1e3", "{ $office }"] {
        assert!(words.t1("foot-office", "office", text).ends_with(text), "{text}");
    }
    assert_eq!(words.t1("matter-voices", "count", 1), "What one person said");
    assert_eq!(words.t1("matter-voices", "count", 12), "What 12 people said");
}

#[test]
fn an_unknown_key_shows_itself_and_a_language_is_found() {
    assert_eq!(Words::of(Lang::En).t("no-such-key"), "no-such-key");
    for (header, lang) in [
        ("", Lang::ZhCn),
        ("fr,de;q=0.9", Lang::ZhCn),
        ("en-GB,en;q=0.9", Lang::En),
        ("zh-TW,zh;q=0.9,en;q=0.8", Lang::ZhCn),
        ("en;q=0.3, zh-CN;q=0.8", Lang::ZhCn),
        ("fr, en;q=0.5", Lang::En),
        ("en;q=0", Lang::ZhCn),
        ("en;q=x;;,,\u{0}", Lang::En),
    ] {
        assert_eq!(Lang::from_header(header), lang, "{header}");
    }
    for lang in Lang::ALL {
        assert_eq!(Lang::from_code(lang.code()), Some(lang));
        assert_eq!(lang.other().other(), lang);
    }
    assert_eq!(Lang::from_code("EN"), None);
}

#[test]
fn days_and_moments_are_said_as_people_say_them() {
    let day = Day::parse("2026-06-05").expect("a day");
    let at = Timestamp::parse("2026-06-05 09:05:00").expect("a time");
    let frame = |words| Frame::new(words, "/", "");
    let (zh, en) = (Words::of(Lang::ZhCn), Words::of(Lang::En));
    assert_eq!((zh.day(day).as_str(), en.day(day).as_str()), ("2026年6月5日", "5 June 2026"));
    assert_eq!((frame(zh).moment(&at).as_str(), frame(en).day(&day).as_str()), ("2026年6月5日 09:05", "5 June 2026"));
    let near = |words, today: &str| frame(words).on(Day::parse(today).expect("a day")).moment(&at);
    assert_eq!((near(zh, "2026-12-31").as_str(), near(en, "2026-01-01").as_str()), ("6月5日 09:05", "5 June 09:05"));
    assert_eq!(near(zh, "2027-01-01"), "2026年6月5日 09:05");
}

#[test]
fn the_sheet_gets_whole_words_with_its_own_places() {
    for words in Lang::ALL.map(Words::of) {
        let sheet = list_words(words);
        let all = format!("{sheet:?}");
        for place in
            ["{date}", "{year}", "{month}", "{day}", "{number}", "{confirmed}", "{entries}", "{page}", "{pages}"]
        {
            assert!(all.contains(place), "{place} in {all}");
        }
        assert!(sheet.how_to_object.contains("{phone}") && sheet.how_to_object.contains("{office}"));
        assert!(!all.contains('$') && !all.contains("sheet-") && !all.contains("legend-"), "{all}");
    }
}
