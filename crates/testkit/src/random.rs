//! A random run: the same seeded commands on a pure model of the rules and on a store. The stages agree after every
//! command, and two engines that ran the same seed hold the same rows.

use std::collections::BTreeSet;

use linli_app::command::{Command, Here, Nothing, Request};
use linli_app::matters::MatterAt;
use linli_app::matters::decline::{DeclineMatter, ReasonInput};
use linli_app::matters::lapse::{LapseMatter, LapsedAt};
use linli_app::matters::list::ListMatter;
use linli_app::matters::merge::{MergeMatter, MergeMatterInput};
use linli_app::matters::reopen::ReopenMatter;
use linli_app::tasks::TaskAt;
use linli_app::tasks::accept::AcceptTask;
use linli_app::tasks::dispatch::{DispatchTask, DispatchTaskInput};
use linli_app::tasks::finish::{FinishTask, FinishTaskInput};
use linli_app::tasks::give_back::ReturnTask;
use linli_app::voices::answer::{AnswerVoice, AnswerVoiceInput};
use linli_app::voices::standing::ReceiptAt;
use linli_app::voices::take::{TakeVoice, TakeVoiceInput};
use linli_app::{Caller, Denied};
use linli_domain::id::{AreaId, MatterId, PersonId, TaskId, VoiceId};
use linli_domain::matters::close_out::{self, Answer, Tally};
use linli_domain::matters::{Matter, MatterNumber, MatterRef, Round, Stage, merge};
use linli_domain::tasks::{TaskStage, TaskStep};
use linli_domain::voices::{Channel, Verdict};
use linli_store::{Stop, Tx, Work, places};

use crate::World;

/// Numbers that follow from a seed.
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    /// A number below `bound`.
    fn roll(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }
}

#[derive(Debug)]
struct Voice {
    receipt: String,
    /// Rounds of its present matter in which it answered.
    answered: Vec<(MatterId, Round, Verdict)>,
}

#[derive(Debug)]
struct Task {
    id: TaskId,
    stage: TaskStage,
    holder: Option<usize>,
}

#[derive(Debug)]
struct Kept {
    matter: Matter,
    voices: Vec<Voice>,
    tasks: Vec<Task>,
    workers: BTreeSet<PersonId>,
    gone_into: Option<usize>,
}

/// The rules alone, in memory.
#[derive(Debug, Default)]
struct Model {
    matters: Vec<Kept>,
    numbers: i64,
}

/// Work that writes a row and then panics: nothing of it may stay, and nobody else may be hurt.
struct Explosion(i64);

impl Work for Explosion {
    type Out = ();
    fn name(&self) -> &'static str {
        "explosion"
    }
    async fn run(&self, tx: &Tx) -> Result<(), Stop> {
        places::add_area(tx, AreaId::new(self.0), &format!("explosion {}", self.0), None).await?;
        panic!("planted");
    }
}

/// Runs `commands` random commands, every `explode_every`th with a panic before it (0 for none); panics where the store
/// and the model disagree. Answers how many were taken.
pub async fn random_run(world: &World, commands: usize, seed: u64, explode_every: usize) -> usize {
    let mut dice = Dice(seed);
    let mut model = Model::default();
    let mut taken = 0;
    for n in 0..commands {
        // Each command has its own instant, so that ids agree whatever an engine ran twice.
        world.app.clock().advance_us(1_000_000);
        if explode_every > 0 && n % explode_every == 0 {
            let outcome = world.app.store().write(Explosion(i64::try_from(n).expect("few"))).await;
            assert!(outcome.is_err(), "a panic is no success");
        }
        let outcome = step(world, &mut model, &mut dice).await;
        taken += usize::from(outcome);
        if n % 50 == 49 && n < 1_000 {
            agree(world, &model).await;
        }
    }
    agree(world, &model).await;
    taken
}

/// The stage, round and counts of every matter are what the rules say.
async fn agree(world: &World, model: &Model) {
    for kept in &model.matters {
        let view = world.matter(kept.matter.id).await;
        assert_eq!(
            (view.stage, view.round, view.number),
            (kept.matter.stage, kept.matter.round, kept.matter.number),
            "{:?}",
            kept.matter
        );
        let voices = if kept.gone_into.is_some() { 0 } else { kept.voices.len() };
        assert_eq!(view.voices.len(), voices, "voices of {:?}", kept.matter.id);
        assert_eq!(view.tasks.len(), kept.tasks.len());
    }
}

async fn run<C: Command>(world: &World, by: &Caller, at: C::At, input: C::Input) -> Result<C::Done, Denied> {
    let outcome = world.app.execute(by, &world.place, Request::<C>::new(at, input)).await;
    if let Err(Denied::Fault(fault)) = &outcome {
        panic!("{}: {fault}", C::NAME);
    }
    outcome
}

