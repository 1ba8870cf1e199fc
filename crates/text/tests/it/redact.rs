//! What is marked, what is masked, and what must be left alone.

use linli_text::redact::Kind::{BankCard, Door, IdNumber, Landline, Phone, Plate, ServiceNumber};
use linli_text::redact::{Kind, marks, masked};
use proptest::prelude::*;

#[track_caller]
fn one(text: &str, slice: &str, kind: Kind) {
    let found = marks(text);
    let shown: Vec<_> = found.iter().map(|mark| (&text[mark.range.clone()], mark.kind)).collect();
    assert_eq!(shown, [(slice, kind)], "{text}");
}

#[test]
fn telephones_are_marked_in_every_form() {
    for (text, slice, kind) in [
        ("请打13900001234找我", "13900001234", Phone),
        ("电话１３９００００１２３４。", "１３９００００１２３４", Phone),
        ("139 0000 1234", "139 0000 1234", Phone),
        ("139-0000-1234", "139-0000-1234", Phone),
        ("139—0000—1234", "139—0000—1234", Phone),
        ("1 3 9 0 0 0 0 1 2 3 4", "1 3 9 0 0 0 0 1 2 3 4", Phone),
        ("13 90 00 01 23 4", "13 90 00 01 23 4", Phone),
        ("139\u{200b}0000\u{2060}1234", "139\u{200b}0000\u{2060}1234", Phone),
        ("+86 139 0000 1234", "+86 139 0000 1234", Phone),
        ("（+86）13900001234", "+86）13900001234", Phone),
        ("8613900001234", "8613900001234", Phone),
        ("微信wx19200001234", "19200001234", Phone),
        ("周一16600001234", "16600001234", Phone),
        ("一三九〇〇〇〇一二三四", "一三九〇〇〇〇一二三四", Phone),
        ("幺三九零零零零幺二三四", "幺三九零零零零幺二三四", Phone),
        ("139零零零零1234", "139零零零零1234", Phone),
        ("①19900001234", "19900001234", Phone),
        ("0512-55550123", "0512-55550123", Landline),
        ("051255550123", "051255550123", Landline),
        ("（0512）5555-0123", "（0512）5555-0123", Landline),
        ("(010)5555 0123", "(010)5555 0123", Landline),
        ("+86 512 5555 0123", "+86 512 5555 0123", Landline),
        ("0512-55550123转8", "0512-55550123转8", Landline),
        ("0512-55550123 分机 801", "0512-55550123 分机 801", Landline),
        ("0512-55550123-801", "0512-55550123-801", Landline),
        ("0512-5550123", "0512-5550123", Landline),
        ("家里座机55550123", "55550123", Landline),
        ("回电 555 0123", "555 0123", Landline),
        ("5555-0123", "5555-0123", Landline),
        ("400-000-1234", "400-000-1234", ServiceNumber),
        ("4000001234", "4000001234", ServiceNumber),
    ] {
        one(text, slice, kind);
    }
}

#[test]
fn cards_and_plates_are_marked() {
    for (text, slice, kind) in [
        ("身份证11010119900307123X", "11010119900307123X", IdNumber),
        ("110101 19900307 123x", "110101 19900307 123x", IdNumber),
        ("１１０１０１１９９００３０７１２３４", "１１０１０１１９９００３０７１２３４", IdNumber),
        ("1101 0119 9003 0712 34", "1101 0119 9003 0712 34", IdNumber),
        ("110101900307123", "110101900307123", IdNumber),
        ("卡号4111 1111 1111 1111", "4111 1111 1111 1111", BankCard),
        ("车牌苏E12345挡路", "苏E12345", Plate),
        ("苏E·A123Z", "苏E·A123Z", Plate),
        ("粤ＢD12345", "粤ＢD12345", Plate),
        ("京a1234学", "京a1234学", Plate),
    ] {
        one(text, slice, kind);
    }
}

#[test]
fn door_numbers_are_marked_and_buildings_are_not() {
    for (text, slice) in [
        ("3号楼2单元501室灯不亮", "501"),
        ("501室", "501"),
        ("５０１室", "５０１"),
        ("3栋501", "501"),
        ("3号楼 501 漏水", "501"),
        ("3幢2单元1203", "1203"),
        ("B座1203", "1203"),
        ("2单元3号", "3"),
        ("三号楼二单元五〇一室", "五〇一"),
        ("三号楼二单元五零一", "五零一"),
        ("三号楼一百零一室", "一百零一"),
        ("12-3-501", "501"),
        ("住12-3-501的老人", "501"),
        ("我住3-501", "501"),
        ("3-2-501室", "501"),
        ("12#501", "501"),
        ("5楼东户", "东"),
        ("房间号：1203", "1203"),
        ("501号房", "501"),
        ("501A室", "501A"),
        ("12号501", "501"),
        ("3号楼,501", "501"),
        ("7栋1-402", "402"),
        ("3#2-501", "501"),
        ("杏花村5组12号", "12"),
    ] {
        one(text, slice, Door);
    }
}

