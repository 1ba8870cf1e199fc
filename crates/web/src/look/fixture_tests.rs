//! An invented village for the tests of the pages, with plain words or with hostile ones in every text.

use linli_domain::attachments::PhotoView;
use linli_domain::audit::view::{CheckpointView, LogView};
use linli_domain::audit::{Kind, RecordView};
use linli_domain::commitments::view::{EntryView, GroupView, ListView, Standing, Totals};
use linli_domain::id::{
    AttachmentId, CategoryId, CommunityId, EntryId, GroupId, MatterId, MessageId, PersonId, TaskId, VoiceId,
};
use linli_domain::matters::view::{DeskCounts, ListingView, MatterLine, MatterLines, MatterView};
use linli_domain::matters::{MatterNumber, Round, Stage};
use linli_domain::notifications::MessageView;
use linli_domain::people::view::{
    AccountView, InvitationLine, InvitationView, OwnSession, PersonView, PlaceOfWork, RosterLine, RosterView,
    SessionView,
};
use linli_domain::places::{Category, CommunityView, Group};
use linli_domain::statistics::CommunityLine;
use linli_domain::tasks::TaskStage;
use linli_domain::tasks::view::{AskedBy, DispatchedView, TaskView};
use linli_domain::time::{Day, Timestamp};
use linli_domain::voices::view::{AnswerView, StandingView, VoiceView};
use linli_domain::voices::{Channel, Verdict};

/// What somebody with bad intentions types everywhere.
pub const HOSTILE: &str = "<script>alert(1)</script>\" onfocus=\"x' autofocus {$name} &amp; --> </textarea></title>";

/// Says plain words, or [`HOSTILE`] ones in their place.
#[derive(Clone, Copy)]
pub struct Village {
    pub hostile: bool,
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}
fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("a time")
}
fn id(n: i64) -> i64 {
    linli_domain::id::compose(1_780_000_000_000 + n, 1, 1)
}

