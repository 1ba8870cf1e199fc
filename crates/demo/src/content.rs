//! The contents: what people say in each community, read from small tables.

/// A community of the demo.
#[derive(Debug)]
pub(crate) struct Setting {
    pub slug: &'static str,
    pub name: &'static str,
    pub office: &'static str,
    pub duty_name: &'static str,
    pub duty_phone: &'static str,
    pub confirm_days: i64,
    pub groups: Vec<String>,
    pub categories: Vec<&'static str>,
    pub lines: Vec<SaidLine>,
    pub volunteers: usize,
}

/// The town that all of them belong to.
pub(crate) const TOWN: &str = "青麦镇";

/// One matter of a table.
#[derive(Debug, Clone)]
pub(crate) struct SaidLine {
    pub group: String,
    pub category: &'static str,
    pub words: String,
    pub wording: String,
    pub instruction: String,
    pub fate: Fate,
}

/// Where a matter has come to when the demo ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Received,
    Declined,
    Listed,
    Offered,
    Assigned,
    Working,
    Awaiting,
    Confirmed,
    Disputed,
    NoAnswer,
    /// Merged into the line of this index.
    Merged(usize),
    /// A part of the line of this index, and itself at work.
    Part(usize),
}

impl Fate {
    fn of(word: &str) -> Fate {
        match word {
            "declined" => Fate::Declined,
            "listed" => Fate::Listed,
            "offered" => Fate::Offered,
            "assigned" => Fate::Assigned,
            "working" => Fate::Working,
            "awaiting" => Fate::Awaiting,
            "confirmed" => Fate::Confirmed,
            "disputed" => Fate::Disputed,
            "no_answer" => Fate::NoAnswer,
            _ => match word.strip_prefix("merge:").and_then(|n| n.parse::<usize>().ok()) {
                Some(line) => Fate::Merged(line - 1),
                None => Fate::Received,
            },
        }
    }
}

/// The four communities.
pub(crate) fn settings() -> Vec<Setting> {
    vec![mill(), tea(), grain(), town()]
}

fn mill() -> Setting {
    let lines = table(include_str!("../content/mill.tsv"));
    Setting {
        slug: "mill-compound",
        name: "纺机大院社区",
        office: "纺机大院 1 号楼底层，每天 8:30–17:30",
        duty_name: "值班的周姐",
        duty_phone: "0570-5550 0101",
        confirm_days: 7,
        groups: (1..=8).map(|n| format!("{n}号楼")).collect(),
        categories: categories(&lines),
        lines,
        volunteers: 3,
    }
}

fn tea() -> Setting {
    let lines = table(include_str!("../content/tea.tsv"));
    Setting {
        slug: "tea-village",
        name: "云岭茶村",
        office: "云岭村便民服务中心，每天 8:00–17:00",
        duty_name: "值班的小何",
        duty_phone: "0570-5550 0102",
        confirm_days: 10,
        groups: counted(8),
        categories: categories(&lines),
        lines,
        volunteers: 3,
    }
}

fn grain() -> Setting {
    let lines = table(include_str!("../content/grain.tsv"));
    Setting {
        slug: "grain-village",
        name: "谷场村",
        office: "谷场村村委会，每天 8:00–17:30",
        duty_name: "值班的老丁",
        duty_phone: "0570-5550 0103",
        confirm_days: 7,
        groups: counted(16),
        categories: categories(&lines),
        lines,
        volunteers: 4,
    }
}

/// Villagers' groups: 一组, 二组 … 十六组.
fn counted(most: usize) -> Vec<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let name = |n: usize| match n {
        1..=9 => format!("{}组", DIGITS[n]),
        _ => format!("十{}组", DIGITS[n - 10]),
    };
    (1..=most).map(name).collect()
}

fn categories(lines: &[SaidLine]) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    for line in lines {
        if !found.contains(&line.category) {
            found.push(line.category);
        }
    }
    if !found.contains(&"其他") {
        found.push("其他");
    }
    found
}