/// One random command on the store and on the model; whether both took it.
async fn step(world: &World, model: &mut Model, dice: &mut Dice) -> bool {
    let say = model.matters.len() < 3 || dice.roll(8) == 0;
    if say {
        return said(world, model).await;
    }
    let which = dice.roll(model.matters.len());
    match dice.roll(10) {
        0 => listed(world, model, which).await,
        1 => declined(world, model, which).await,
        2 => merged(world, model, which, dice).await,
        3 => dispatched(world, model, which).await,
        4 | 5 => worked(world, model, which, dice).await,
        6 | 7 => answered(world, model, which, dice).await,
        8 => lapsed(world, model, which, dice).await,
        _ => reopened(world, model, which).await,
    }
}

fn at(matter: MatterId) -> MatterAt {
    MatterAt { matter: MatterRef::Id(matter) }
}
fn because() -> ReasonInput {
    ReasonInput { reason: "因为".into(), version: None }
}
/// Store and model have to say the same.
fn both(store: bool, rules: bool, what: &str, matter: &Matter) -> bool {
    assert_eq!(store, rules, "{what}: the store says {store}, the rules {rules}: {matter:?}");
    store
}

async fn said(world: &World, model: &mut Model) -> bool {
    let input = TakeVoiceInput { text: "灯坏了".into(), channel: "telephone".into(), ..TakeVoiceInput::default() };
    let taken = run::<TakeVoice>(world, &world.desk.caller, Here {}, input).await.expect("taken");
    let matter = Matter {
        community: world.place.id,
        id: taken.matter,
        number: None,
        stage: Stage::Received,
        round: Round::FIRST,
        version: 1,
        parent: None,
        open_parts: 0,
        live_tasks: 0,
        done_tasks: 0,
        stage_at: world.app.clock().now(),
    };
    let voice = Voice { receipt: taken.said.receipt, answered: Vec::new() };
    let workers = BTreeSet::new();
    model.matters.push(Kept { matter, voices: vec![voice], tasks: Vec::new(), workers, gone_into: None });
    true
}

async fn listed(world: &World, model: &mut Model, which: usize) -> bool {
    let kept = &mut model.matters[which];
    let outcome = run::<ListMatter>(world, &world.desk.caller, at(kept.matter.id), world.listing("修灯")).await;
    let number = MatterNumber::new(model.numbers + 1);
    let rules = kept.matter.clone().list(number, world.app.clock().now());
    let taken = both(outcome.is_ok(), rules.is_ok(), "list", &kept.matter);
    if let Ok((after, _)) = rules {
        kept.matter = after;
        model.numbers += 1;
    }
    taken
}

async fn declined(world: &World, model: &mut Model, which: usize) -> bool {
    let kept = &mut model.matters[which];
    let outcome = run::<DeclineMatter>(world, &world.desk.caller, at(kept.matter.id), because()).await;
    let rules = kept.matter.clone().decline("因为", world.app.clock().now());
    let taken = both(outcome.is_ok(), rules.is_ok(), "decline", &kept.matter);
    if let Ok((after, _)) = rules {
        kept.matter = after;
    }
    taken
}

async fn merged(world: &World, model: &mut Model, which: usize, dice: &mut Dice) -> bool {
    let into = dice.roll(model.matters.len());
    let Some(number) = model.matters[into].matter.number else { return false };
    let input = MergeMatterInput { into: number.to_string(), version: None };
    let source = model.matters[which].matter.clone();
    let outcome = run::<MergeMatter>(world, &world.desk.caller, at(source.id), input).await;
    let target = model.matters[into].matter.clone();
    let gone = model.matters[which].gone_into.is_some() || model.matters[into].gone_into.is_some();
    let rules = if gone { None } else { merge::merge(source.clone(), 0, target, world.app.clock().now()).ok() };
    let taken = both(outcome.is_ok(), rules.is_some(), "merge", &source);
    if let Some((after, _, _)) = rules {
        let voices = std::mem::take(&mut model.matters[which].voices);
        model.matters[which].matter = after;
        model.matters[which].gone_into = Some(into);
        model.matters[into].voices.extend(voices);
    }
    taken
}

async fn dispatched(world: &World, model: &mut Model, which: usize) -> bool {
    let kept = &mut model.matters[which];
    let input = DispatchTaskInput { instruction: Some("去看看".into()), ..DispatchTaskInput::default() };
    let outcome = run::<DispatchTask>(world, &world.desk.caller, at(kept.matter.id), input).await;
    let rules = kept.matter.clone().dispatch(world.app.clock().now());
    let taken = both(outcome.is_ok(), rules.is_ok(), "dispatch", &kept.matter);
    if let (Ok(after), Ok(moved)) = (rules, outcome) {
        kept.matter = after;
        kept.tasks.push(Task { id: moved.id, stage: TaskStage::Offered, holder: None });
    }
    taken
}

