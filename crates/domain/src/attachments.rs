//! Attachments (附件): photos that go with a voice or with finished work.

use serde::Serialize;
use utoipa::ToSchema;

use crate::id::AttachmentId;
use crate::refusal::refusals;

/// Photos one voice or one finished task may carry.
pub const PHOTOS_MAX: usize = 3;
/// Bytes of one photo as it arrives.
pub const PHOTO_BYTES_MAX: usize = 12 * 1024 * 1024;

refusals! {
    /// Why a photo is not taken.
    PhotoRefusal {
        /// A file of no bytes.
        Empty = "photo-empty" as Invalid,
        /// More bytes or pixels than are taken.
        TooLarge { most_mib: usize } = "photo-too-large" as TooLarge,
        /// Too many pixels to open safely.
        TooManyPixels = "photo-too-many-pixels" as Invalid,
        /// Not a JPEG, PNG or WebP picture.
        NotAPicture = "photo-not-a-picture" as Unsupported,
        /// An iPhone's HEIC; the sentence says how to send a JPEG.
        Heic = "photo-heic" as Unsupported,
        /// Cut off or damaged on its way.
        Damaged = "photo-damaged" as Invalid,
        /// More photos than one voice carries.
        TooMany { most: usize } = "photo-too-many" as Invalid,
    }
}

/// A stored photo, as pages name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PhotoView {
    /// The attachment.
    pub id: AttachmentId,
    /// Width in pixels, upright.
    pub width: i64,
    /// Height in pixels, upright.
    pub height: i64,
}
