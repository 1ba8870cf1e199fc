//! Every file here is made here: pictures that are whole, cut, turned, padded with words, or no pictures at all.

use image::{DynamicImage, ExtendedColorType, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};
use jpeg_encoder::{ColorType, Encoder};
use proptest::prelude::*;

use super::*;

const WORDS: &[u8] = b"<script>document.title='ran'</script>";
/// Latitude reference and degrees as a camera writes them; looked for in what comes out.
const PLACE: &[u8] = b"N\0\0\0\x1f\0\0\0\x01";

/// Red on the left, blue on the right, darker downwards, with a grain so that it does not compress to nothing.
fn drawn(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let grain = u8::try_from((x * 7 + y * 13) % 23).unwrap();
        let shade = u8::try_from(220 - y * 120 / height).unwrap();
        if x < width / 2 { Rgb([shade, grain, grain]) } else { Rgb([grain, grain, shade]) }
    })
}

fn jpeg_with(picture: &RgbImage, change: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 85);
    change(&mut encoder);
    let (width, height) = (u16::try_from(picture.width()).unwrap(), u16::try_from(picture.height()).unwrap());
    encoder.encode(picture.as_raw(), width, height, ColorType::Rgb).unwrap();
    out
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    jpeg_with(&drawn(width, height), |_| {})
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut out = Vec::new();
    picture.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).unwrap();
    out
}

fn webp(picture: &RgbImage) -> Vec<u8> {
    let mut out = Vec::new();
    let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut out);
    encoder.write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8).unwrap();
    out
}

/// An Exif segment with an orientation and a position, put together byte by byte.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    tiff.extend(*b"\0\x02");
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    tiff.extend([0; 4]);
    tiff.extend(*b"\0\x02");
    tiff.extend([0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0]);
    tiff.extend([0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 68]);
    tiff.extend([0; 4]);
    tiff.extend(PLACE);
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(tiff);
    app(0xe1, &segment)
}

fn app(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], body].concat()
}

