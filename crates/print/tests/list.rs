//! What the printed list promises, read back from the PDF.

mod fixture;

use std::io::Write;
use std::process::{Command, Stdio};

use fixture::{WORDINGS, chinese, english, entry, one_group, view, village};
use linli_domain::commitments::view::{ListView, Standing};
use linli_print::{ListWords, MOST_ENTRIES, PrintFault, Sheet, list, missing_characters, qr_svg};

fn printed(view: &ListView, words: &ListWords) -> Sheet {
    let sheet = list(view, words).expect("a sheet");
    // `LINLI_SHEETS=folder` keeps what the tests print, to look at.
    if let (Ok(folder), Some(test)) = (std::env::var("LINLI_SHEETS"), std::thread::current().name()) {
        std::fs::write(format!("{folder}/{}.pdf", test.replace("::", "-")), &sheet.pdf).expect("write");
    }
    sheet
}

/// The text as poppler reads it; `options` such as `-raw` (the order in the file) or `-layout` (as on the page).
fn text(pdf: &[u8], options: &[&str]) -> String {
    let mut child = Command::new("pdftotext")
        .args(["-enc", "UTF-8"])
        .args(options)
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext is missing: install poppler-utils");
    let mut input = child.stdin.take().expect("stdin");
    let pdf = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&pdf));
    let output = child.wait_with_output().expect("pdftotext ends");
    writer.join().expect("joined").expect("written");
    assert!(output.status.success(), "pdftotext: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Without white space: what was broken over two lines is one again.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn pages_of(text: &str) -> Vec<&str> {
    text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect()
}

#[test]
fn sixteen_groups_and_54_entries_fit_on_three_sheets() {
    let village = village();
    assert_eq!((village.groups.len(), village.totals.listed), (16, 54));
    let sheet = printed(&village, &chinese());
    assert_eq!(sheet.pages, 3);
    assert!(sheet.type_pt >= 12.0, "{} pt is not read at arm's length", sheet.type_pt);
    assert!(sheet.missing.is_empty(), "{:?}", sheet.missing);
    let text = text(&sheet.pdf, &["-layout"]);
    let entries: Vec<usize> = pages_of(&text).iter().map(|page| page.matches("2026年").count()).collect();
    assert_eq!(entries.len(), 3);
    // The date of the list and the days of closing are among these; a sheet left half white would have far fewer.
    assert!(entries.iter().all(|count| *count >= 16), "{entries:?}");
}

#[test]
fn wordings_names_and_numbers_are_found_as_typed_and_in_order() {
    let village = village();
    let sheet = printed(&village, &chinese());
    let text = squeezed(&text(&sheet.pdf, &["-raw"]));
    let mut from = 0;
    for entry in village.groups.iter().flat_map(|g| &g.entries) {
        let row = squeezed(&format!("{}{}{}", entry.number, entry.wording, entry.responsible));
        let at = text[from..].find(&row).unwrap_or_else(|| panic!("{row} is not found after byte {from} of {text}"));
        from += at + row.len();
    }
}

#[test]
fn wordings_of_up_to_20_characters_are_on_one_line_for_an_ordinary_search() {
    let long = "村口路灯不亮夜里看不清路怕老人摔跤请来修";
    assert_eq!(long.chars().count(), 20);
    let alone = text(&printed(&one_group(&[long]), &chinese()).pdf, &[]);
    assert!(alone.contains(long), "{alone}");
    let whole = text(&printed(&village(), &chinese()).pdf, &[]);
    for wording in WORDINGS.iter().filter(|wording| wording.chars().count() <= 20) {
        assert!(whole.contains(wording), "{wording}: {whole}");
    }
}

#[test]
fn every_page_has_its_number_the_date_and_how_to_object() {
    let sheet = printed(&village(), &chinese());
    let text = text(&sheet.pdf, &[]);
    let pages = pages_of(&text);
    assert_eq!(pages.len(), 3);
    for (page, number) in pages.iter().zip(1..) {
        let page = squeezed(page);
        for words in [
            format!("第{number}页，共3页"),
            "截至2026年6月15日".to_owned(),
            "对清单有意见，请打电话0571-55550137，或到村部一楼便民窗口当面说。".to_owned(),
        ] {
            assert!(page.contains(&words), "{words} is not on page {number}: {page}");
        }
    }
}

