//! Showing a photo: to the one who holds the receipt, to the desk, and to the hands that hold the task.

use linli_domain::id::{AttachmentId, MatterId, PersonId, TaskId, VoiceId};
use linli_domain::people::Permission;
use linli_domain::refusal::CommonRefusal;
use linli_domain::tasks::TaskStage;
use linli_domain::typed::FieldRefusal;
use linli_domain::voices::receipt::Receipt;
use linli_store::{Fault, Stop, attachments, tasks, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::command::{Caller, Cx, Denied, Place, Query};
use crate::voices::{Owned, of_receipt};

/// Which of the two sizes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// For reading a house number on it.
    #[default]
    Full,
    /// For a row of pictures on a bad line.
    Small,
}

/// What stands behind the question mark.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhotoInput {
    /// `small` or `full`.
    #[serde(default)]
    pub size: Size,
}

/// The files of a photo that may be shown.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PhotoFile {
    /// The name of the file in the size that was asked for.
    pub digest: String,
}

async fn file(cx: &Cx<'_>, photo: AttachmentId, size: Size) -> Result<(i64, PhotoFile), Stop> {
    let found = attachments::one(cx.tx, cx.community.id, photo).await?;
    let (owner, full, small) = found.ok_or(CommonRefusal::NotFound)?;
    let digest = match size {
        Size::Full => full,
        Size::Small => small,
    };
    Ok((owner, PhotoFile { digest }))
}

/// The matter that a photo's owner belongs to: a voice's or a finished task's.
pub(crate) async fn matter_of(cx: &Cx<'_>, owner: i64) -> Result<MatterId, Stop> {
    if let Some((matter, _)) = voices::one(cx.tx, cx.community.id, VoiceId::new(owner)).await? {
        return Ok(matter);
    }
    match tasks::load(cx.tx, cx.community.id, TaskId::new(owner)).await? {
        Some((matter, ..)) => Ok(matter),
        None => Err(CommonRefusal::NotFound.into()),
    }
}

macro_rules! shown {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* } at $at:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            $($field: $type,)*
            photo: AttachmentId,
            size: Size,
        }
        /// Names a photo.
        #[derive(Debug, Clone, Deserialize)]
        pub struct $at {
            $(/// Who asks for it.
            pub $field: $type,)*
            /// The photo.
            pub photo: AttachmentId,
        }
    };
}

shown! {
    /// A photo for the one who holds the receipt: her own, or one of the finished work.
    ShowReceiptPhoto { code: String } at ReceiptPhotoAt
}

impl Query for ShowReceiptPhoto {
    const NAME: &'static str = "show-receipt-photo";
    const MAY: Permission = Permission::HOLD_RECEIPT;
    type At = ReceiptPhotoAt;
    type Input = PhotoInput;
    type View = PhotoFile;

    fn parse(at: ReceiptPhotoAt, input: PhotoInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { code: at.code, photo: at.photo, size: input.size })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<PhotoFile, Stop> {
        let Owned { voice, matter, .. } = of_receipt(cx, Receipt::parse(&self.code).as_ref()).await?;
        let (owner, file) = file(cx, self.photo, self.size).await?;
        let hers = owner == voice.raw();
        let finished = match tasks::load(cx.tx, cx.community.id, TaskId::new(owner)).await? {
            Some((of, _, _, stage, ..)) => of == matter && stage == TaskStage::Finished,
            None => false,
        };
        if hers || finished { Ok(file) } else { Err(CommonRefusal::NotFound.into()) }
    }
}

shown! {
    /// A photo for the desk.
    ShowDeskPhoto {} at DeskPhotoAt
}

impl Query for ShowDeskPhoto {
    const NAME: &'static str = "show-desk-photo";
    const MAY: Permission = Permission::READ_DESK;
    type At = DeskPhotoAt;
    type Input = PhotoInput;
    type View = PhotoFile;

    fn parse(at: DeskPhotoAt, input: PhotoInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { photo: at.photo, size: input.size })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<PhotoFile, Stop> {
        Ok(file(cx, self.photo, self.size).await?.1)
    }
}

shown! {
    /// A photo for the hands that hold the task; whoever gave it back sees it no more.
    ShowTaskPhoto { task: TaskId } at TaskPhotoAt
}

impl Query for ShowTaskPhoto {
    const NAME: &'static str = "show-task-photo";
    const MAY: Permission = Permission::DO_TASKS;
    type At = TaskPhotoAt;
    type Input = PhotoInput;
    type View = PhotoFile;

    fn parse(at: TaskPhotoAt, input: PhotoInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { task: at.task, photo: at.photo, size: input.size })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<PhotoFile, Stop> {
        let found = tasks::load(cx.tx, cx.community.id, self.task).await?;
        let (matter, _, _, stage, holder, _) = found.ok_or(CommonRefusal::NotFound)?;
        let holds = holds(stage, holder, cx.actor.person());
        let (owner, file) = file(cx, self.photo, self.size).await?;
        if holds && matter_of(cx, owner).await? == matter { Ok(file) } else { Err(CommonRefusal::NotFound.into()) }
    }
}

impl App {
    /// The bytes of a photo that a query allowed.
    pub async fn photo(&self, file: PhotoFile) -> Result<Vec<u8>, Denied> {
        let files = self.files.clone();
        let read = tokio::task::spawn_blocking(move || files.read(&file.digest));
        Ok(read.await.map_err(|e| Fault::Bug(e.to_string()))??)
    }
    /// Asks for a photo and reads it.
    pub async fn show_photo<Q: Query<View = PhotoFile, Input = PhotoInput>>(
        &self,
        caller: &Caller,
        place: &Place,
        at: Q::At,
        input: PhotoInput,
    ) -> Result<Vec<u8>, Denied> {
        let file = self.ask::<Q>(caller, place, at, input).await?;
        self.photo(file).await
    }
}

/// Somebody who may see a photo because she holds the task.
pub(crate) fn holds(stage: TaskStage, holder: Option<PersonId>, me: Option<PersonId>) -> bool {
    stage == TaskStage::Accepted && holder.is_some() && holder == me
}