/// Group, category, words, wording, instruction, fate.
fn table(text: &'static str) -> Vec<SaidLine> {
    let mut lines: Vec<SaidLine> = Vec::new();
    for row in rows(text) {
        let [group, category, words, wording, instruction, fate] = row[..] else { continue };
        let fate = Fate::of(fate);
        lines.push(SaidLine {
            group: group.to_owned(),
            category,
            words: words.to_owned(),
            wording: wording.to_owned(),
            instruction: instruction.to_owned(),
            fate,
        });
    }
    lines
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// How many matters of the town community end where, beside those declined; more than 300 of them are handled.
const TOWN_FATES: [(usize, Fate); 9] = [
    (252, Fate::Confirmed),
    (34, Fate::NoAnswer),
    (16, Fate::Working),
    (11, Fate::Awaiting),
    (6, Fate::Disputed),
    (6, Fate::Offered),
    (4, Fate::Assigned),
    (6, Fate::Listed),
    (9, Fate::Received),
];
/// Voices that were about the same thing.
const TOWN_MERGED: usize = 14;
/// Grids of the town community.
const GRIDS: usize = 24;
const STREETS: [&str; 12] = [
    "石板街",
    "菜市口",
    "桥头",
    "老粮站",
    "茶亭巷",
    "西园小区",
    "卫生院旁",
    "新村",
    "河埠头",
    "电影院旁",
    "竹器厂宿舍",
    "北门",
];
/// What a voice begins with, when it begins with anything.
const OPENINGS: [&str; 8] =
    ["", "", "", "麻烦你们看看，", "唉，", "不好意思又来说一回，", "帮我妈说一声，", "同志你好，"];

/// The town community is large: its matters are put together from needs and places.
fn town() -> Setting {
    let needs: Vec<Vec<&'static str>> = rows(include_str!("../content/town.tsv")).collect();
    let mut lines = vec![
        town_line(
            3,
            "看病",
            "社区里上了六十的有一千四百来个，能不能一年量一回血压",
            "为1400位老人每年量一次血压",
            "分到各网格，量好登记",
            Fate::Working,
        ),
        town_line(
            7,
            "天然气",
            "灶具软管老化了怎么办，不光我一家",
            "排查2941户燃气软管",
            "按网格一户一户看",
            Fate::Working,
        ),
        town_line(11, "环境卫生", "老街从头到尾都要整一整", "整治老街", "分段做，先排水后路面", Fate::Working),
        town_line(11, "下水", "老街的排水沟先通了再说", "通老街排水沟", "从河边往上通", Fate::Part(2)),
        town_line(11, "道路", "老街石板翘了一大片", "铺平老街石板", "等排水做完再铺", Fate::Part(2)),
    ];
    // A fixed stride visits all needs, places and grids in an order that looks like none. The number of needs is a prime:
    // else a need would meet the same street and the same opening each time.
    for (n, fate) in TOWN_FATES.iter().flat_map(|(count, fate)| std::iter::repeat_n(fate, *count)).enumerate() {
        let turn = n * 31 + 7;
        lines.push(made(&needs[turn % needs.len()], turn, *fate));
    }
    for (n, row) in rows(include_str!("../content/town-declined.tsv")).enumerate() {
        let [category, words, reason] = row[..] else { continue };
        lines.push(town_line(n % GRIDS + 1, category, words, "", reason, Fate::Declined));
    }
    let targets: Vec<usize> =
        (0..lines.len()).filter(|n| lines[*n].fate == Fate::Confirmed).step_by(17).take(TOWN_MERGED).collect();
    for target in targets {
        let mut again = lines[target].clone();
        again.words = format!("我也要说这个：{}", again.words);
        again.fate = Fate::Merged(target);
        lines.push(again);
    }
    let mut categories: Vec<&'static str> = Vec::new();
    for need in &needs {
        if !categories.contains(&need[0]) {
            categories.push(need[0]);
        }
    }
    Setting {
        slug: "town-community",
        name: "青麦镇中心社区",
        office: "石板街 12 号社区服务站，每天 8:00–18:00",
        duty_name: "值班的吴大姐",
        duty_phone: "0570-5550 0104",
        confirm_days: 7,
        groups: (1..=GRIDS).map(|n| format!("第{n}网格")).collect(),
        categories,
        lines,
        volunteers: 8,
    }
}

fn town_line(
    grid: usize,
    category: &'static str,
    words: &str,
    wording: &str,
    instruction: &str,
    fate: Fate,
) -> SaidLine {
    SaidLine {
        group: format!("第{grid}网格"),
        category,
        words: words.to_owned(),
        wording: wording.to_owned(),
        instruction: instruction.to_owned(),
        fate,
    }
}

fn made(need: &[&'static str], turn: usize, fate: Fate) -> SaidLine {
    let (street, house) = (STREETS[turn % STREETS.len()], turn * 7 % 18 + 1);
    let place = match turn % 3 {
        0 => format!("{street}{house}号楼"),
        1 => format!("{street}{house}栋"),
        _ => street.to_owned(),
    };
    let opening = OPENINGS[turn % OPENINGS.len()];
    SaidLine {
        group: format!("第{}网格", turn % GRIDS + 1),
        category: need[0],
        words: format!("{opening}{}", need[1].replace("{p}", &place)),
        wording: need[2].replace("{p}", &place),
        instruction: need[3].to_owned(),
        fate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_village_has_sixteen_groups_and_fifty_four_entries() {
        let village = grain();
        let groups: BTreeSet<&str> = village.lines.iter().map(|line| line.group.as_str()).collect();
        assert_eq!((village.groups.len(), groups.len(), village.lines.len()), (16, 16, 54));
        let red = village.lines.iter().filter(|line| line.fate == Fate::Confirmed).count();
        assert!((25..=40).contains(&red), "{red} struck off");
    }

    #[test]
    fn every_line_stands_in_a_group_and_a_category_of_its_place() {
        for setting in settings() {
            for line in &setting.lines {
                assert!(setting.groups.contains(&line.group), "{} {}", setting.slug, line.group);
                assert!(setting.categories.contains(&line.category), "{} {}", setting.slug, line.category);
                if let Fate::Merged(target) | Fate::Part(target) = line.fate {
                    assert!(target < setting.lines.len());
                }
            }
        }
    }

    #[test]
    fn the_town_asks_for_many_things_in_many_words() {
        let needs: Vec<_> = rows(include_str!("../content/town.tsv")).collect();
        assert!(needs.iter().all(|need| need.len() == 4));
        assert!(needs.iter().map(|need| need[1]).collect::<BTreeSet<_>>().len() >= 150, "of {}", needs.len());
        assert!((2..needs.len()).all(|n| needs.len() % n != 0), "{} needs are no prime number", needs.len());
        let lines = town().lines;
        let words: BTreeSet<&str> = lines.iter().map(|line| line.words.as_str()).collect();
        assert!(words.len() * 100 > lines.len() * 95, "{} of {}", words.len(), lines.len());
    }

    #[test]
    fn every_line_of_a_table_is_read() {
        let tables = [
            (include_str!("../content/mill.tsv"), 6, mill().lines.len()),
            (include_str!("../content/tea.tsv"), 6, tea().lines.len()),
            (include_str!("../content/grain.tsv"), 6, grain().lines.len()),
        ];
        for (text, cells, read) in tables {
            assert!(rows(text).all(|row| row.len() == cells));
            assert_eq!(rows(text).count(), read);
        }
        let declined = rows(include_str!("../content/town-declined.tsv"));
        assert_eq!(declined.filter(|row| row.len() == 3).count(), 18);
        assert_eq!(town().lines.iter().filter(|line| line.fate == Fate::Declined).count(), 18);
    }

    #[test]
    fn the_town_has_handled_more_than_three_hundred() {
        let handled = |fate: &Fate| matches!(fate, Fate::Confirmed | Fate::NoAnswer | Fate::Declined);
        assert!(town().lines.iter().filter(|line| handled(&line.fate)).count() > 300);
    }
}
