//! What goes by itself, what comes off the disk, and what is erased again after an older copy came back.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use linli_app::Caller;
use linli_app::attachments::hide::{HidePhoto, HidePhotoInput, PhotoAt};
use linli_app::attachments::show::{DeskPhotoAt, PhotoInput, ReceiptPhotoAt, ShowDeskPhoto, ShowReceiptPhoto};
use linli_app::attachments::sweep::sweep_before;
use linli_app::command::{Here, Nothing, Request};
use linli_app::matters::overview::{MattersInput, ShowMatters};
use linli_app::outbox::deliver;
use linli_app::sealing::Keys;
use linli_app::sealing::key_file::Secrets;
use linli_app::sealing::rotate::rotate_keys;
use linli_app::voices::answer::{AnswerVoice, AnswerVoiceInput};
use linli_app::voices::erased::erase_again;
use linli_app::voices::forget::{Forgotten, ShowForgettings, forget_personal};
use linli_app::voices::held::ShowHeld;
use linli_app::voices::say::{SayVoice, SayVoiceInput};
use linli_domain::id::AttachmentId;
use linli_testkit::tamper::tamper;
use linli_testkit::{Engine, SECRET, World, both_engines};

use crate::photos::png;
use crate::rights::{assert_fits, at, erase, held, left};
use crate::tasks::code;

const CANARY: &str = "金丝雀巷九号13912345678";

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() { all.extend(files(&entry.path())) } else { all.push(entry.path()) }
    }
    all
}

both_engines! {
    /// She erased her words and then said in words that it is not done: those go in their time, too.
    async fn a_later_answer_goes_in_its_time(world) {
        let (said, matter, _) = left(&world).await;
        world.list(matter, "修马桶").await.expect("listed");
        world.work(matter).await;
        erase(&world, &said, "everything").await.expect("erased");
        let erased_at = held(&world, &said).await.erased_at;
        let input = AnswerVoiceInput { verdict: "not_solved".into(), reason: Some("三楼还漏".into()), round: None };
        world.run::<AnswerVoice>(&Caller::resident(), at(&said), input).await.expect("disputed");
        world.work(matter).await;
        world.answer(&said, "solved").await.expect("confirmed");
        world.app.clock().advance_days(731);
        let gone = forget_personal(&world.app, &world.place).await.expect("forgot");
        assert_eq!(gone.words, 1);
        assert_eq!(forget_personal(&world.app, &world.place).await, Ok(Forgotten::default()), "once");
        assert_eq!(held(&world, &said).await.erased_at, erased_at, "when she erased it stays");
        assert!(!serde_json::to_string(&world.matter(matter).await).expect("json").contains("三楼还漏"));
    }

    /// P10: each kind goes when its time is over, the report says how much, and the log still fits.
    async fn what_is_past_its_time_goes(world) {
        let (said, matter, _) = left(&world).await;
        world.list(matter, "修马桶").await.expect("listed");
        world.work(matter).await;
        assert_eq!(forget_personal(&world.app, &world.place).await, Ok(Forgotten::default()));
        world.answer(&said, "solved").await.expect("confirmed");
        world.app.clock().advance_days(89);
        assert_eq!(forget_personal(&world.app, &world.place).await, Ok(Forgotten::default()));
        world.app.clock().advance_days(2);
        let gone = forget_personal(&world.app, &world.place).await.expect("forgot");
        assert_eq!(gone, Forgotten { contacts: 1, ..Forgotten::default() });
        let now = world.ask::<ShowHeld>(&Caller::resident(), at(&said), Nothing {}).await.expect("held");
        assert_eq!((now.contact, now.place), (None, None));
        assert!(!now.words.is_empty());
        world.app.clock().advance_days(640);
        let gone = forget_personal(&world.app, &world.place).await.expect("forgot");
        assert_eq!(gone, Forgotten { words: 1, notes: 1, ..Forgotten::default() });
        assert_eq!(forget_personal(&world.app, &world.place).await, Ok(Forgotten::default()), "once");
        let now = world.ask::<ShowHeld>(&Caller::resident(), at(&said), Nothing {}).await.expect("held");
        assert!(now.words.is_empty() && now.erased_at.is_some());
        let task = &world.matter(matter).await.tasks[0];
        assert_eq!((task.instruction.as_str(), task.done_note.as_deref()), ("", None));
        let report = world.ask::<ShowForgettings>(&world.desk.caller, Here {}, Nothing {}).await.expect("a report");
        let told: Vec<_> = report.days.iter().map(|day| (day.contacts, day.words, day.notes)).collect();
        assert_eq!(told, [(0, 1, 1), (1, 0, 0)]);
        assert!(assert_fits(&world).await.erased >= 2);
    }
}