/// `segment` right behind the start of `jpeg`.
fn with_segment(jpeg: &[u8], segment: &[u8]) -> Vec<u8> {
    [&jpeg[..2], segment, &jpeg[2..]].concat()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The markers of a JPEG up to its scan.
fn markers(jpeg: &[u8]) -> Vec<u8> {
    let (mut at, mut all) = (2, Vec::new());
    while jpeg[at + 1] != 0xda {
        all.push(jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    all
}

fn opened(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().into_rgb8()
}

#[test]
fn whole_pictures_of_every_kind_become_jpegs() {
    let picture = drawn(90, 61);
    let all = [
        jpeg_with(&picture, |_| {}),
        jpeg_with(&picture, |encoder| encoder.set_progressive(true)),
        jpeg_with(&picture, |encoder| encoder.set_restart_interval(2)),
        // Not with this encoder's optimised tables: zune-jpeg 0.5.15 draws them green, where libjpeg draws them right. What
        // libjpeg itself optimises, as cameras and other programs do, is drawn right by both.
        jpeg_with(&picture, |encoder| encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1)),
        jpeg_with(&picture, |encoder| encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_4_1)),
        png(&DynamicImage::ImageRgb8(picture.clone())),
        png(&DynamicImage::ImageRgb16(DynamicImage::ImageRgb8(picture.clone()).into_rgb16())),
        png(&DynamicImage::ImageRgba8(DynamicImage::ImageRgb8(picture.clone()).into_rgba8())),
        webp(&picture),
    ];
    for (index, file) in all.iter().enumerate() {
        let cleaned = clean(file).unwrap_or_else(|fault| panic!("{index}: {fault:?}"));
        assert_eq!((cleaned.width, cleaned.height), (90, 61), "{index}");
        let (left, right) = (*opened(&cleaned.jpeg).get_pixel(10, 10), *opened(&cleaned.jpeg).get_pixel(80, 10));
        assert!(
            left.0[0] > 150 && left.0[2] < 90 && right.0[2] > 150 && right.0[0] < 90,
            "{index}: {left:?} {right:?}"
        );
    }
    let grey = clean(&png(&DynamicImage::ImageLuma8(DynamicImage::ImageRgb8(picture).into_luma8()))).unwrap();
    assert_eq!((grey.width, grey.height), (90, 61));
}

#[test]
fn large_pictures_are_made_smaller_and_small_ones_stay() {
    let large = clean(&jpeg(3000, 1500)).unwrap();
    assert_eq!((large.width, large.height), (2048, 1024));
    assert_eq!(opened(&large.jpeg).dimensions(), (2048, 1024));
    assert_eq!(opened(&large.thumb_jpeg).dimensions(), (400, 200));
    let thin = clean(&png(&DynamicImage::ImageRgb8(drawn(12_000, 1)))).unwrap();
    assert_eq!((thin.width, thin.height), (2048, 1));
    let one = clean(&jpeg(1, 1)).unwrap();
    assert_eq!((one.width, one.height), (1, 1));
}

#[test]
fn a22_nothing_but_pixels_is_left() {
    let mut file = with_segment(&jpeg(60, 40), &exif(1));
    file = with_segment(&file, &app(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", WORDS].concat()));
    file = with_segment(&file, &app(0xed, b"Photoshop 3.0\0name of the photographer"));
    file = with_segment(&file, &app(0xfe, WORDS));
    file.extend(WORDS);
    assert!(holds(&file, PLACE));
    let cleaned = clean(&file).unwrap();
    for jpeg in [&cleaned.jpeg, &cleaned.thumb_jpeg] {
        for gone in [PLACE, WORDS, b"Exif", b"adobe", b"photographer"] {
            assert!(!holds(jpeg, gone));
        }
        assert!(markers(jpeg).iter().all(|marker| matches!(marker, 0xe0 | 0xdb | 0xc0 | 0xc4)), "{:x?}", markers(jpeg));
        assert!(jpeg.ends_with(&[0xff, 0xd9]));
    }
    assert_eq!(clean(&cleaned.jpeg).map(|again| (again.width, again.height)), Ok((60, 40)));
}

#[test]
fn pictures_stand_upright() {
    // Where the red left half lies when the picture is seen as the camera meant it.
    for (orientation, size, red) in [
        (1, (80, 40), (5, 20)),
        (2, (80, 40), (75, 20)),
        (3, (80, 40), (75, 20)),
        (6, (40, 80), (20, 5)),
        (8, (40, 80), (20, 75)),
    ] {
        let cleaned = clean(&with_segment(&jpeg(80, 40), &exif(orientation))).unwrap();
        assert_eq!((cleaned.width, cleaned.height), size, "{orientation}");
        let pixel = opened(&cleaned.jpeg).get_pixel(red.0, red.1).0;
        assert!(pixel[0] > 120 && pixel[2] < 100, "{orientation}: {pixel:?}");
    }
    let large = clean(&with_segment(&jpeg(2400, 1200), &exif(6))).unwrap();
    assert_eq!((large.width, large.height), (1024, 2048));
    assert_eq!(opened(&large.thumb_jpeg).dimensions(), (200, 400));
}

#[test]
fn transparent_parts_become_white() {
    let picture =
        RgbaImage::from_fn(600, 600, |x, _| if x < 300 { Rgba([0, 0, 0, 0]) } else { Rgba([200, 0, 0, 255]) });
    let cleaned = clean(&png(&DynamicImage::ImageRgba8(picture))).unwrap();
    for jpeg in [&cleaned.jpeg, &cleaned.thumb_jpeg] {
        let picture = opened(jpeg);
        assert!(picture.get_pixel(10, 10).0.iter().all(|value| *value > 245));
        assert!(picture.get_pixel(picture.width() - 10, 10).0[0] > 180);
    }
}

#[test]
fn cut_pictures_are_noticed() {
    let picture = drawn(200, 150);
    let plain = jpeg_with(&picture, |_| {});
    let restarts = jpeg_with(&picture, |encoder| encoder.set_restart_interval(4));
    let progressive = jpeg_with(&picture, |encoder| encoder.set_progressive(true));
    let png = png(&DynamicImage::ImageRgb8(picture.clone()));
    let webp = webp(&picture);
    for (name, file) in
        [("plain", &plain), ("restarts", &restarts), ("progressive", &progressive), ("png", &png), ("webp", &webp)]
    {
        assert!(clean(file).is_ok(), "{name}");
        for length in (16..file.len()).step_by(97).chain([file.len() / 2, file.len() - 2, file.len() - 1]) {
            assert_eq!(clean(&file[..length]), Err(PictureFault::Damaged), "{name} {length}");
        }
    }
    for file in [&plain, &restarts] {
        for part in [50, 75, 95] {
            let cut = &file[..file.len() * part / 100];
            let ended = [cut, &[0xff, 0xd9]].concat();
            assert_eq!(clean(&ended), Err(PictureFault::Damaged), "an end put behind {part} %");
            let zeros = [cut, &vec![0; file.len() - cut.len()]].concat();
            assert_eq!(clean(&zeros), Err(PictureFault::Damaged), "zeros behind {part} %");
        }
    }
    assert_eq!(clean(b"\xff\xd8"), Err(PictureFault::Damaged));
    assert_eq!(clean(b"\xff\xd8\xff\xd9"), Err(PictureFault::Damaged));
}

#[test]
fn a18_a04_other_files_are_told_by_content() {
    for (file, fault) in [
        (&b""[..], PictureFault::Empty),
        (
            b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
            PictureFault::NotAPicture,
        ),
        (b"<svg/>", PictureFault::NotAPicture),
        (b"GIF89a\x01\0\x01\0\0\0\0;<html><script>document.title='ran'</script>", PictureFault::NotAPicture),
        (b"<!doctype html><title>x</title>", PictureFault::NotAPicture),
        (b"%PDF-1.7\n", PictureFault::NotAPicture),
        (b"BM\0\0\0\0", PictureFault::NotAPicture),
        (b"II*\0\x08\0\0\0", PictureFault::NotAPicture),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", PictureFault::Heic),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", PictureFault::Heic),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", PictureFault::NotAPicture),
        (b"\0\0\0\x18ftypisom\0\0\0\0isom", PictureFault::NotAPicture),
        (b"RIFF\x04\0\0\0WAVE", PictureFault::NotAPicture),
        (b"\xff\xd8\xff<html>", PictureFault::Damaged),
    ] {
        assert_eq!(clean(file), Err(fault), "{}", file.escape_ascii());
    }
    let words = with_segment(&jpeg(16, 16), &app(0xfe, WORDS));
    assert!(!holds(&clean(&words).unwrap().jpeg, b"script"));
}

/// A PNG that says how large it is and holds next to nothing.
fn claimed_png(width: u32, height: u32) -> Vec<u8> {
    let mut file = png(&DynamicImage::ImageRgb8(drawn(1, 1)));
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    file
}

fn claimed_jpeg(mut file: Vec<u8>, width: u16, height: u16) -> Vec<u8> {
    let frame = file.windows(2).position(|two| matches!(two, [0xff, 0xc0 | 0xc2])).unwrap();
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    file
}

#[test]
fn a17_a20_limits_hold_before_anything_is_decoded() {
    let started = std::time::Instant::now();
    assert_eq!(clean(&vec![0xff; BYTES_MAX + 1]), Err(PictureFault::TooLarge));
    for (width, height) in [(30_000, 30_000), (12_001, 1), (1, 12_001), (8_000, 8_000), (u32::MAX, u32::MAX)] {
        assert_eq!(clean(&claimed_png(width, height)), Err(PictureFault::TooManyPixels), "{width} × {height}");
    }
    for (width, height) in [(65_000, 65_000), (12_001, 1), (8_000, 8_000)] {
        assert_eq!(
            clean(&claimed_jpeg(jpeg(8, 8), width, height)),
            Err(PictureFault::TooManyPixels),
            "{width} × {height}"
        );
    }
    // The pixels would fit, the coefficients beside them do not.
    let progressive = jpeg_with(&drawn(8, 8), |encoder| encoder.set_progressive(true));
    assert_eq!(clean(&claimed_jpeg(progressive.clone(), 7_000, 7_000)), Err(PictureFault::TooManyPixels));
    assert_eq!(clean(&claimed_png(0, 5)), Err(PictureFault::Damaged));
    assert_eq!(clean(&claimed_jpeg(jpeg(8, 8), 0, 5)), Err(PictureFault::Damaged));
    // Thousands of scans of a large picture.
    let scan = progressive.windows(2).position(|two| two == [0xff, 0xda]).unwrap();
    let endless = [&progressive[..scan], &progressive[scan..scan + 14].repeat(10_000), &[0xff, 0xd9]].concat();
    assert_eq!(clean(&claimed_jpeg(endless, 6_000, 6_000)), Err(PictureFault::Damaged));
    assert!(started.elapsed().as_secs() < 2);
}

fn seeds() -> [Vec<u8>; 5] {
    let picture = drawn(40, 33);
    [
        with_segment(&jpeg_with(&picture, |_| {}), &exif(6)),
        jpeg_with(&picture, |encoder| encoder.set_progressive(true)),
        jpeg_with(&picture, |encoder| encoder.set_restart_interval(2)),
        png(&DynamicImage::ImageRgb8(picture.clone())),
        webp(&picture),
    ]
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), start in 0_usize..4) {
        let starts: [&[u8]; 4] = [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x40\0\0\0WEBPVP8 "];
        let _ = clean(&[starts[start], &bytes].concat());
    }

    #[test]
    fn no_change_to_a_picture_makes_it_panic(
        seed in 0_usize..5,
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
        head in any::<bool>(),
        cut in any::<Option<proptest::sample::Index>>(),
    ) {
        let mut file = seeds()[seed].clone();
        let reach = if head { file.len().min(700) } else { file.len() };
        for (place, value) in changes {
            file[place.index(reach)] = value;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        if let Ok(cleaned) = clean(&file) {
            prop_assert!(cleaned.width <= KEPT_PX_MAX && cleaned.height <= KEPT_PX_MAX);
            prop_assert!(cleaned.jpeg.ends_with(&[0xff, 0xd9]));
        }
    }
}