#[test]
fn each_entry_says_in_words_how_it_stands() {
    let village = village();
    let text = squeezed(&text(&printed(&village, &chinese()).pdf, &["-raw"]));
    let count = |standing| village.groups.iter().flat_map(|g| &g.entries).filter(|e| e.standing == standing).count();
    for (standing, word) in [
        (Standing::Listed, "已列入"),
        (Standing::Working, "正在办"),
        (Standing::Awaiting, "等您确认"),
        (Standing::Disputed, "没办好"),
        (Standing::Confirmed, "已销号"),
        (Standing::Merged, "并入第2件"),
    ] {
        assert!(count(standing) > 0, "{standing:?} is not in the fixture");
        assert_eq!(text.matches(word).count(), count(standing), "{word}");
    }
    // The label of the total has the same word.
    assert_eq!(text.matches("无人答复").count(), count(Standing::NoAnswer) + 1);
}

#[test]
fn legend_and_totals_say_in_words_what_the_colours_say() {
    let village = village();
    let text = squeezed(&text(&printed(&village, &chinese()).pdf, &["-raw"]));
    let totals = village.totals;
    assert!(text.contains("红字划线办好了，提的人也认可"), "{text}");
    for (figure, label) in [
        (totals.listed, "列入清单"),
        (totals.open, "还没办完"),
        (totals.confirmed, "办好销号"),
        (totals.no_answer, "无人答复"),
        (totals.merged, "并入别件"),
    ] {
        assert!(text.contains(&format!("{figure}{label}")), "{figure}{label}: {text}");
    }
}

#[test]
fn what_looks_like_markup_comes_out_as_typed() {
    let typed = [
        "#import \"x\": * 和 #panic(1)",
        "$x^2$ *粗* _斜_ `码` 和 ~ 号",
        "\\u{41} \\n C:\\村部\\路灯",
        "<x> @某人 [方括号] {phone} -- ---",
        "= 标题 + 1. 列表 // 注释 /* 注释 */",
    ];
    let text = text(&printed(&one_group(&typed), &chinese()).pdf, &["-raw"]);
    for wording in typed {
        assert!(squeezed(&text).contains(&squeezed(wording)), "{wording}: {text}");
    }
}