async fn a_new_key_takes_over(world: World) {
    let (said, _, _) = left(&world).await;
    let (_, matter, voice) = left(&world).await;
    let first = Secrets::of(SECRET);
    let both = first.with_new_key().expect("a key");
    let app = world.keyed(Keys::of(&both)).await;
    let keyed = Request::<SayVoice>::new(Here {}, SayVoiceInput { text: "同一句".into(), ..SayVoiceInput::default() });
    let before = app.execute(&Caller::resident(), &world.place, keyed.keyed("k-1")).await.expect("said");
    assert_eq!(rotate_keys(&app).await.map(|rows| rows >= 2), Ok(true));
    assert_eq!(rotate_keys(&app).await, Ok(0), "a second time nothing is left to do");
    let held = world.ask::<ShowHeld>(&Caller::resident(), at(&said), Nothing {}).await;
    assert!(held.is_err(), "a server that still has the old key alone opens nothing");
    let app = world.keyed(Keys::of(&both.newest_alone())).await;
    let held = app.ask::<ShowHeld>(&Caller::resident(), &world.place, at(&said), Nothing {}).await.expect("opens");
    assert_eq!(held.contact.as_deref(), Some("139****5678"));
    let again = Request::<SayVoice>::new(Here {}, SayVoiceInput { text: "同一句".into(), ..SayVoiceInput::default() });
    let again = app.execute(&Caller::resident(), &world.place, again.keyed("k-1")).await.expect("kept");
    assert_eq!(again.receipt, before.receipt, "answers that were kept open, too");
    let _ = (matter, voice);
}

/// A new key takes over every sealed value; with the newest alone, everything opens and the old one opens nothing. Each in a database of
/// its own: whoever rotates takes over what others sealed.
#[tokio::test]
async fn a_new_key_takes_over_on_both_engines() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        a_new_key_takes_over(World::alone(engine).await).await;
    }
}

/// Hidden means gone from every address at once, also for whoever has the address; the file goes with its owner.
#[tokio::test]
async fn a_hidden_photo_is_gone_everywhere() {
    let world = World::new(Engine::Sqlite).await;
    let mut request =
        Request::<SayVoice>::new(Here {}, SayVoiceInput { text: "看照片".into(), ..SayVoiceInput::default() });
    request.photos = vec![png(640, 480), png(320, 240)];
    let said = world.app.execute(&Caller::resident(), &world.place, request).await.expect("said");
    let photos = world.standing(&said).await.photos;
    let desk = world.desk.caller.clone();
    let hide = async |photo: AttachmentId, reason: &str| {
        world.run::<HidePhoto>(&desk, PhotoAt { photo }, HidePhotoInput { reason: reason.into() }).await
    };
    assert_eq!(code(hide(photos[0].id, "").await), "reason: text-empty");
    hide(photos[0].id, "拍到了人脸").await.expect("hidden");
    assert_eq!(code(hide(photos[0].id, "再来").await), "not-found");
    let resident = Caller::resident();
    let (code_of, photo) = (said.receipt.clone(), photos[0].id);
    let hers = ReceiptPhotoAt { code: code_of, photo };
    let seen = world.app.show_photo::<ShowReceiptPhoto>(&resident, &world.place, hers, PhotoInput::default());
    assert_eq!(code(seen.await), "not-found");
    let at_desk = DeskPhotoAt { photo };
    let seen = world.app.show_photo::<ShowDeskPhoto>(&desk, &world.place, at_desk, PhotoInput::default());
    assert_eq!(code(seen.await), "not-found");
    assert_eq!(world.standing(&said).await.photos.len(), 1);
    let later = SystemTime::now() + Duration::from_secs(60);
    assert_eq!(sweep_before(&world.app, later).await, Ok(0), "a hidden photo is kept, with its reason, until its time");
    erase(&world, &said, "everything").await.expect("erased");
    assert_eq!(sweep_before(&world.app, SystemTime::now() - Duration::from_secs(60)).await, Ok(0), "too young");
    assert_eq!(sweep_before(&world.app, later).await, Ok(4), "two photos in two sizes");
    assert_eq!(files(&world.folder().join("photos")), Vec::<std::path::PathBuf>::new());
}

