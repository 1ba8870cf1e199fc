//! Playing the acts, one after the other, each at its own time and by the use case that people click on.

use std::collections::HashMap;

use linli_app::command::{Command, Here, Nothing, Request};
use linli_app::matters::MatterAt;
use linli_app::matters::attach::{AttachMatter, AttachMatterInput};
use linli_app::matters::decline::{DeclineMatter, ReasonInput};
use linli_app::matters::lapse::lapse_due;
use linli_app::matters::list::{ListMatter, ListingInput};
use linli_app::matters::merge::{MergeMatter, MergeMatterInput};
use linli_app::outbox::deliver;
use linli_app::tasks::TaskAt;
use linli_app::tasks::accept::AcceptTask;
use linli_app::tasks::dispatch::{DispatchTask, DispatchTaskInput};
use linli_app::tasks::finish::{FinishTask, FinishTaskInput};
use linli_app::voices::answer::{AnswerVoice, AnswerVoiceInput};
use linli_app::voices::standing::{ReceiptAt, ShowStanding};
use linli_app::voices::take::{TakeVoice, TakeVoiceInput};
use linli_app::{App, Caller, Denied};
use linli_domain::id::{MatterId, TaskId};
use linli_domain::matters::{MatterNumber, MatterRef, Stage};
use linli_domain::time::Timestamp;
use linli_domain::voices::Channel;
use rand::RngExt as _;
use rand::rngs::StdRng;

use crate::DemoReceipt;
use crate::cast::Scene;
use crate::plan::{Act, What};

/// Receipts of one stage that are shown for a community.
const SHOWN: usize = 2;
/// Days from listing to the deadline.
const PROMISE_DAYS: i64 = 30;

/// A matter that has begun.
#[derive(Debug)]
struct Begun {
    matter: MatterId,
    number: Option<MatterNumber>,
    receipts: Vec<String>,
    task: Option<TaskId>,
    /// Whom the task was given to, or who will take it.
    worker: usize,
}

/// All communities while they are played.
pub(crate) struct Stages<'a> {
    app: &'a App,
    scenes: Vec<Scene>,
    begun: HashMap<(usize, usize), Begun>,
}

impl<'a> Stages<'a> {
    pub fn new(app: &'a App, scenes: Vec<Scene>) -> Self {
        Self { app, scenes, begun: HashMap::new() }
    }

    async fn run<C: Command>(&self, scene: usize, by: &Caller, at: C::At, input: C::Input) -> Result<C::Done, Denied> {
        self.app.execute(by, &self.scenes[scene].place, Request::<C>::new(at, input)).await
    }

    fn of(&self, scene: usize, line: usize) -> Result<&Begun, Denied> {
        self.begun.get(&(scene, line)).ok_or_else(|| linli_app::Fault::Bug("a matter before its voice".into()).into())
    }
    fn at(&self, scene: usize, line: usize) -> Result<MatterAt, Denied> {
        Ok(MatterAt { matter: MatterRef::Id(self.of(scene, line)?.matter) })
    }

    /// Plays one act.
    pub async fn play(&mut self, act: &Act, rng: &mut StdRng) -> Result<(), Denied> {
        self.app.clock().advance_us(act.at.us() - self.app.clock().now().us());
        let scene = act.scene;
        let desk = self.scenes[scene].desk.clone();
        match &act.what {
            What::Say { line, words } => self.say(scene, *line, words, rng).await,
            What::List { line, group, category, wording } => {
                self.list(scene, *line, (group, category, wording), rng).await
            }
            What::Decline { line, reason } => {
                let input = ReasonInput { reason: reason.clone(), version: None };
                self.run::<DeclineMatter>(scene, &desk, self.at(scene, *line)?, input).await.map(drop)
            }
            What::Merge { line, into } => self.merge(scene, *line, *into).await,
            What::Attach { line, parent } => {
                let parent = self.of(scene, *parent)?.number.map(|number| number.to_string()).unwrap_or_default();
                let input = AttachMatterInput { parent, version: None };
                self.run::<AttachMatter>(scene, &desk, self.at(scene, *line)?, input).await.map(drop)
            }
            What::Dispatch { line, instruction, offer } => self.dispatch(scene, *line, instruction, *offer).await,
            What::Accept { line } => {
                let (at, by) = self.task(scene, *line)?;
                self.run::<AcceptTask>(scene, &by, at, Nothing {}).await.map(drop)
            }
            What::Finish { line } => {
                let (at, by) = self.task(scene, *line)?;
                let note = NOTES[rng.random_range(0..NOTES.len())].to_owned();
                self.run::<FinishTask>(scene, &by, at, FinishTaskInput { note: Some(note) }).await.map(drop)
            }
            What::Answer { line, solved } => self.answer(scene, *line, *solved, rng).await,
            What::Night => self.night(scene).await,
        }
    }

