//! What an operator may write into a mapping, and what is refused before a row is read.

use super::*;

const SMALLEST: &str = "source = \"desk\"\n[columns]\nexternal_id = \"ID\"\ntext = \"TEXT\"\n";

#[test]
fn the_smallest_mapping_has_an_id_and_a_text() {
    let mapping = Mapping::parse(SMALLEST).unwrap();
    assert_eq!(mapping.source, "desk");
    assert_eq!(mapping.column_names(), ["ID", "TEXT"]);
    assert_eq!(mapping.unknown, Vec::<String>::new());
    assert_eq!(mapping.outcome, OutcomeFlags::default());
}

#[test]
fn the_example_names_each_column_once() {
    let mapping = Mapping::parse(include_str!("../../../../docs/examples/pingshan-mapping.toml")).unwrap();
    assert_eq!(mapping.source, "pingshan");
    assert_eq!(
        mapping.column_names(),
        [
            "REC_ID",
            "CREATE_TIME",
            "EVENT_SRC_NAME",
            "EVENT_PROPERTY_NAME",
            "EVENT_TYPE_NAME",
            "MAIN_TYPE_NAME",
            "SUB_TYPE_NAME",
            "STREET_NAME",
            "COMMUNITY_NAME",
            "OCCUR_PLACE",
            "DISPOSE_UNIT_NAME",
            "INTIME_ARCHIVE_NUM",
            "OVERTIME_ARCHIVE_NUM",
            "INTIME_TO_ARCHIVE_NUM",
        ]
    );
}

#[test]
fn a_slip_of_the_pen_is_named_with_its_line() {
    for (text, at, word) in [
        (SMALLEST.replace("text =", "txet ="), Some(4), "txet"),
        (SMALLEST.replace("external_id", "external-id"), Some(3), "external-id"),
        (SMALLEST.replace("\"ID\"", "ID"), Some(3), ""),
        (format!("{SMALLEST}[outcome]\nlate = \"1\"\n"), Some(6), ""),
        (format!("{SMALLEST}text = \"AGAIN\"\n"), Some(5), "text"),
    ] {
        match Mapping::parse(&text) {
            Err(MappingFault::Syntax { line, detail }) => {
                assert_eq!(line, at, "{detail}");
                assert!(detail.contains(word), "{detail}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_must_not_be_empty_is_named_by_its_key() {
    for (written, instead, key) in [
        ("\"desk\"", "\" \"", "source"),
        ("\"ID\"", "\"\"", "columns.external_id"),
        ("\"TEXT\"", "\"TEXT\"\nstreet = \"\"", "columns.street"),
        ("\"TEXT\"", "\"TEXT\"\nkinds = [\"A\", \"\"]", "columns.kinds"),
        ("\"TEXT\"", "\"TEXT\"\n[outcome]\nopen = { column = \"O\", values = [\"\"] }", "outcome.open"),
    ] {
        let fault = Mapping::parse(&SMALLEST.replace(written, instead));
        assert_eq!(fault, Err(MappingFault::EmptyValue { key: key.to_owned() }));
    }
    assert_eq!(Mapping::parse(&SMALLEST.replace("text =", "place =")), Err(MappingFault::NoText));
}

#[test]
fn brackets_are_left_out_where_a_column_in_them_is_unknown() {
    let known = |column: &str| column.strip_suffix('+').map(str::to_lowercase);
    for (template, composed) in [
        ("{A+}", Ok("a")),
        ("{ A+ }（{B+}）", Ok("a（b）")),
        ("{A+}[（{B}）]", Ok("a")),
        ("{A+}[（{B+}）]", Ok("a（b）")),
        ("[{A}：][{B+}]。", Ok("b。")),
        ("{A+}（{B}）", Err("B")),
        ("有人说：[{A}][{B}]", Err("A")),
    ] {
        let parsed = Template::parse(template).unwrap();
        assert_eq!(parsed.compose(known), composed.map(str::to_owned), "{template}");
    }
}

#[test]
fn a_template_whose_brackets_do_not_fit_is_refused() {
    for template in ["", "words", "{A", "A}", "{}", "{A{B}}", "[{A}", "{A}]", "{A}[words]", "[[{A}]]", "[{A]}"] {
        assert_eq!(Template::parse(template), Err(MappingFault::Template { template: template.to_owned() }));
    }
}
