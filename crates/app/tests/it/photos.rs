//! Photos: cleaned, kept by content, shown to those who may see them. (C10, C63)

use bytes::Bytes;
use linli_app::attachments::show::{
    DeskPhotoAt, PhotoInput, ReceiptPhotoAt, ShowDeskPhoto, ShowReceiptPhoto, ShowTaskPhoto, TaskPhotoAt,
};
use linli_app::command::{Here, Nothing, Request};
use linli_app::matters::overview::{MattersInput, ShowMatters};
use linli_app::tasks::TaskAt;
use linli_app::tasks::finish::{FinishTask, FinishTaskInput};
use linli_app::voices::Said;
use linli_app::voices::say::{SayVoice, SayVoiceInput};
use linli_app::{Caller, Denied};
use linli_testkit::{World, both_engines};

use crate::tasks::code;

/// A picture that a camera could have made.
pub fn png(width: u32, height: u32) -> Bytes {
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([u8::try_from(x % 256).unwrap_or(0), u8::try_from(y % 256).unwrap_or(0), 90])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("encodes");
    bytes.into_inner().into()
}

async fn say_with(world: &World, photos: Vec<Bytes>) -> Result<Said, Denied> {
    let input = SayVoiceInput { text: "看照片".into(), contact: None, place: None };
    let mut request = Request::<SayVoice>::new(Here {}, input);
    request.photos = photos;
    world.app.execute(&Caller::resident(), &world.place, request).await
}

both_engines! {
    async fn what_is_no_photo_is_refused_and_nothing_is_written(world) {
        let cut = png(400, 300).slice(..2_000);
        let svg: Bytes = r#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#.into();
        let html: Bytes = "GIF89a<html><script>document.title='x'</script></html>".into();
        for (photos, refusal) in [
            (vec![Bytes::new()], "photo-empty"),
            (vec![svg], "photo-not-a-picture"),
            (vec![html], "photo-not-a-picture"),
            (vec![cut], "photo-damaged"),
            (vec![Bytes::from(vec![7_u8; 13 * 1024 * 1024])], "photo-too-large"),
            (vec![png(8, 8); 4], "photo-too-many"),
        ] {
            assert_eq!(code(say_with(&world, photos).await), refusal);
        }
        let desk = world.ask::<linli_app::matters::overview::ShowDesk>(&world.desk.caller, Here {}, Nothing {}).await;
        assert_eq!(desk.expect("desk").counts.received, 0);
        assert!(!world.folder().join("photos").exists(), "no file either");
    }

    async fn a_photo_is_seen_by_those_who_may(world) {
        let said = say_with(&world, vec![png(640, 480)]).await.expect("said");
        let inbox = world.ask::<ShowMatters>(&world.desk.caller, Here {}, MattersInput::default()).await;
        let matter = inbox.expect("inbox").matters[0].id;
        world.list(matter, "看照片").await.expect("listed");
        let photo = world.standing(&said).await.photos[0].id;
        let (app, place) = (&world.app, &world.place);
        let small = PhotoInput { size: linli_app::attachments::show::Size::Small };
        let hers = ReceiptPhotoAt { code: said.receipt.clone(), photo };
        let bytes = app.show_photo::<ShowReceiptPhoto>(&Caller::resident(), place, hers, small).await.expect("hers");
        assert!(bytes.starts_with(&[0xFF, 0xD8, 0xFF]), "always a JPEG of our own making");
        let other = world.say("别的").await;
        let not_hers = ReceiptPhotoAt { code: other.receipt, photo };
        assert_eq!(code(app.show_photo::<ShowReceiptPhoto>(&Caller::resident(), place, not_hers, small).await), "not-found");
        app.show_photo::<ShowDeskPhoto>(&world.desk.caller, place, DeskPhotoAt { photo }, small).await.expect("the desk");
        assert_eq!(
            code(app.show_photo::<ShowDeskPhoto>(&Caller::resident(), place, DeskPhotoAt { photo }, small).await),
            "sign-in-first"
        );
        let task = world.offer(matter).await.expect("offered").id;
        let volunteer = &world.volunteers[0];
        let at = || TaskPhotoAt { task, photo };
        assert_eq!(code(app.show_photo::<ShowTaskPhoto>(&volunteer.caller, place, at(), small).await), "not-found", "not in hand yet");
        world.accept(volunteer, task).await.expect("accepted");
        app.show_photo::<ShowTaskPhoto>(&volunteer.caller, place, at(), small).await.expect("in hand");
        let mut request = Request::<FinishTask>::new(TaskAt { task }, FinishTaskInput::default());
        request.photos = vec![png(320, 200)];
        app.execute(&volunteer.caller, place, request).await.expect("finished");
        assert_eq!(code(app.show_photo::<ShowTaskPhoto>(&volunteer.caller, place, at(), small).await), "not-found", "out of hand");
        let standing = world.standing(&said).await;
        assert_eq!(standing.after_photos.len(), 1);
        let after = ReceiptPhotoAt { code: said.receipt.clone(), photo: standing.after_photos[0].id };
        app.show_photo::<ShowReceiptPhoto>(&Caller::resident(), place, after, small).await.expect("the finished work");
    }
}