    /// Most write it themselves; some ring up or tell it at the door.
    async fn say(&mut self, scene: usize, line: usize, words: &str, rng: &mut StdRng) -> Result<(), Denied> {
        let channel = match rng.random_range(0..10) {
            0..=1 => Some(Channel::Telephone),
            2 => Some(Channel::Doorstep),
            _ => None,
        };
        let contact = (rng.random_range(0..3) == 0).then(|| format!("1390000{:04}", rng.random_range(0..10_000_u32)));
        let desk = self.scenes[scene].desk.clone();
        let (receipt, matter) = if let Some(channel) = channel {
            let input = TakeVoiceInput { text: words.into(), place: None, contact, channel: channel.code().into() };
            let taken = self.run::<TakeVoice>(scene, &desk, Here {}, input).await?;
            (taken.said.receipt, taken.matter)
        } else {
            self.said(scene, words, contact).await?
        };
        let worker = rng.random_range(0..self.scenes[scene].workers.len());
        let begun = Begun { matter, number: None, receipts: vec![receipt], task: None, worker };
        self.begun.insert((scene, line), begun);
        Ok(())
    }

    /// The resident's own page tells her no id: the desk finds the newest matter in its inbox.
    async fn said(&self, scene: usize, words: &str, contact: Option<String>) -> Result<(String, MatterId), Denied> {
        use linli_app::matters::overview::{MattersInput, ShowMatters};
        use linli_app::voices::say::{SayVoice, SayVoiceInput};
        let input = SayVoiceInput { text: words.into(), contact, place: None };
        let said = self.run::<SayVoice>(scene, &Caller::resident(), Here {}, input).await?;
        let newest = MattersInput { stage: Some(Stage::Received.code().into()), cursor: None };
        let (desk, place) = (&self.scenes[scene].desk, &self.scenes[scene].place);
        let inbox = self.app.ask::<ShowMatters>(desk, place, Here {}, newest).await?;
        let newest = inbox.matters.first().ok_or(linli_app::Fault::Bug("an empty inbox".into()))?;
        Ok((said.receipt, newest.id))
    }

    async fn list(
        &mut self,
        scene: usize,
        line: usize,
        (group, category, wording): (&str, &str, &str),
        rng: &mut StdRng,
    ) -> Result<(), Denied> {
        let here = &self.scenes[scene];
        let responsible = here.responsible[rng.random_range(0..here.responsible.len())].clone();
        let input = ListingInput {
            wording: wording.into(),
            category: here.categories.get(category).cloned().unwrap_or_default(),
            group: here.groups.get(group).cloned().unwrap_or_default(),
            responsible,
            deadline: self.app.clock().now().day().plus(PROMISE_DAYS).to_string(),
            version: None,
        };
        let moved = self.run::<ListMatter>(scene, &here.desk, self.at(scene, line)?, input).await?;
        if let Some(begun) = self.begun.get_mut(&(scene, line)) {
            begun.number = moved.number;
        }
        Ok(())
    }

    async fn merge(&mut self, scene: usize, line: usize, into: usize) -> Result<(), Denied> {
        let number = self.of(scene, into)?.number.map(|number| number.to_string()).unwrap_or_default();
        let desk = self.scenes[scene].desk.clone();
        let input = MergeMatterInput { into: number, version: None };
        self.run::<MergeMatter>(scene, &desk, self.at(scene, line)?, input).await?;
        let receipts = self.of(scene, line)?.receipts.clone();
        if let Some(target) = self.begun.get_mut(&(scene, into)) {
            target.receipts.extend(receipts);
        }
        Ok(())
    }