/// Somebody accepts, gives back or finishes one of the tasks.
async fn worked(world: &World, model: &mut Model, which: usize, dice: &mut Dice) -> bool {
    let kept = &mut model.matters[which];
    if kept.tasks.is_empty() {
        return false;
    }
    let task = dice.roll(kept.tasks.len());
    let who = dice.roll(2);
    let member = &world.volunteers[who];
    let task = &mut kept.tasks[task];
    let at = TaskAt { task: task.id };
    let mine = task.holder == Some(who) && task.stage == TaskStage::Accepted;
    let now = world.app.clock().now();
    match dice.roll(3) {
        0 => {
            let outcome = run::<AcceptTask>(world, &member.caller, at, Nothing {}).await;
            let rules = task.stage.after(TaskStep::Accept);
            let taken = both(outcome.is_ok(), rules.is_ok(), "accept", &kept.matter);
            if let Ok(stage) = rules {
                (task.stage, task.holder) = (stage, Some(who));
            }
            taken
        }
        1 => {
            let outcome = run::<ReturnTask>(world, &member.caller, at, because()).await;
            let taken = both(outcome.is_ok(), mine, "return", &kept.matter);
            if mine {
                (task.stage, task.holder) = (TaskStage::Offered, None);
            }
            taken
        }
        _ => {
            let outcome = run::<FinishTask>(world, &member.caller, at, FinishTaskInput::default()).await;
            let taken = both(outcome.is_ok(), mine, "finish", &kept.matter);
            if mine {
                task.stage = TaskStage::Finished;
                kept.workers.insert(member.id);
                let (after, _) = kept.matter.clone().task_finished().settle(now).expect("settles");
                kept.matter = after;
            }
            taken
        }
    }
}

async fn answered(world: &World, model: &mut Model, which: usize, dice: &mut Dice) -> bool {
    let kept = &mut model.matters[which];
    if kept.voices.is_empty() {
        return false;
    }
    let voice = dice.roll(kept.voices.len());
    let verdict = if dice.roll(3) == 0 { Verdict::NotSolved } else { Verdict::Solved };
    let input = AnswerVoiceInput { verdict: verdict.code().into(), reason: None, round: None };
    let receipt = kept.voices[voice].receipt.clone();
    let outcome = run::<AnswerVoice>(world, &Caller::resident(), ReceiptAt { code: receipt }, input).await;
    let (id, round) = (kept.matter.id, kept.matter.round);
    let of_round = |voice: &Voice| voice.answered.iter().find(|one| (one.0, one.1) == (id, round)).map(|one| one.2);
    let solved = kept.voices.iter().filter(|voice| of_round(voice) == Some(Verdict::Solved)).count();
    let tally = Tally {
        voices: i64::try_from(kept.voices.len()).expect("few"),
        solved: i64::try_from(solved).expect("few"),
        this_voice: of_round(&kept.voices[voice]),
    };
    let answer = Answer {
        voice: VoiceId::new(1),
        voice_of: None,
        verdict,
        round: None,
        channel: Channel::Web,
        brought_by: None,
    };
    let workers: Vec<PersonId> = kept.workers.iter().copied().collect();
    let rules = close_out::answer(kept.matter.clone(), &answer, tally, &workers, world.app.clock().now());
    let taken = both(outcome.is_ok(), rules.is_ok(), "answer", &kept.matter);
    if let Ok((after, _)) = rules {
        kept.voices[voice].answered.push((id, round, verdict));
        kept.matter = after;
    }
    taken
}

async fn lapsed(world: &World, model: &mut Model, which: usize, dice: &mut Dice) -> bool {
    if dice.roll(2) == 0 {
        world.app.clock().advance_days(4);
    }
    let kept = &mut model.matters[which];
    let outcome = run::<LapseMatter>(world, &Caller::system(), LapsedAt { matter: kept.matter.id }, Nothing {}).await;
    let (id, round) = (kept.matter.id, kept.matter.round);
    let said_yes = |voice: &&Voice| voice.answered.contains(&(id, round, Verdict::Solved));
    let tally = Tally {
        voices: i64::try_from(kept.voices.len()).expect("few"),
        solved: i64::try_from(kept.voices.iter().filter(said_yes).count()).expect("few"),
        this_voice: None,
    };
    let days = world.place.confirm_days;
    let rules = close_out::lapse(kept.matter.clone(), tally, days, world.app.clock().now()).ok().flatten();
    let taken = both(outcome.is_ok(), rules.is_some(), "lapse", &kept.matter);
    if let Some((after, _)) = rules {
        kept.matter = after;
    }
    taken
}

async fn reopened(world: &World, model: &mut Model, which: usize) -> bool {
    let kept = &mut model.matters[which];
    let outcome = run::<ReopenMatter>(world, &world.desk.caller, at(kept.matter.id), because()).await;
    let rules = kept.matter.clone().reopen("因为", world.app.clock().now());
    let taken = both(outcome.is_ok(), rules.is_ok(), "reopen", &kept.matter);
    if let Ok((after, _)) = rules {
        kept.matter = after;
    }
    taken
}