#[expect(clippy::unused_self, reason = "each thing of the village is asked for in one way")]
impl Village {
    fn say(self, text: &str) -> String {
        if self.hostile { format!("{HOSTILE}{text}") } else { text.to_owned() }
    }
    pub fn community(self) -> CommunityView {
        CommunityView {
            id: CommunityId::new(id(1)),
            ordinal: 7,
            slug: "grain-village".into(),
            name: self.say("谷场村"),
            area: self.say("横溪镇"),
            areas: Vec::new(),
            duty_name: self.say("何秀珍"),
            duty_phone: self.say("0571-5555 0137"),
            office: self.say("村部一楼便民窗口（早上八点到下午五点半）"),
            confirm_days: 7,
        }
    }
    pub fn session(self) -> SessionView {
        let place = |slug: &str, name: &str, role: &str| PlaceOfWork {
            community: slug.into(),
            name: self.say(name),
            role: role.into(),
        };
        SessionView {
            person: PersonId::new(id(2)),
            name: self.say("何秀珍"),
            places: vec![place("grain-village", "谷场村", "dispatcher"), place("tea-village", "茶亭村", "dispatcher")],
            areas: Vec::new(),
            missing: None,
        }
    }
    pub fn account(self, has_second: bool) -> AccountView {
        let session = |n: i64, this| OwnSession {
            id: PersonId::new(id(n)),
            seen_at: at("2026-06-14 10:12:00"),
            until: at("2026-07-14 10:12:00"),
            this,
        };
        AccountView { sessions: vec![session(1, true), session(2, false)], has_second, needs_second: true }
    }
    pub fn roster(self) -> RosterView {
        let line = |n: i64, name: &str, role: &str, in_hand| RosterLine {
            id: PersonId::new(id(n)),
            name: self.say(name),
            role: role.into(),
            on: n != 5,
            in_hand,
        };
        let until = at("2026-06-22 10:12:00");
        RosterView {
            people: vec![
                line(2, "何秀珍", "secretary", 0),
                line(3, "李师傅", "grid_worker", 2),
                line(3, "李师傅", "volunteer", 2),
                line(4, "小梅", "volunteer", 0),
                line(5, "老周", "volunteer", 0),
            ],
            invitations: vec![InvitationLine {
                id: PersonId::new(id(9)),
                name: self.say("小陈"),
                role: "volunteer".into(),
                until,
            }],
        }
    }
    pub fn invitation(self) -> InvitationView {
        InvitationView { name: self.say("小陈"), role: "volunteer".into() }
    }
    pub fn totals(self) -> Totals {
        Totals { listed: 54, open: 31, confirmed: 18, no_answer: 4, merged: 1 }
    }
    pub fn lines(self) -> Vec<CommunityLine> {
        [
            ("mill-compound", "纺织厂小区"),
            ("tea-village", "茶亭村"),
            ("grain-village", "谷场村"),
            ("town-community", "溪口社区"),
        ]
        .map(|(slug, name)| CommunityLine {
            slug: slug.into(),
            name: self.say(name),
            area: self.say("横溪镇"),
            totals: self.totals(),
        })
        .into()
    }
    pub fn photos(self, count: i64) -> Vec<PhotoView> {
        (0..count).map(|n| PhotoView { id: AttachmentId::new(id(90 + n)), width: 2048, height: 1536 }).collect()
    }
    pub fn standing(self, stage: Stage) -> StandingView {
        let listed = !matches!(stage, Stage::Received | Stage::Declined);
        let done = matches!(stage, Stage::Awaiting | Stage::Confirmed | Stage::NoAnswer);
        StandingView {
            community: "grain-village".into(),
            words: self.say("桥头到小学那一段，路灯有三盏不亮，\n天黑得早，孩子放学回来看不见路。"),
            place: Some(self.say("桥头到小学")),
            said_at: at("2026-06-02 17:40:00"),
            erased: false,
            stage,
            joined: stage == Stage::Working,
            number: listed.then(|| MatterNumber::new(17)),
            wording: listed.then(|| self.say("桥头到小学的路灯有三盏不亮")),
            responsible: listed.then(|| self.say("村电工 周有田")),
            deadline: listed.then(|| day("2026-06-30")),
            declined_because: (stage == Stage::Declined)
                .then(|| self.say("这条路归镇里管，村里动不了。已经替您报给镇交管站，电话 0571-5555 0110。")),
            done_notes: if done {
                vec![self.say("换了三只灯泡，晚上七点去看过，都亮了。")]
            } else {
                Vec::new()
            },
            round: Round::FIRST,
            may_answer: matches!(stage, Stage::Awaiting | Stage::NoAnswer),
            answer_by: (stage == Stage::Awaiting).then(|| day("2026-06-18")),
            answer: (stage == Stage::Confirmed).then_some(Verdict::Solved),
            photos: self.photos(2),
            after_photos: self.photos(i64::from(done)),
        }
    }
    /// Sixteen groups, fifty-four entries.
    pub fn list(self) -> ListView {
        let standings = [
            Standing::Confirmed,
            Standing::Working,
            Standing::Listed,
            Standing::Confirmed,
            Standing::Awaiting,
            Standing::Disputed,
            Standing::NoAnswer,
            Standing::Working,
            Standing::Merged,
        ];
        let wordings = [
            "桥头到小学的路灯有三盏不亮",
            "村口水泥路裂了大口子，雨天积水过不去",
            "去镇上的班车下午只有一趟，看病回不来，想请镇里加开一趟四点半的车，老人孩子都等着",
            "晒谷场边上的电线垂得太低，收割机过不去",
            "老井的井盖破了，小孩在边上玩",
            "自来水早上没有压力，三楼上不来水",
            "祠堂东墙开裂，下雨掉瓦",
        ];
        let names = ["一组（桥头）", "二组（晒谷场）", "三组（老祠堂）", "四组（水井头）"];
        let mut numbers = 1..;
        let groups = (0..16_usize).map(|k| {
            let entries = numbers.by_ref().take(if k % 3 == 0 { 4 } else { 3 }).map(|n: usize| {
                let standing = standings[n * 7 % standings.len()];
                let number = i64::try_from(n).expect("small");
                EntryView {
                    number: MatterNumber::new(number),
                    wording: self.say(&format!("{}{}", wordings[n % wordings.len()], "。".repeat(n % 3))),
                    category: self.say("道路"),
                    responsible: self.say(["村电工 周有田", "何秀珍", "镇水务站"][n % 3]),
                    deadline: day("2026-06-10").plus(number * 3),
                    standing,
                    merged_into: (standing == Standing::Merged).then(|| MatterNumber::new(2)),
                    closed_on: standing.is_struck_off().then(|| day("2026-06-01").plus(number)),
                    voices: 1 + number % 4,
                }
            });
            GroupView { name: self.say(&format!("{}{}", names[k % 4], k + 1)), entries: entries.collect() }
        });
        ListView {
            community: self.say("谷场村"),
            slug: "grain-village".into(),
            phone: self.say("0571-5555 0137"),
            office: self.say("村部一楼便民窗口"),
            as_of: at("2026-06-15 09:05:00"),
            totals: self.totals(),
            groups: groups.collect(),
            checkpoint: Some(self.checkpoint()),
            next: self.hostile.then(|| self.say("cursor")),
        }
    }
    pub fn checkpoint(self) -> CheckpointView {
        CheckpointView {
            size: 1_234,
            fingerprint: self.say("a3f2 91bc 04de 77a1"),
            note: self.say("linli/0a1b2c3d/gv"),
            waiting: 0,
        }
    }
    pub fn log(self) -> LogView {
        LogView {
            origin: self.say("linli/0a1b2c3d/gv"),
            size: 1_234,
            root: self.say("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc="),
            note: self.say("linli/0a1b2c3d/gv"),
            waiting: 0,
            key: self.say("linli/0a1b2c3d+0a1b2c3d+AQ=="),
        }
    }
    pub fn matter_lines(self) -> MatterLines {
        let line = |n: i64, stage: Stage, title: &str| MatterLine {
            id: MatterId::new(id(n)),
            number: (stage != Stage::Received).then(|| MatterNumber::new(n)),
            stage,
            title: self.say(title),
            place: (n % 2 == 0).then(|| self.say("三号楼二单元")),
            received_at: at("2026-06-14 10:12:00"),
            voices: 1 + n % 3,
            deadline: (stage != Stage::Received).then(|| day("2026-06-12")),
            overdue: stage == Stage::Disputed,
        };
        MatterLines {
            matters: vec![
                line(61, Stage::Received, "楼道灯坏了三天，晚上老人下楼看不见，我妈昨天差点踩空，想问问什么时候有人来"),
                line(60, Stage::Received, "垃圾桶满了三天没人收"),
                line(48, Stage::Disputed, "渡口的船没有救生衣"),
                line(33, Stage::Listed, "横路的涵洞太小，一下大雨就淹田"),
                line(17, Stage::Awaiting, "桥头到小学的路灯有三盏不亮"),
            ],
            next: Some(self.say("a+b/c=")),
        }
    }
    pub fn counts(self) -> DeskCounts {
        DeskCounts { received: 2, listed: 9, disputed: 1, working: 14, awaiting: 5 }
    }
    pub fn messages(self) -> Vec<MessageView> {
        [Kind::VoiceSaid, Kind::VoiceDisputed, Kind::TaskReturned, Kind::TaskOffered]
            .into_iter()
            .zip(1..)
            .map(|(kind, n)| MessageView {
                id: MessageId::new(id(n)),
                kind,
                matter: MatterId::new(id(50)),
                task: (kind == Kind::TaskOffered).then(|| TaskId::new(id(71))),
                at: at("2026-06-14 10:12:00"),
            })
            .collect()
    }
    pub fn categories(self) -> Vec<Category> {
        [(1, "照明"), (2, "道路"), (3, "水")]
            .map(|(n, name)| Category { id: CategoryId::new(n), name: self.say(name) })
            .into()
    }
    pub fn groups(self) -> Vec<Group> {
        [(1, "一组（桥头）"), (2, "二组（晒谷场）")]
            .map(|(n, name)| Group { id: GroupId::new(n), name: self.say(name) })
            .into()
    }
    pub fn people(self) -> Vec<PersonView> {
        [(1, "吴桂芳", "volunteer", 1), (2, "周有田", "grid_worker", 3)]
            .map(|(n, name, role, in_hand)| PersonView {
                id: PersonId::new(n),
                name: self.say(name),
                role: role.into(),
                in_hand,
            })
            .into()
    }
    pub fn listing(self) -> ListingView {
        ListingView {
            wording: self.say("桥头到小学的路灯有三盏不亮"),
            category: CategoryId::new(1),
            category_name: self.say("照明"),
            group: GroupId::new(1),
            group_name: self.say("一组（桥头）"),
            responsible: self.say("村电工 周有田"),
            deadline: day("2026-06-30"),
        }
    }
    fn voice(self, n: i64, answer: Option<Verdict>) -> VoiceView {
        VoiceView {
            id: VoiceId::new(id(n)),
            words: self.say("桥头到小学那一段，路灯有三盏不亮，天黑得早，孩子放学回来看不见路。"),
            place: Some(self.say("桥头")),
            contact: Some(self.say("138****0137")),
            uncovered: false,
            has_more: true,
            erased: false,
            channel: if n % 2 == 0 { Channel::Telephone } else { Channel::Web },
            said_at: at("2026-06-02 17:40:00"),
            photos: vec![PhotoView { id: AttachmentId::new(id(900 + n)), width: 2048, height: 1536 }],
            answer: answer.map(|verdict| AnswerView {
                verdict,
                channel: Channel::Doorstep,
                reason: Some(self.say("还有一盏不亮")),
                at: at("2026-06-12 08:00:00"),
            }),
        }
    }
    pub fn matter(self, stage: Stage) -> MatterView {
        let listed = !matches!(stage, Stage::Received | Stage::Declined);
        let record = |n: i64, kind: Kind, actor: &str, details: &[(&str, &str)]| RecordView {
            id: EntryId::new(id(n)),
            kind,
            at: at("2026-06-03 09:20:00"),
            actor: if actor.is_empty() { String::new() } else { self.say(actor) },
            details: details.iter().map(|(name, text)| ((*name).to_owned(), self.say(text))).collect(),
            erased: false,
        };
        let answer = match stage {
            Stage::Confirmed => Some(Verdict::Solved),
            Stage::Disputed => Some(Verdict::NotSolved),
            _ => None,
        };
        MatterView {
            id: MatterId::new(id(50)),
            number: listed.then(|| MatterNumber::new(17)),
            stage,
            round: Round::FIRST,
            version: 5,
            received_at: at("2026-06-02 17:40:00"),
            listing: listed.then(|| self.listing()),
            declined_because: (stage == Stage::Declined).then(|| self.say("归镇里管")),
            merged_into: (stage == Stage::Merged).then(|| MatterNumber::new(2)),
            parent: (stage == Stage::Working).then(|| MatterNumber::new(3)),
            parts: if stage == Stage::Disputed { vec![MatterNumber::new(4), MatterNumber::new(5)] } else { Vec::new() },
            voices: vec![self.voice(21, None), self.voice(22, answer)],
            tasks: if matches!(stage, Stage::Received | Stage::Listed) {
                Vec::new()
            } else {
                vec![self.dispatched(1, TaskStage::Accepted), self.dispatched(2, TaskStage::Finished)]
            },
            timeline: vec![
                record(1, Kind::VoiceSaid, "", &[("channel", "web")]),
                record(2, Kind::MatterListed, "何秀珍", &[("number", "17")]),
                record(3, Kind::TaskReturned, "吴桂芳", &[("reason", "梯子不够高")]),
            ],
        }
    }
    fn dispatched(self, n: i64, stage: TaskStage) -> DispatchedView {
        DispatchedView {
            id: TaskId::new(id(70 + n)),
            matter: MatterId::new(id(50)),
            instruction: self.say("换三只灯泡，梯子在村部借。"),
            stage,
            holder: (n == 1).then(|| self.say("吴桂芳")),
            round: n,
            due: Some(day("2026-06-08")),
            done_note: (stage == TaskStage::Finished).then(|| self.say("换好了")),
            photos: self.photos(i64::from(stage == TaskStage::Finished)),
            version: 2,
        }
    }
    pub fn task(self, n: i64, stage: TaskStage) -> TaskView {
        let mine = stage == TaskStage::Accepted;
        TaskView {
            id: TaskId::new(id(70 + n)),
            community: "grain-village".into(),
            number: MatterNumber::new(17),
            instruction: self.say("换三只灯泡，梯子在村部借。"),
            wording: self.say("桥头到小学的路灯有三盏不亮"),
            group: self.say("一组（桥头）"),
            stage,
            due: Some(day("2026-06-08")),
            dispatched_at: at("2026-06-03 09:20:00"),
            in_my_hands: mine,
            asked_by: if mine {
                vec![AskedBy {
                    words: self.say("路灯不亮，孩子放学看不见路。"),
                    place: Some(self.say("桥头")),
                    contact: Some(self.say("13805550137")),
                    photos: self.photos(1),
                }]
            } else {
                Vec::new()
            },
        }
    }
}
