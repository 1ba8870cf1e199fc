//! Tables as other systems and spreadsheets save them.

use super::*;

const MAPPING: &str = r#"
source = "desk"
unknown = ["-", "不详"]
text_template = "{SUB}[（{MAIN}）]"
[columns]
external_id = "ID"
created_at = "TIME"
kinds = ["MAIN", "SUB"]
place = "PLACE"
text = "TEXT"
[outcome]
in_time = { column = "DONE", values = ["1", "按期"] }
late = { column = "LATE", values = ["1"] }
open = { column = "DONE", values = ["在办"] }
"#;
const HEADER: &str = "ID,TIME,MAIN,SUB,PLACE,DONE,LATE,TEXT";

fn open(text: &str) -> Result<Requests, FileFault> {
    open_with(MAPPING, text)
}
fn open_with(mapping: &str, text: &str) -> Result<Requests, FileFault> {
    let mapping = Mapping::parse(mapping).unwrap();
    Requests::of(Decoded { text: text.to_owned(), encoding: "UTF-8" }, mapping)
}
/// The rows below the header, as `line id text` or `line id code`.
fn told(text: &str) -> Vec<String> {
    let tell = |row: Result<Request, FaultyRow>| match row {
        Ok(request) => format!("{} {} {}", request.line, request.external_id, request.text),
        Err(row) => format!("{} {} {}", row.line, row.external_id.unwrap_or_default(), row.fault.code()),
    };
    open(text).unwrap().map(tell).collect()
}
fn row(id: &str, text: &str) -> String {
    format!("{id},2026-02-03 09:05:00,市政设施,路灯,3号楼,1,0,{text}")
}
fn only(line: &str) -> Result<Request, FaultyRow> {
    let mut requests = open(&format!("{HEADER}\n{line}\n")).unwrap();
    let first = requests.next().unwrap();
    assert_eq!(requests.next(), None);
    first
}

#[test]
fn a_row_becomes_a_request() {
    let request = only("  00123 ,2026-01-01 00:30:00,市政设施,路灯,不详,1,0, 灯坏了 ").unwrap();
    let expected = Request {
        line: 2,
        external_id: "00123".to_owned(),
        at: Some("2026-01-01 00:30:00".to_owned()),
        channel: None,
        property: None,
        kinds: vec!["市政设施".to_owned(), "路灯".to_owned()],
        street: None,
        community: None,
        place: None,
        text: "灯坏了".to_owned(),
        unit: None,
        outcome: Outcome::InTime,
    };
    assert_eq!(request, expected);
}

#[test]
fn the_delimiter_is_the_one_under_which_the_columns_are_found() {
    for (delimiter, other) in [(",", ";"), ("\t", ","), (";", ",")] {
        let table = format!("{HEADER},NOTE {other} MORE\n{}", row("1", "灯坏了"));
        let requests = open(&table.replace(',', delimiter)).unwrap();
        assert_eq!(requests.delimiter().to_string(), delimiter);
        assert_eq!(requests.map(|row| row.unwrap().text).collect::<Vec<_>>(), ["灯坏了"]);
    }
    // Two commas in the names of columns do not outvote the one semicolon that parts those of the mapping.
    let mapping = "source = \"desk\"\n[columns]\nexternal_id = \"ID\"\ntext = \"TEXT, a, b\"\n";
    let requests = open_with(mapping, "ID;TEXT, a, b\n1;灯坏了, 黑\n").unwrap();
    assert_eq!(requests.map(|row| row.unwrap().text).collect::<Vec<_>>(), ["灯坏了, 黑"]);
}