#[test]
fn a_sign_that_turns_the_direction_turns_nothing_round() {
    let typed = ["\u{202e}张三说的不算 2026\u{2066}abc", "第二件 \u{200f}123\u{2067} 路灯"];
    let sheet = printed(&one_group(&typed), &chinese());
    assert!(sheet.missing.is_empty(), "{:?}", sheet.missing);
    let text = text(&sheet.pdf, &["-layout"]);
    for words in ["张三说的不算 2026abc", "第二件 123 路灯", "2026年4月15日", "2026年4月20日"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn line_ends_and_long_addresses_stay_within_their_cell() {
    let address = format!("https://linli.example.cn/{}", "abcdefghijklmnopqrst".repeat(30));
    let mut view = one_group(&["第一行\n第二行\t第三行", &address]);
    view.groups[0].entries[1].responsible = "somebodywhosenameisverylong".to_owned();
    let sheet = printed(&view, &chinese());
    assert_eq!(sheet.pages, 1);
    let raw = text(&sheet.pdf, &["-raw"]);
    assert!(raw.contains("第一行 第二行 第三行"), "{raw}");
    assert!(squeezed(&raw).contains(&address), "{raw}");
    // One long line would end the table's columns here: nothing after it, or nothing of the rest.
    let wide = text(&sheet.pdf, &["-layout"]);
    assert!(wide.lines().all(|line| line.matches("abcdefghij").count() <= 3), "{wide}");
    assert!(squeezed(&raw).contains("somebodywhosenameisverylong2026年4月20日"), "{raw}");
}

#[test]
fn a_row_longer_than_a_page_loses_nothing() {
    let (wording, name) = ("路灯不亮，".repeat(1_000), "a".repeat(3_000));
    let mut view = one_group(&[&wording, "后面一件"]);
    view.groups[0].entries[1].responsible.clone_from(&name);
    let raw = squeezed(&text(&printed(&view, &chinese()).pdf, &["-raw"]));
    assert_eq!(raw.matches('灯').count(), 1_000);
    assert!(raw.matches('a').count() >= 3_000);
}

#[test]
fn a_character_without_a_glyph_is_named_and_kept_in_the_text() {
    let sheet = printed(&one_group(&["𠮷家门口的路灯不亮", "李𣲷家的水管"]), &chinese());
    assert_eq!((sheet.pages, sheet.missing), (1, vec!['𠮷', '𣲷']));
    let text = text(&sheet.pdf, &["-raw"]);
    for words in ["𠮷家门口的路灯不亮", "李𣲷家的水管"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn missing_characters_are_those_that_would_be_drawn() {
    assert_eq!(missing_characters("😀村部𠮷𠮷 ok\n\u{202e}\u{200b}\u{fe0f}"), ['😀', '𠮷']);
    assert!(missing_characters("犇喆堃囧䶮〇㎡①“”—…￥ 3号楼 naïve").is_empty());
}

#[test]
fn an_empty_list_is_one_page_with_a_sentence() {
    for groups in [vec![], vec![("一组", vec![])]] {
        let sheet = printed(&view(groups), &chinese());
        assert_eq!(sheet.pages, 1);
        assert!(text(&sheet.pdf, &[]).contains("清单上还没有事项。"));
    }
}

#[test]
fn a_list_beyond_the_cap_is_refused_at_once() {
    let entries: Vec<_> = (1..).take(MOST_ENTRIES + 1).map(|n| entry(n, "路灯不亮", Standing::Listed)).collect();
    let fault = list(&view(vec![("一组", entries)]), &chinese()).expect_err("too long");
    assert_eq!(fault, PrintFault::TooLong { entries: MOST_ENTRIES + 1, most: MOST_ENTRIES });
}

#[test]
fn one_page_of_a_list_never_passes_for_the_whole() {
    let mut village = village();
    village.next = Some("31".to_owned());
    assert_eq!(list(&village, &chinese()), Err(PrintFault::Partial));
}

#[test]
fn a_long_list_takes_the_sheets_it_needs_and_heads_are_repeated() {
    let entries: Vec<_> =
        WORDINGS.iter().cycle().take(160).zip(1..).map(|(w, n)| entry(n, w, Standing::Working)).collect();
    let sheet = printed(&view(vec![("一组（桥头）", entries)]), &chinese());
    assert!((5..=9).contains(&sheet.pages), "{}", sheet.pages);
    let text = text(&sheet.pdf, &["-layout"]);
    for (page, number) in pages_of(&text).iter().zip(1..) {
        assert!(page.contains("谁负责"), "no column heads on page {number}: {page}");
        assert!(page.contains("一组（桥头）"), "no group on page {number}: {page}");
        assert_eq!(page.contains("（续）"), number > 1, "page {number}: {page}");
    }
}

#[test]
fn a_short_list_is_large_and_a_middling_one_is_not_spread_over_a_nearly_white_sheet() {
    for (entries, pages, least_pt) in [(5, 1, 12.0), (20, 1, 11.0), (54, 3, 11.0), (120, 5, 10.0)] {
        let entries: Vec<_> =
            WORDINGS.iter().cycle().take(entries).zip(1..).map(|(w, n)| entry(n, w, Standing::Listed)).collect();
        let sheet = printed(&view(vec![("一组", entries)]), &chinese());
        assert!(sheet.pages <= pages, "{} pages for {pages}", sheet.pages);
        assert!(sheet.type_pt >= least_pt, "{} pt on {pages} pages", sheet.type_pt);
    }
}

#[test]
fn no_heading_stands_alone_at_the_foot_of_a_page() {
    // One more line at a time, so that every height at which a group can meet the end of a page is tried.
    for lines in 0..12 {
        let mut village = village();
        let more = (0..lines).map(|n| entry(100 + n, "再来一件事", Standing::Listed));
        village.groups[0].entries.extend(more);
        let text = text(&printed(&village, &chinese()).pdf, &["-layout"]);
        for page in pages_of(&text) {
            let last = page.lines().rfind(|l| !l.trim().is_empty() && !l.contains("对清单有意见"));
            assert!(!last.unwrap_or_default().contains("组（"), "{page}");
        }
    }
}

#[test]
fn english_words_make_an_english_sheet() {
    let sheet = printed(&village(), &english());
    assert_eq!(sheet.pages, 3);
    let raw = text(&sheet.pdf, &["-raw"]);
    for words in ["Page 2 of 3", "As of 2026-06-15", "Merged into 2", "Struck off", "Red and struck through"] {
        assert!(squeezed(&raw).contains(&squeezed(words)), "{words}: {raw}");
    }
    assert!(!raw.contains("已销号"));
}

#[test]
fn the_pdf_is_tagged_and_says_its_language_and_title() {
    let pdf = printed(&one_group(&["路灯不亮"]), &chinese()).pdf;
    let has = |needle: &str| pdf.windows(needle.len()).any(|w| w == needle.as_bytes());
    assert!(has("/MarkInfo") || has("/Marked true"), "not tagged");
    assert!(has("zh-CN") || has("zh-Hans"), "no language");
    assert!(has("pdfuaid"), "not PDF/UA");
}

#[test]
fn a_code_is_a_picture_and_too_long_a_text_is_refused() {
    let svg = qr_svg("https://linli.example.cn/s/guchang").expect("a code");
    assert!(svg.starts_with("<svg") && svg.ends_with("</svg>"), "{svg}");
    assert_eq!(qr_svg(&"长".repeat(2_000)), Err(PrintFault::CodeTooLong));
}