#[test]
fn ordinary_numbers_are_left_alone() {
    for text in [
        "2026年6月30日",
        "54件",
        "800亩",
        "3号楼",
        "三号楼二单元楼道灯不亮",
        "12345热线",
        "拨打12345",
        "3号楼2单元",
        "5楼",
        "2026-06-30 12:30",
        "2026/6/30",
        "20260630",
        "1998-12-30 11:20",
        "12:30-14:00",
        "2024-2026年",
        "2024-2026",
        "3000-5000元",
        "5000000元",
        "12345678元",
        "1.5米",
        "2室1厅",
        "两室一厅",
        "3房2厅",
        "第12号公告",
        "6月12号1500人参加",
        "12号线",
        "301路公交",
        "192.168.100.12",
        "3号楼2号电梯",
        "3号楼201人",
        "2单元54户",
        "100%",
        "编号20261234",
        "订单202606301234567890",
        "第3-5项",
        "100室内",
        "800房屋",
        "5-200元",
        "110",
        "120",
        "G2026",
        "云App",
        "京A",
        "1 2 3 4 5 6 7",
        "3号楼800亩",
        "二〇二六年六月三十日",
        "一二三四五六七八",
        "100-200-300米",
        "138****8000",
        "3号楼2单元***室",
        "12月3日第501号",
        "2号楼2026年",
        "1,390,000,123元",
        "2026年第138号",
        "",
        "一、二、三",
        "30-6-2026",
    ] {
        assert_eq!(marks(text), [], "{text}");
        assert_eq!(masked(text), text);
    }
}

#[test]
fn masks_follow_the_house_rule() {
    for (text, public) in [
        ("请打13800138000", "请打138****8000"),
        ("+86 138-0013-8000，谢谢", "138****8000，谢谢"),
        ("11010119900307123X", "110101********123X"),
        ("110101900307123", "110101*****7123"),
        ("0512-55550123转8。", "**********23。"),
        ("3号楼2单元501室灯不亮", "3号楼2单元***室灯不亮"),
        ("12-3-501", "12-3-***"),
        ("苏E12345", "苏E*****"),
        ("501室张某13900001234、0512-55550123", "***室张某139****1234、**********23"),
        ("13900001234,0512-55550123", "139****1234,**********23"),
        ("0512-55550123-13900001234", "**********23-139****1234"),
        ("3楼301、302室", "3楼***、***室"),
        ("301-305室", "***-***室"),
        ("2单元1501和1502漏水", "2单元***和***漏水"),
        ("13900001234 13900005678", "139****1234 139****5678"),
    ] {
        assert_eq!(masked(text), public, "{text}");
        assert_eq!(masked(public), public, "masking again changes nothing");
    }
}

#[test]
fn long_texts_take_linear_time() {
    for unit in ["1", "一", "1-", "3号楼", "苏E", "(", "转1", "1 3 9 ", "1390-000-1234转", "5555 0123转", "301、"]
    {
        let text = unit.repeat(200_000);
        let started = std::time::Instant::now();
        let _ = masked(&text);
        assert!(started.elapsed().as_secs() < 5, "{unit}");
    }
}

proptest! {
    #[test]
    fn marks_are_ordered_ranges_of_any_text(text in "\\PC{0,60}|[0-9０-９一二〇 \\-—.()（）转室号楼单元苏EX*]{0,40}") {
        let mut end = 0;
        for mark in marks(&text) {
            prop_assert!(mark.range.start >= end && mark.range.end > mark.range.start);
            prop_assert!(text.get(mark.range.clone()).is_some());
            end = mark.range.end;
        }
        let _ = masked(&text);
    }

    #[test]
    fn a_mobile_number_never_survives(
        before in "[^0-9*]{0,8}", after in "[^0-9*]{0,8}", second in 3_u8..=9, rest in "[0-9]{9}", dashed in any::<bool>(),
    ) {
        let number = format!("1{second}{rest}");
        let written = if dashed { format!("{}-{}-{}", &number[..3], &number[3..7], &number[7..]) } else { number.clone() };
        let public = masked(&format!("{before}{written}{after}"));
        prop_assert!(!public.contains(&written), "{public}");
    }
}