#[test]
fn lines_are_those_of_the_file_whatever_ends_them() {
    let quoted = "\"楼道灯\"\"又\"\"坏了\n三楼\n\n看不见\"";
    let table =
        format!("\n{HEADER}\n{}\n{}\n\n,,,,,,,\n{}\n\n\n", row("1", quoted), row("2", "正常"), row("3", "\"a,b\""));
    let expected = ["3 1 楼道灯\"又\"坏了\n三楼\n\n看不见", "7 2 正常", "10 3 a,b"];
    for end in ["\n", "\r\n", "\r"] {
        assert_eq!(told(&table.replace('\n', end)), expected, "{end:?}");
    }
    let mixed = format!("{HEADER}\r\n{}\n{}\r{}\r\n{}", row("1", "a"), row("2", "b"), row("3", "c"), row("4", "d"));
    assert_eq!(told(&mixed), ["2 1 a", "3 2 b", "4 3 c", "5 4 d"]);
}

#[test]
fn lines_hold_beyond_the_buffer_of_the_reader() {
    let long = format!("\"{}\"", "很长的一行\r\n".repeat(2_000));
    let table = [HEADER, &row("1", &long), &row("2", &long), &row("3", "短"), ""].join("\r\n");
    let lines: Vec<u64> = open(&table).unwrap().map(|row| row.unwrap().line).collect();
    assert_eq!(lines, [2, 2_003, 4_004]);
}

#[test]
fn a_quote_that_is_left_open_is_named_and_what_is_closed_is_not() {
    let open_quote = format!("{HEADER}\r\n{}\r\n{}\r\n{}\r\n", row("1", "a"), row("2", "\"b"), row("3", "c"));
    let rows: Vec<_> = open(&open_quote).unwrap().collect();
    assert_eq!(rows.len(), 2);
    let expected =
        FaultyRow { line: 3, external_id: Some("2".to_owned()), fault: RowFault::UnclosedQuote { last_line: 4 } };
    assert_eq!(rows[1], Err(expected));
    for last in ["\"b\"", "\"b\"\n", "\"b\"\"\"", "b\"", "5\" 屏"] {
        assert!(open(&format!("{HEADER}\n{}", row("1", last))).unwrap().all(|row| row.is_ok()), "{last}");
    }
}

#[test]
fn ids_are_text_and_ruined_ones_are_pointed_out() {
    let ruined = [
        "1.38001E+10",
        "1.38001e+10",
        "3.20E+17",
        "3E+17",
        "-1.5E-7",
        "\"1,38001E+10\"",
        "1.38001E10",
        "１.３８００１Ｅ＋１０",
        "1．38E＋10",
        "####",
        "#REF!",
        "#N/A",
    ];
    for id in ruined {
        assert_eq!(only(&row(id, "a")).unwrap_err().fault, RowFault::RuinedId, "{id}");
    }
    for id in ["00123", "123", "12E5", "E10", "1.2.3", "1E+", "A1.5E+10", "=1+1", "+8613800000000", "-1", "@x", "#12"] {
        assert_eq!(only(&row(id, "a")).unwrap().external_id, id);
    }
    // Two matters whose ids have become the same are never told as a repetition.
    let table = format!("{HEADER}\n{}\n{}\n{}", row("1.38E+10", "a"), row("1.38E+10", "b"), row("123", "c"));
    assert_eq!(told(&table), ["2 1.38E+10 import-row-ruined-id", "3 1.38E+10 import-row-ruined-id", "4 123 c"]);
}

#[test]
fn the_same_id_twice_is_taken_once() {
    let table = format!("{HEADER}\n1\n{}\n{}\n{}\n{}", row("1", "a"), row("01", "b"), row(" 1 ", "c"), row("1", "d"));
    let rows: Vec<_> = open(&table).unwrap().filter_map(Result::err).collect();
    // The first row with this id was not taken, so the second is the first.
    let missing = RowFault::MissingCell { column: "SUB".to_owned() };
    let duplicate = RowFault::DuplicateId { first_line: 3 };
    let faulty = |line, fault| FaultyRow { line, external_id: Some("1".to_owned()), fault };
    assert_eq!(rows, [faulty(2, missing), faulty(5, duplicate.clone()), faulty(6, duplicate)]);
}

