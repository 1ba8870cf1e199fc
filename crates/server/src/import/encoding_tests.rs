//! Every encoding a table comes in, and the ones that are refused.

use super::*;

const TABLE: &str = "编号,内容\r\n1,路灯坏了\r\n2,一楼积水\r\n";

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}
fn gb18030(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}
fn marked(mark: &[u8], bytes: &[u8]) -> Vec<u8> {
    [mark, bytes].concat()
}

#[test]
fn each_encoding_gives_the_same_text() {
    let latin_header = "ID\tTEXT\r\n1\t路灯\r\n";
    for (name, bytes, text) in [
        ("UTF-8", TABLE.as_bytes().to_vec(), TABLE),
        ("UTF-8", marked(b"\xEF\xBB\xBF", TABLE.as_bytes()), TABLE),
        ("UTF-8", marked(b"\xEF\xBB\xBF\xEF\xBB\xBF", TABLE.as_bytes()), TABLE),
        ("UTF-16LE", marked(b"\xFF\xFE", &utf16(TABLE, u16::to_le_bytes)), TABLE),
        ("UTF-16BE", marked(b"\xFE\xFF", &utf16(TABLE, u16::to_be_bytes)), TABLE),
        ("UTF-16LE", utf16(TABLE, u16::to_le_bytes), TABLE),
        ("UTF-16BE", utf16(TABLE, u16::to_be_bytes), TABLE),
        ("UTF-16LE", utf16(latin_header, u16::to_le_bytes), latin_header),
        ("UTF-16BE", utf16(latin_header, u16::to_be_bytes), latin_header),
        ("GB18030", gb18030(TABLE), TABLE),
        // A letter that only the four bytes of GB 18030 have.
        ("GB18030", gb18030("编号\n㐂𠮷\n"), "编号\n㐂𠮷\n"),
    ] {
        assert_eq!(decode(bytes), Ok(Decoded { text: text.to_owned(), encoding: name }));
    }
}

#[test]
fn dirt_is_not_utf_16() {
    for text in ["ID,TEXT\n1,a\0b\n", "ID,TEXT\n1,路灯\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
        assert_eq!(decode(text.as_bytes().to_vec()), Ok(Decoded { text: text.to_owned(), encoding: "UTF-8" }));
    }
}

#[test]
fn a_damaged_file_is_refused_and_never_guessed() {
    let utf8_with_a_bad_byte = |at: usize| {
        let mut bytes = TABLE.as_bytes().to_vec();
        bytes.insert(at, 0xC4);
        bytes
    };
    let third_line = TABLE.find('2').unwrap_or_default();
    let mut cut_off = TABLE.as_bytes().to_vec();
    cut_off.truncate(third_line + 4);
    let mut half_unit = marked(b"\xFF\xFE", &utf16(TABLE, u16::to_le_bytes));
    half_unit.pop();
    for (bytes, tried, line) in [
        (utf8_with_a_bad_byte(third_line), vec!["UTF-8"], Some(3)),
        (cut_off, vec!["UTF-8"], Some(3)),
        (marked(b"\xEF\xBB\xBF", &gb18030(TABLE)), vec!["UTF-8"], Some(1)),
        (half_unit, vec!["UTF-16LE"], None),
        (marked(b"\xFE\xFF", b"\xD8\x00\x00\x41"), vec!["UTF-16BE"], None),
        (b"\xFF\xFE\0\0I\0\0\0".to_vec(), vec!["UTF-32"], None),
        (b"ID\n1\xE9;\xFF\n".to_vec(), vec!["UTF-8", "GBK", "GB18030"], None),
        // Zero bytes as in UTF-16, half a surrogate pair, and no other encoding either.
        (b"I\0D\0\n\0\x00\xD8\n\0\xFF\0".to_vec(), vec!["UTF-16LE", "UTF-8", "GBK", "GB18030"], None),
    ] {
        assert_eq!(decode(bytes), Err(FileFault::Undecodable { tried, line }));
    }
}

#[test]
fn what_is_no_table_is_named() {
    assert_eq!(decode(Vec::new()), Err(FileFault::Empty));
    assert_eq!(decode(b"PK\x03\x04\x14\0\x06\0".to_vec()), Err(FileFault::Workbook));
    assert_eq!(decode(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec()), Err(FileFault::Workbook));
}

#[test]
fn a_file_is_read_up_to_its_bound() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    let size = std::fs::metadata(path).map(|file| file.len()).unwrap_or_default();
    assert!(read(path, size).is_ok_and(|decoded| decoded.text.len() as u64 == size));
    assert_eq!(read(path, size - 1), Err(FileFault::TooLarge { most_mib: 0 }));
    assert!(matches!(read(Path::new("/nowhere/requests.csv"), 1), Err(FileFault::NotReadable { .. })));
}

#[test]
fn a_line_break_is_one_however_it_is_written() {
    for (text, breaks) in [("", 0), ("a\nb\n", 2), ("a\rb\r", 2), ("a\r\nb\r\n", 2), ("\n\r\n\r\r\n\n", 5)] {
        assert_eq!(line_breaks(text.as_bytes()), breaks, "{text:?}");
    }
}
