//! A photograph as it came → an upright JPEG without anything but its pixels, and a small one for lists.
//!
//! Invariants: the type is told by content alone, never by name or header (ASVS 5.2.2); size and pixels are bounded from
//! the file's header before a pixel is decoded (5.2.1, 5.2.6); what leaves here was encoded here, so position, camera,
//! embedded thumbnails, comments and trailing bytes are gone (14.2.8) and nothing in it can run in a browser (1.3.4). A
//! file that ends early is refused, since a decoder would fill the rest with grey and nobody would ask her again.
//!
//! Decoding takes up to [`MEMORY_MAX`] and some hundred milliseconds: the caller runs at most two at a time, off the async
//! threads.

mod whole;

use std::io::Cursor;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

/// Bytes of a file that is taken.
pub const BYTES_MAX: usize = 12 * 1024 * 1024;
/// Pixels of a side of a picture that is taken.
pub const SIDE_PX_MAX: u32 = 12_000;
/// Pixels of a picture that is taken.
pub const PIXELS_MAX: u64 = 50_000_000;
/// Bytes that the decoded pixels, and what the decoder keeps beside them, may take.
pub const MEMORY_MAX: u64 = 256 * 1024 * 1024;
/// Pixels of the longer side of what is kept.
pub const KEPT_PX_MAX: u32 = 2_048;
/// Pixels of the longer side of the small picture.
pub const THUMB_PX_MAX: u32 = 400;

const KEPT_QUALITY: u8 = 82;
const THUMB_QUALITY: u8 = 70;

/// A picture that may be stored and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The picture, at most [`KEPT_PX_MAX`] a side, upright, JPEG.
    pub jpeg: Vec<u8>,
    /// The same, at most [`THUMB_PX_MAX`] a side.
    pub thumb_jpeg: Vec<u8>,
    /// Pixels of `jpeg` from left to right.
    pub width: u32,
    /// Pixels of `jpeg` from top to bottom.
    pub height: u32,
}

/// Why a file is not taken as a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFault {
    /// No bytes at all: the upload did not begin.
    Empty,
    /// More than [`BYTES_MAX`].
    TooLarge,
    /// More than [`SIDE_PX_MAX`] a side, [`PIXELS_MAX`], or [`MEMORY_MAX`] when decoded.
    TooManyPixels,
    /// Neither JPEG, PNG nor WebP, whatever its name says.
    NotAPicture,
    /// HEIC or HEIF, which the telephone can send as JPEG.
    Heic,
    /// Cut off or broken: it should be sent again.
    Damaged,
}

/// Reads a file as it was sent and makes it fit to store.
///
/// Takes any bytes and never panics. An animated picture gives its first frame, transparent parts become white, colours are
/// taken as sRGB.
///
/// # Errors
/// [`PictureFault`] says which; nothing of the file is kept then.
pub fn clean(bytes: &[u8]) -> Result<Picture, PictureFault> {
    if bytes.is_empty() {
        return Err(PictureFault::Empty);
    }
    if bytes.len() > BYTES_MAX {
        return Err(PictureFault::TooLarge);
    }
    let format = format_of(bytes)?;
    match format {
        ImageFormat::Jpeg => whole::jpeg(bytes)?,
        ImageFormat::Png => whole::png(bytes)?,
        _ => whole::webp(bytes)?,
    }
    let (image, orientation) = decode(bytes, format)?;
    let mut kept = flattened(scaled(image, KEPT_PX_MAX)?);
    // After scaling: turning the whole of a large picture would take its memory twice.
    kept.apply_orientation(orientation);
    let jpeg = encoded(&kept, KEPT_QUALITY)?;
    let (width, height) = (kept.width(), kept.height());
    let thumb_jpeg = encoded(&scaled(kept, THUMB_PX_MAX)?, THUMB_QUALITY)?;
    Ok(Picture { jpeg, thumb_jpeg, width, height })
}

/// The type by the first bytes.
fn format_of(bytes: &[u8]) -> Result<ImageFormat, PictureFault> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        // ISO/IEC 23008-12, annex B: major brands of still and moving HEIF.
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..]
            if [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1", b"heif"]
                .iter()
                .any(|known| brand.starts_with(*known)) =>
        {
            Err(PictureFault::Heic)
        }
        // The beginning of one of the three, and nothing more.
        [0xff, 0xd8] | [0xff] => Err(PictureFault::Damaged),
        _ => Err(PictureFault::NotAPicture),
    }
}

