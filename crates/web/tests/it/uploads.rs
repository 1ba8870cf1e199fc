//! Photos by form: broken, large, disguised, cut off. (C10, C63)

use axum::http::StatusCode;

use crate::client::Site;

fn png() -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(64, 48, image::Rgb([160, 40, 30]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("encodes");
    bytes.into_inner()
}

/// The header of a picture that would take gigabytes.
fn bomb() -> Vec<u8> {
    let mut bytes = png();
    bytes[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    bytes
}

#[tokio::test]
async fn what_is_no_photo_is_refused_and_the_words_are_kept() {
    let site = Site::sqlite().await;
    let say = site.path("/say");
    let page = site.get(&say).await;
    let (csrf, key) = (page.hidden("_csrf"), page.hidden("_key"));
    let fields = [("_csrf", csrf.as_str()), ("_key", key.as_str()), ("text", "看这张照片，灯坏了")];
    let noise: Vec<u8> = (0..40 * 1024 * 1024_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let (good, bomb) = (png(), bomb());
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec();
    let gif = b"GIF89a<html><script>document.title='x'</script></html>".to_vec();
    for (what, bytes) in [
        ("nothing", Vec::new()),
        ("cut", good[..good.len() / 2].to_vec()),
        ("bomb", bomb),
        ("40 MB of noise", noise),
        ("svg", svg),
        ("html behind a magic", gif),
    ] {
        let started = std::time::Instant::now();
        let answer = site.multipart(&say, &fields, &[("a.jpg", "image/jpeg", &bytes)], None).await;
        assert!(answer.status.is_client_error(), "{what}: {}", answer.status);
        assert!(answer.text().contains("看这张照片，灯坏了"), "{what}: her words");
        assert!(answer.text().contains("id=\"photo-f\""), "{what}: said at the photo");
        assert!(started.elapsed() < std::time::Duration::from_secs(10), "{what}");
    }
    // A line that breaks off in the middle of a photo.
    let cut = site.multipart(&say, &fields, &[("a.png", "image/png", &good)], Some(500)).await;
    assert_eq!(cut.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(cut.text().contains("看这张照片，灯坏了"));
    assert_eq!(site.received().await, 0);
    let taken = site.multipart(&say, &fields, &[("a.jpg.html", "text/html", &good)], None).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "judged by content, never by name: {}", taken.text());
}

#[tokio::test]
async fn a_photo_is_served_as_a_picture_and_to_its_owner() {
    let site = Site::sqlite().await;
    let said =
        site.multipart(&site.api("/voices"), &[("text", "灯坏了")], &[("..%2fx.png", "image/png", &png())], None).await;
    assert_eq!(said.status, StatusCode::CREATED, "{}", said.text());
    let page = said.json()["page"].as_str().expect("a page").to_owned();
    let shown = site.get(&page).await.text();
    let address = shown.split("src=\"").find_map(|part| part.split('"').next().filter(|src| src.contains("/photos/")));
    let address = address.expect("a photo").to_owned();
    let photo = site.get(&address).await;
    assert_eq!((photo.status, photo.header("content-type")), (StatusCode::OK, "image/jpeg"));
    assert_eq!(photo.header("x-content-type-options"), "nosniff");
    assert!(photo.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(photo.header("cache-control"), "private, no-cache", "asked each time whether it may still be shown");
    let again = site.get_with(&address, &[("if-none-match", photo.header("etag"))]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert!(photo.body.starts_with(&[0xFF, 0xD8, 0xFF]));
    let id = address.rsplit('/').next().and_then(|id| id.split('?').next()).expect("an id").to_owned();
    let other = site.world.say("别的").await;
    assert_eq!(site.get(&format!("{}/photos/{id}", other.page)).await.status, StatusCode::NOT_FOUND);
    let desk = format!("/desk/{}/photos/{id}", site.world.place.slug);
    assert_eq!(site.get(&desk).await.status, StatusCode::SEE_OTHER, "sign in first");
    let cookie = site.cookie(&site.world.volunteers[0]).await;
    assert_eq!(site.get_with(&desk, &[("cookie", &cookie)]).await.status, StatusCode::FORBIDDEN);
    let cookie = site.cookie(&site.world.desk).await;
    assert_eq!(site.get_with(&desk, &[("cookie", &cookie)]).await.status, StatusCode::OK);
    let hide = format!("/desk/{}/photos/{id}/hide", site.world.place.slug);
    let csrf = site.get_with(&site.path("/say"), &[("cookie", &cookie)]).await.hidden("_csrf");
    let hidden = site.form(&hide, &[("_csrf", &csrf), ("reason", "拍到了人脸")], &[("cookie", &cookie)]).await;
    assert_eq!(hidden.status, StatusCode::SEE_OTHER, "{}", hidden.text());
    let kept = [("if-none-match", photo.header("etag")), ("cookie", cookie.as_str())];
    for address in [&address, &desk] {
        assert_eq!(site.get_with(address, &kept).await.status, StatusCode::NOT_FOUND, "gone, whoever kept it");
    }
}

/// C78: a contact is taken as it is said; the desk can dial what can be dialled.
#[tokio::test]
async fn every_contact_that_exists_is_taken() {
    let site = Site::sqlite().await;
    for contact in
        ["19912345678", "0571-55550100", "55550100", "(0571)55550100转8012", "400-820-8820", "12345", "门卫老李转"]
    {
        let body = serde_json::json!({"text": "灯坏了", "contact": contact});
        assert_eq!(site.post(&site.api("/voices"), &body, &[]).await.status, StatusCode::CREATED, "{contact}");
    }
}
