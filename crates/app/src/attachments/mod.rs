//! Photos: cleaned before a command, kept as files named by their content, tied to their owner by the command.

pub mod files;
pub mod hide;
pub mod picture;
pub mod show;
pub mod sweep;

use bytes::Bytes;
use linli_domain::attachments::{PHOTO_BYTES_MAX, PHOTOS_MAX, PhotoRefusal, PhotoView};
use linli_domain::id::{AttachmentId, CommunityId};
use linli_domain::refusal::CommonRefusal;
use linli_store::{Fault, Stop, Tx, attachments};

use crate::App;
use crate::attachments::picture::PictureFault;
use crate::command::{Cx, Denied};

/// A photo whose files are on the disk.
#[derive(Debug, Clone)]
pub struct StoredPhoto {
    digest: String,
    small_digest: String,
    width: i64,
    height: i64,
}

/// Cleans photos and writes their files; a photo that cannot be taken is refused before anything is written.
pub(crate) async fn store(app: &App, raw: &[Bytes]) -> Result<Vec<StoredPhoto>, Denied> {
    if raw.len() > PHOTOS_MAX {
        return Err(PhotoRefusal::TooMany { most: PHOTOS_MAX }.into());
    }
    if raw.is_empty() {
        return Ok(Vec::new());
    }
    let (raw, files) = (raw.to_vec(), app.files.clone());
    let turn = app.files.turn().await?;
    let stored = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let mut cleaned = Vec::with_capacity(raw.len());
        for bytes in &raw {
            cleaned.push(picture::clean(bytes).map_err(|fault| Denied::from(refusal(fault)))?);
        }
        let mut stored = Vec::with_capacity(cleaned.len());
        for picture in cleaned {
            stored.push(StoredPhoto {
                digest: files.keep(&picture.jpeg)?,
                small_digest: files.keep(&picture.thumb_jpeg)?,
                width: i64::from(picture.width),
                height: i64::from(picture.height),
            });
        }
        Ok::<_, Denied>(stored)
    });
    stored.await.map_err(|e| Fault::Bug(e.to_string()))?
}

fn refusal(fault: PictureFault) -> PhotoRefusal {
    match fault {
        PictureFault::Empty => PhotoRefusal::Empty,
        PictureFault::TooLarge => PhotoRefusal::TooLarge { most_mib: PHOTO_BYTES_MAX / (1024 * 1024) },
        PictureFault::TooManyPixels => PhotoRefusal::TooManyPixels,
        PictureFault::NotAPicture => PhotoRefusal::NotAPicture,
        PictureFault::Heic => PhotoRefusal::Heic,
        PictureFault::Damaged => PhotoRefusal::Damaged,
    }
}

/// Ties stored photos to a voice or a task.
pub(crate) async fn tie(cx: &Cx<'_>, owner: i64, photos: &[StoredPhoto]) -> Result<(), Stop> {
    for photo in photos {
        let id = AttachmentId::new(cx.app.ids.next(cx.now));
        let (digest, small) = (photo.digest.as_str(), photo.small_digest.as_str());
        attachments::add(cx.tx, id, cx.community.id, owner, digest, small, photo.width, photo.height).await?;
    }
    Ok(())
}

/// The voice or the task that a photo belongs to; a hidden one belongs to none.
pub(crate) async fn owner(cx: &Cx<'_>, photo: AttachmentId) -> Result<i64, Stop> {
    let (owner, ..) = attachments::one(cx.tx, cx.community.id, photo).await?.ok_or(CommonRefusal::NotFound)?;
    Ok(owner)
}

/// The photos of a voice or a task.
pub(crate) async fn of_owner(tx: &Tx, tenant: CommunityId, owner: i64) -> Result<Vec<PhotoView>, Stop> {
    let rows = attachments::of_owner(tx, tenant, owner).await?;
    Ok(rows.into_iter().map(|(id, width, height)| PhotoView { id, width, height }).collect())
}