/// Refuses what is too large to decode.
fn bounded(width: u32, height: u32, memory_bytes: u64) -> Result<(), PictureFault> {
    let pixels = u64::from(width) * u64::from(height);
    if width > SIDE_PX_MAX || height > SIDE_PX_MAX || pixels > PIXELS_MAX || memory_bytes > MEMORY_MAX {
        return Err(PictureFault::TooManyPixels);
    }
    if pixels == 0 { Err(PictureFault::Damaged) } else { Ok(()) }
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<(DynamicImage, Orientation), PictureFault> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(SIDE_PX_MAX);
    limits.max_image_height = Some(SIDE_PX_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error))?;
    let (width, height) = decoder.dimensions();
    let color = decoder.color_type();
    let channels = u64::from(color.channel_count());
    // Sixteen bits a channel, or grey with alpha, are turned into eight-bit colours beside the first buffer.
    let plain =
        matches!(color.bytes_per_pixel(), 1 | 3) || u64::from(color.bytes_per_pixel()) == channels && channels == 4;
    let turned = if plain { 0 } else { u64::from(width) * u64::from(height) * 4 };
    bounded(width, height, decoder.total_bytes().saturating_add(turned))?;
    // A picture whose notes cannot be read is shown as it lies.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    Ok((image, orientation))
}

fn fault(error: &ImageError) -> PictureFault {
    match error {
        ImageError::Limits(_) => PictureFault::TooManyPixels,
        _ => PictureFault::Damaged,
    }
}

/// `image` with no side longer than `side_px_max`; a smaller one stays as it is.
fn scaled(image: DynamicImage, side_px_max: u32) -> Result<DynamicImage, PictureFault> {
    let image = match image {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_) => image,
        other if other.color().has_alpha() => DynamicImage::ImageRgba8(other.into_rgba8()),
        other => DynamicImage::ImageRgb8(other.into_rgb8()),
    };
    let (width, height) = (image.width(), image.height());
    let longer = width.max(height);
    if longer <= side_px_max {
        return Ok(image);
    }
    let shorter = |side: u32| {
        let side = u64::from(side) * u64::from(side_px_max) / u64::from(longer);
        u32::try_from(side).unwrap_or(side_px_max).max(1)
    };
    let (new_width, new_height) = (shorter(width), shorter(height));
    let pixel = match &image {
        DynamicImage::ImageLuma8(_) => PixelType::U8,
        DynamicImage::ImageRgba8(_) => PixelType::U8x4,
        _ => PixelType::U8x3,
    };
    let source = ImageRef::new(width, height, image.as_bytes(), pixel).map_err(|_| PictureFault::Damaged)?;
    let mut target = Image::new(new_width, new_height, pixel);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(&source, &mut target, &options).map_err(|_| PictureFault::Damaged)?;
    let pixels = target.into_vec();
    let small = match pixel {
        PixelType::U8 => image::GrayImage::from_raw(new_width, new_height, pixels).map(DynamicImage::ImageLuma8),
        PixelType::U8x4 => image::RgbaImage::from_raw(new_width, new_height, pixels).map(DynamicImage::ImageRgba8),
        _ => image::RgbImage::from_raw(new_width, new_height, pixels).map(DynamicImage::ImageRgb8),
    };
    small.ok_or(PictureFault::Damaged)
}

/// Transparent parts over white, as on the paper that the list is printed on.
fn flattened(image: DynamicImage) -> DynamicImage {
    let DynamicImage::ImageRgba8(pixels) = image else { return image };
    let (width, height) = pixels.dimensions();
    let over_white = image::RgbImage::from_fn(width, height, |x, y| {
        let [red, green, blue, alpha] = pixels.get_pixel(x, y).0;
        let mix = |value: u8| {
            let sum = u16::from(value) * u16::from(alpha) + 255 * (255 - u16::from(alpha));
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([mix(red), mix(green), mix(blue)])
    });
    DynamicImage::ImageRgb8(over_white)
}

fn encoded(image: &DynamicImage, quality: u8) -> Result<Vec<u8>, PictureFault> {
    let side = |px: u32| u16::try_from(px).map_err(|_| PictureFault::TooManyPixels);
    let (width, height) = (side(image.width())?, side(image.height())?);
    let color = match image {
        DynamicImage::ImageLuma8(_) => jpeg_encoder::ColorType::Luma,
        _ => jpeg_encoder::ColorType::Rgb,
    };
    let mut jpeg = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut jpeg, quality);
    encoder.encode(image.as_bytes(), width, height, color).map_err(|_| PictureFault::Damaged)?;
    Ok(jpeg)
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