#[test]
fn a_short_row_is_taken_if_it_has_what_it_needs() {
    let request = only("1,2026-02-03,,路灯").unwrap();
    assert_eq!((request.text.as_str(), request.place, request.outcome), ("路灯", None, Outcome::Unknown));
    assert_eq!(only("1,2026-02-03,市政设施,路灯").unwrap().text, "路灯（市政设施）");
    for (line, column) in [("-,x,x,路灯", "ID"), (",x,x,路灯", "ID"), ("1,x,x", "SUB"), ("1,x,x,-,x,x,x,不详", "SUB")]
    {
        assert_eq!(only(line).unwrap_err().fault, RowFault::MissingCell { column: column.to_owned() }, "{line}");
    }
    let without_template = MAPPING.replace("text_template", "# text_template");
    let mut requests = open_with(&without_template, &format!("{HEADER}\n1,x,x,路灯\n")).unwrap();
    let fault = requests.next().unwrap().unwrap_err().fault;
    assert_eq!(fault, RowFault::MissingCell { column: "TEXT".to_owned() });
}

#[test]
fn a_long_row_is_named_unless_the_rest_is_empty() {
    let fault = only(&row("1", "一个,没有引号的逗号")).unwrap_err().fault;
    assert_eq!(fault, RowFault::ExtraCells { cells: 9, columns: 8 });
    assert_eq!(fault.args(), [("cells", "9".to_owned()), ("columns", "8".to_owned())]);
    assert_eq!(only(&row("1", "a,, ,")).unwrap().text, "a");
}

#[test]
fn cells_are_kept_but_for_control_characters() {
    for (cell, text) in [
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("@SUM", "@SUM"),
        ("a\0b\u{7}c\u{1b}[31m", "abc[31m"),
        ("\u{FEFF}\u{3000}灯\u{A0}", "灯"),
        ("\"一\tb\r\n二\r三\"", "一\tb\n二\n三"),
    ] {
        assert_eq!(only(&row("1", cell)).unwrap().text, text);
    }
    assert_eq!(told(&format!("{HEADER}\n{}\n\u{1a}\0\0", row("1", "a"))), ["2 1 a"]);
}

#[test]
fn how_it_ended_is_known_only_if_one_thing_is_said() {
    for (done, late, outcome) in [
        ("1", "0", Outcome::InTime),
        ("按期", "", Outcome::InTime),
        ("0", "1", Outcome::Late),
        ("在办", "0", Outcome::Open),
        ("0", "0", Outcome::Unknown),
        ("-", "-", Outcome::Unknown),
        ("1", "1", Outcome::Unknown),
    ] {
        assert_eq!(only(&format!("1,,,路灯,,{done},{late},a")).unwrap().outcome, outcome, "{done} {late}");
    }
}

#[test]
fn a_file_without_a_request_is_a_fault() {
    let fault = |text: &str| open(text).unwrap_err();
    for text in ["", "\n\r\n \n", "\0\0", ",,\n"] {
        assert_eq!(fault(text), FileFault::Empty, "{text:?}");
    }
    for text in [HEADER.to_owned(), format!("{HEADER}\r\n"), format!("{HEADER}\n\n,,,\n \n")] {
        assert_eq!(fault(&text), FileFault::NoRows, "{text:?}");
    }
    let columns = vec!["ID".to_owned(), "PLACE".to_owned()];
    let missing = fault(&format!("{}\n1", HEADER.replace("ID", "id").replace("PLACE", "PLACE2")));
    assert_eq!(missing, FileFault::MissingColumns { columns });
    assert_eq!(missing.args(), [("columns", "ID, PLACE".to_owned())]);
    let columns = vec!["SUB".to_owned()];
    assert_eq!(fault(&format!("{HEADER},NOTE,NOTE,SUB\n1")), FileFault::AmbiguousColumns { columns });
}

#[test]
fn the_header_is_found_behind_marks_and_blanks() {
    let header = HEADER.replace("ID", "\u{FEFF} ID ").replace("TIME", "\"TIME\"").replace("PLACE", " PLACE\u{3000}");
    let request = open(&format!("{header}\n{}", row("1", "a"))).unwrap().next().unwrap().unwrap();
    assert_eq!((request.external_id.as_str(), request.place.as_deref()), ("1", Some("3号楼")));
}