/// The same picture sent by two people is one file: it stays while one of them keeps it.
#[tokio::test]
async fn a_file_stays_while_somebody_shows_it() {
    let world = World::new(Engine::Sqlite).await;
    let mut said = Vec::new();
    for words in ["一", "二"] {
        let input = SayVoiceInput { text: words.into(), ..SayVoiceInput::default() };
        let mut request = Request::<SayVoice>::new(Here {}, input);
        request.photos = vec![Bytes::clone(&png(300, 300))];
        said.push(world.app.execute(&Caller::resident(), &world.place, request).await.expect("said"));
    }
    let later = SystemTime::now() + Duration::from_secs(60);
    erase(&world, &said[0], "everything").await.expect("erased");
    assert_eq!(sweep_before(&world.app, later).await, Ok(0));
    erase(&world, &said[1], "everything").await.expect("erased");
    assert_eq!(sweep_before(&world.app, later).await, Ok(2));
}

/// P09: once the disk was cleared, no byte of what was erased is left in the database or its log.
#[tokio::test]
async fn what_was_erased_is_on_the_disk_no_more() {
    let world = World::new(Engine::Sqlite).await;
    let mut all = Vec::new();
    for n in 0..40 {
        let input = SayVoiceInput { text: format!("{CANARY}漏水第{n}次"), ..SayVoiceInput::default() };
        all.push(world.run::<SayVoice>(&Caller::resident(), Here {}, input).await.expect("said"));
    }
    let found = || {
        let bytes: Vec<_> = files(world.folder()).iter().filter_map(|path| std::fs::read(path).ok()).collect();
        let canary = CANARY.as_bytes();
        bytes.iter().map(|bytes| bytes.windows(canary.len()).filter(|window| *window == canary).count()).sum::<usize>()
    };
    assert!(found() >= 40, "words are readable before");
    for said in &all {
        erase(&world, said, "everything").await.expect("erased");
    }
    deliver(&world.app, &world.place).await.expect("delivered");
    world.app.scrub().await.expect("cleared");
    assert_eq!(found(), 0);
}

/// An older copy of the database knows nothing of an erasure; the journal beside the key does.
#[tokio::test]
async fn what_was_erased_is_erased_again_in_an_older_copy() {
    let world = World::new(Engine::Sqlite).await;
    let (everything, _, _) = left(&world).await;
    let (contact, _, _) = left(&world).await;
    let copy = world.folder().join("older.db");
    tamper(&world, &format!("VACUUM INTO '{}'", copy.display())).await;
    erase(&world, &everything, "everything").await.expect("erased");
    erase(&world, &contact, "contact").await.expect("taken back");
    deliver(&world.app, &world.place).await.expect("delivered");
    let older = world.on(&copy).await;
    let see = async |said| older.ask::<ShowHeld>(&Caller::resident(), &world.place, at(said), Nothing {}).await;
    assert!(see(&everything).await.expect("there").contact.is_some(), "it came back");
    assert_eq!(erase_again(&older).await, Ok(2));
    assert_eq!(erase_again(&older).await, Ok(0), "once");
    let gone = see(&everything).await.expect("there");
    assert!(gone.erased_at.is_some() && gone.words.is_empty() && gone.contact.is_none());
    let gone = see(&contact).await.expect("there");
    assert!(gone.contact.is_none() && !gone.words.is_empty());
    let lines = world.ask::<ShowMatters>(&world.desk.caller, Here {}, MattersInput::default()).await.expect("inbox");
    assert_eq!(lines.matters.len(), 2);
}
