//! Numbers to call, search grams, name keys.

use linli_text::bigrams::{contains, grams, probes};
use linli_text::dial::numbers;
use linli_text::names::{initials, sort_key};
use proptest::prelude::*;

#[test]
fn contact_fields_give_their_numbers() {
    for (text, expected) in [
        ("19800001234", &["19800001234"] as &[&str]),
        ("16600001234", &["16600001234"]),
        ("17200001234", &["17200001234"]),
        ("0512-55550123", &["051255550123"]),
        ("051255550123", &["051255550123"]),
        ("0512-55550123转8", &["051255550123,8"]),
        ("0512-55550123 ext. 801", &["051255550123,801"]),
        ("0512-55550123-801", &["051255550123,801"]),
        ("(010)5555 0123", &["01055550123"]),
        ("（０１０）５５５５０１２３", &["01055550123"]),
        ("400-000-1234", &["4000001234"]),
        ("12345", &["12345"]),
        ("110", &["110"]),
        ("0512-12345", &["051212345"]),
        ("55550123", &["55550123"]),
        ("5555 0123 转 2", &["55550123,2"]),
        ("+86 139 0000 1234", &["13900001234"]),
        ("+852 5555 0123", &["+85255550123"]),
        ("李工 13900001234 / 0512-55550123", &["13900001234", "051255550123"]),
        ("13900001234，13900001234", &["13900001234"]),
        ("门卫老李转", &[]),
        ("3号楼501室门卫", &[]),
        ("8:00-17:30", &[]),
        ("", &[]),
        ("无", &[]),
    ] {
        assert_eq!(numbers(text), expected, "{text}");
    }
}

#[test]
fn grams_find_the_middle_of_a_run() {
    assert_eq!(grams("小区北门路灯坏"), ["小区", "区北", "北门", "门路", "路灯", "灯坏"]);
    assert_eq!(grams("灯，坏 ＡＢ１"), ["灯", "坏", "ab", "b1"]);
    assert_eq!(grams("灯灯灯"), ["灯灯"]);
    assert_eq!(grams(" ，。"), Vec::<String>::new());
    assert_eq!(grams("路\u{200b}灯"), ["路灯"]);
    assert_eq!(probes("灯"), Vec::<String>::new());
    assert_eq!(probes("电动车充电"), ["电动", "动车", "车充", "充电"]);
    for (text, needle, found) in [
        ("小区北门路灯坏了", "灯坏", true),
        ("小区北门路灯坏了", "北门", true),
        ("路灯", "灯路", false),
        ("ＡＢＣ栋", "abc", true),
        ("路灯　坏", "路灯 坏", true),
        ("路灯", " \u{200b} ", false),
        ("路灯", "", false),
    ] {
        assert_eq!(contains(text, needle), found, "{text} {needle}");
    }
}

#[test]
fn names_sort_by_the_reading_of_a_family_name() {
    let names = ["曾伟", "单芳", "仇英", "区明", "朴勇", "查敏", "沈静", "翟强", "解红", "盖军"];
    let letters: Vec<String> = names.iter().map(|name| sort_key(name).chars().take(2).collect()).collect();
    assert_eq!(letters, ["ze", "sh", "qi", "ou", "pi", "zh", "sh", "zh", "xi", "ge"]);
    for (name, key, short) in [
        ("曾小明", "zeng xiao ming", "zxm"),
        ("单", "shan", "s"),
        ("尉迟恭", "yuchi gong", "yg"),
        ("欧阳修", "ouyang xiu", "ox"),
        ("单于飞", "chanyu fei", "cf"),
        ("长孙无忌", "zhangsun wu ji", "zwj"),
        ("吕布", "lv bu", "lb"),
        ("老单", "lao shan", "ls"),
        ("Zeng Xiaoming", "zeng xiaoming", "zx"),
        ("Ｊosé Ångström", "jose angstrom", "ja"),
        ("张Tom", "zhang tom", "zt"),
        (" 张*", "zhang", "z"),
        ("Д", "~000414", ""),
        ("", "", ""),
    ] {
        assert_eq!(sort_key(name), key, "{name}");
        assert_eq!(initials(name), short, "{name}");
    }
    let mut sorted = ["查敏", "欧阳修", "区明", "安吉", "曾伟", "沈静"];
    sorted.sort_by_key(|name| sort_key(name));
    assert_eq!(sorted, ["安吉", "区明", "欧阳修", "沈静", "曾伟", "查敏"]);
}

proptest! {
    #[test]
    fn numbers_are_fit_for_a_link(text in "\\PC{0,40}|[0-9+转 \\-()分机]{0,40}") {
        for number in numbers(&text) {
            let rest = number.strip_prefix('+').unwrap_or(&number);
            prop_assert!(rest.chars().all(|ch| ch.is_ascii_digit() || ch == ','), "{number}");
            prop_assert!(rest.starts_with(|ch: char| ch.is_ascii_digit()) && number.matches(',').count() <= 1);
        }
    }

    #[test]
    fn what_contains_a_needle_has_its_probes(before in "\\PC{0,10}", needle in "\\PC{0,10}|[路灯a ]{1,4}", after in "\\PC{0,10}") {
        let text = format!("{before}{needle}{after}");
        if contains(&text, &needle) {
            let all = grams(&text);
            prop_assert!(probes(&needle).iter().all(|gram| all.contains(gram)));
        }
    }

    #[test]
    fn keys_are_printable_ascii(name in "\\PC{0,12}") {
        prop_assert!(sort_key(&name).bytes().all(|byte| (b' '..=b'~').contains(&byte)));
        prop_assert!(initials(&name).is_ascii());
    }
}
