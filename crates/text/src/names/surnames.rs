//! Readings of family names that differ from the character's usual one, or that a dictionary leaves open.
//!
//! Source: the surname readings (「姓」) of 现代汉语词典 and 通用规范汉字字典. Simplified and traditional forms. The table
//! holds only what must be fixed: every other family name has the reading of its character.

#[rustfmt::skip]
const SINGLE: &[(char, &str)] = &[
    ('曾', "zeng"), ('单', "shan"), ('單', "shan"), ('仇', "qiu"), ('区', "ou"), ('區', "ou"), ('朴', "piao"),
    ('樸', "piao"), ('查', "zha"), ('沈', "shen"), ('翟', "zhai"), ('解', "xie"), ('盖', "ge"), ('蓋', "ge"),
    ('葛', "ge"), ('任', "ren"), ('华', "hua"), ('華', "hua"), ('纪', "ji"), ('紀', "ji"), ('柏', "bai"),
    ('种', "chong"), ('覃', "qin"), ('员', "yun"), ('員', "yun"), ('贠', "yun"), ('乐', "yue"), ('樂', "yue"),
    ('冼', "xian"), ('洗', "xian"), ('缪', "miao"), ('繆', "miao"), ('尉', "wei"), ('隗', "wei"), ('乜', "nie"),
    ('宓', "mi"), ('秘', "bi"), ('黑', "he"), ('折', "she"), ('撒', "sa"), ('召', "shao"), ('都', "du"),
    ('车', "che"), ('車', "che"), ('牟', "mu"), ('石', "shi"), ('繁', "po"), ('郇', "xun"), ('郗', "xi"),
    ('逄', "pang"), ('臧', "zang"), ('佴', "nai"), ('句', "gou"), ('令', "ling"), ('占', "zhan"), ('祭', "zhai"),
    ('过', "guo"), ('過', "guo"), ('能', "nai"), ('宁', "ning"), ('甯', "ning"), ('谌', "chen"), ('諶', "chen"),
    ('阙', "que"), ('於', "yu"), ('应', "ying"), ('應', "ying"), ('盛', "sheng"), ('相', "xiang"), ('薄', "bo"),
    ('叶', "ye"), ('葉', "ye"), ('要', "yao"), ('藏', "zang"), ('费', "fei"), ('費', "fei"), ('少', "shao"),
    ('宿', "su"), ('扎', "zha"), ('库', "she"), ('厍', "she"), ('莘', "shen"), ('瞿', "qu"), ('眭', "sui"),
    ('昝', "zan"), ('郄', "qie"), ('妫', "gui"), ('暨', "ji"), ('逯', "lu"), ('氾', "fan"), ('曲', "qu"),
    ('燕', "yan"), ('殷', "yin"), ('贾', "jia"), ('賈', "jia"), ('万', "wan"), ('萬', "wan"), ('俟', "qi"),
    ('参', "can"), ('角', "jue"), ('郏', "jia"),
];

#[rustfmt::skip]
const COMPOUND: &[(&str, &str)] = &[
    ("尉迟", "yuchi"), ("尉遲", "yuchi"), ("万俟", "moqi"), ("澹台", "tantai"), ("长孙", "zhangsun"),
    ("長孫", "zhangsun"), ("令狐", "linghu"), ("单于", "chanyu"), ("宰父", "zaifu"), ("鲜于", "xianyu"),
    ("慕容", "murong"), ("呼延", "huyan"), ("上官", "shangguan"), ("欧阳", "ouyang"), ("歐陽", "ouyang"),
    ("司马", "sima"), ("司馬", "sima"), ("诸葛", "zhuge"), ("諸葛", "zhuge"), ("夏侯", "xiahou"),
    ("东方", "dongfang"), ("皇甫", "huangfu"), ("公孙", "gongsun"), ("公孫", "gongsun"), ("轩辕", "xuanyuan"),
    ("宇文", "yuwen"), ("司徒", "situ"), ("司空", "sikong"), ("独孤", "dugu"), ("南宫", "nangong"),
    ("端木", "duanmu"), ("拓跋", "tuoba"), ("赫连", "helian"), ("百里", "baili"), ("东郭", "dongguo"),
    ("西门", "ximen"), ("公冶", "gongye"), ("太叔", "taishu"), ("申屠", "shentu"), ("仲孙", "zhongsun"),
    ("钟离", "zhongli"), ("闾丘", "lvqiu"), ("濮阳", "puyang"), ("淳于", "chunyu"), ("太史", "taishi"),
    ("第五", "diwu"), ("耶律", "yelv"), ("纳兰", "nalan"), ("完颜", "wanyan"), ("叶赫", "yehe"),
    ("哥舒", "geshu"), ("公羊", "gongyang"), ("公西", "gongxi"), ("乐正", "yuezheng"), ("漆雕", "qidiao"),
    ("壤驷", "rangsi"), ("亓官", "qiguan"), ("司寇", "sikou"), ("颛孙", "zhuansun"), ("子车", "ziju"),
    ("巫马", "wuma"), ("公良", "gongliang"), ("谷梁", "guliang"), ("段干", "duangan"), ("东里", "dongli"),
    ("梁丘", "liangqiu"), ("左丘", "zuoqiu"), ("西陵", "xiling"), ("宗政", "zongzheng"), ("即墨", "jimo"),
];

/// The reading of a family name of one character, where it must be fixed.
pub(super) fn single(ch: char) -> Option<&'static str> {
    SINGLE.iter().find(|(known, _)| *known == ch).map(|(_, reading)| *reading)
}

/// The reading of a family name of two characters.
pub(super) fn compound(first: char, second: char) -> Option<&'static str> {
    let mut pairs = COMPOUND.iter();
    pairs.find(|(known, _)| known.chars().eq([first, second])).map(|(_, reading)| *reading)
}