    async fn dispatch(&mut self, scene: usize, line: usize, instruction: &str, offer: bool) -> Result<(), Denied> {
        let here = &self.scenes[scene];
        let begun = self.of(scene, line)?;
        let holder = (!offer).then(|| here.workers[begun.worker].0.to_string());
        let due = Some(self.app.clock().now().day().plus(3).to_string());
        let input = DispatchTaskInput { instruction: Some(instruction.into()), holder, due, version: None };
        let moved = self.run::<DispatchTask>(scene, &here.desk, self.at(scene, line)?, input).await?;
        if let Some(begun) = self.begun.get_mut(&(scene, line)) {
            begun.task = Some(moved.id);
        }
        Ok(())
    }

    fn task(&self, scene: usize, line: usize) -> Result<(TaskAt, Caller), Denied> {
        let begun = self.of(scene, line)?;
        let task = begun.task.ok_or(linli_app::Fault::Bug("no task".into()))?;
        Ok((TaskAt { task }, self.scenes[scene].workers[begun.worker].1.clone()))
    }

    /// Everybody who raised it says so; one "no" is enough to turn it black.
    async fn answer(&mut self, scene: usize, line: usize, solved: bool, rng: &mut StdRng) -> Result<(), Denied> {
        let receipts = self.of(scene, line)?.receipts.clone();
        for code in receipts {
            let (verdict, reason) = if solved {
                ("solved", None)
            } else {
                ("not_solved", Some(COMPLAINTS[rng.random_range(0..COMPLAINTS.len())].to_owned()))
            };
            let input = AnswerVoiceInput { verdict: verdict.into(), reason, round: None };
            self.run::<AnswerVoice>(scene, &Caller::resident(), ReceiptAt { code }, input).await?;
            if !solved {
                break;
            }
        }
        Ok(())
    }

    async fn night(&self, scene: usize) -> Result<(), Denied> {
        let place = &self.scenes[scene].place;
        lapse_due(self.app, place).await?;
        deliver(self.app, place).await.map(drop)
    }

    /// The last evening; answers a few receipts of each stage.
    pub async fn end(&mut self, now: Timestamp) -> Result<Vec<DemoReceipt>, Denied> {
        self.app.clock().advance_us(now.us() - self.app.clock().now().us());
        deliver(self.app, &App::instance()).await?;
        let mut shown: Vec<DemoReceipt> = Vec::new();
        let mut lines: Vec<_> = self.begun.keys().copied().collect();
        lines.sort_unstable();
        for scene in 0..self.scenes.len() {
            self.night(scene).await?;
        }
        for (scene, line) in lines {
            let place = &self.scenes[scene].place;
            let code = self.of(scene, line)?.receipts[0].clone();
            let at = ReceiptAt { code: code.clone() };
            let standing = self.app.ask::<ShowStanding>(&Caller::resident(), place, at, Nothing {}).await?;
            let alike = |one: &&DemoReceipt| one.community == place.slug && one.stage == standing.stage;
            if shown.iter().filter(alike).count() < SHOWN {
                shown.push(DemoReceipt { community: place.slug.clone(), code, stage: standing.stage });
            }
        }
        Ok(shown)
    }
}

/// They fit whatever was done: a note that speaks of a lamp would stand under a drain as well.
const NOTES: [&str; 8] = [
    "弄好了，您试试看。",
    "今天做完的，收拾干净了才走的。",
    "办妥了，有不对的地方打电话来。",
    "两个人一起弄的，下午就好了。",
    "好了，要是再有事就打值班电话。",
    "做好了，隔壁邻居也看过了。",
    "跑了两趟，这回弄妥了。",
    "说好的事都做了，您抽空看一眼。",
];
const COMPLAINTS: [&str; 5] = [
    "好了两天又跟原来一样了。",
    "只弄了一半，那头还是老样子。",
    "人来看过，没动手。",
    "弄是弄了，没弄到点子上。",
    "说是好了，我看没好。",
];
