//! What was sent: JSON from programs, forms from people, photos with either.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest as _, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use linli_app::Denied;
use linli_domain::attachments::{PHOTO_BYTES_MAX, PHOTOS_MAX, PhotoRefusal};
use linli_domain::refusal::{CommonRefusal, Refusal};
use serde::de::DeserializeOwned;

/// Bytes of a body without photos: an over-long text comes back to its writer to be shortened.
const BODY_MAX: usize = 2 * 1024 * 1024;
/// Bytes of a body with photos, three large ones and some room for those that are too large.
pub(crate) const UPLOAD_MAX: usize = 64 * 1024 * 1024;
const MIB: usize = 1024 * 1024;

/// A body, read.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    json: Option<Bytes>,
    /// Fields of a form, in their order.
    pub fields: Vec<(String, String)>,
    /// Photos that can be taken so far.
    pub photos: Vec<Bytes>,
    /// Why a photo was left behind.
    pub photo_fault: Option<PhotoRefusal>,
    /// The body broke off, or was no form.
    pub broken: Option<Refusal>,
}

impl Sent {
    /// Reads a body. A form that breaks off keeps what came before.
    pub async fn read(parts: &Parts, body: Body) -> Self {
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match kind.as_str() {
            "multipart/form-data" => {
                let mut request = Request::from_parts(parts.clone(), body);
                *request.extensions_mut() = parts.extensions.clone();
                match Multipart::from_request(request, &()).await {
                    Ok(multipart) => multipart_fields(multipart).await,
                    Err(_) => Self::broken(CommonRefusal::Unreadable),
                }
            }
            "application/x-www-form-urlencoded" => match to_bytes(body, BODY_MAX).await {
                Ok(bytes) => {
                    Self { fields: serde_urlencoded::from_bytes(&bytes).unwrap_or_default(), ..Self::default() }
                }
                Err(_) => Self::broken(CommonRefusal::BodyTooLarge { most_mib: BODY_MAX / MIB }),
            },
            _ => match to_bytes(body, BODY_MAX).await {
                Ok(bytes) => Self { json: Some(bytes), ..Self::default() },
                Err(_) => Self::broken(CommonRefusal::BodyTooLarge { most_mib: BODY_MAX / MIB }),
            },
        }
    }

    /// The fields of a query.
    pub fn of_fields(fields: Vec<(String, String)>) -> Self {
        Self { fields, ..Self::default() }
    }
    fn broken(refusal: CommonRefusal) -> Self {
        Self { broken: Some(refusal.into()), ..Self::default() }
    }
    /// Whether it came from a form.
    pub fn is_form(&self) -> bool {
        self.json.is_none()
    }
    /// Takes a field out of the form: what is the page's own does not belong to the command.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let at = self.fields.iter().position(|(of, _)| of == name)?;
        Some(self.fields.remove(at).1)
    }
    /// The input of a command. A field that nobody asked for is refused: a misspelt one would be lost in silence.
    pub fn input<T: DeserializeOwned>(&self) -> Result<T, Denied> {
        if let Some(refusal) = &self.broken {
            return Err(refusal.clone().into());
        }
        if let Some(json) = &self.json {
            // A command without fields takes no body at all, too.
            let json: &[u8] = if json.is_empty() { b"{}" } else { json };
            return serde_json::from_slice(json).map_err(|error| told(&error.to_string()));
        }
        let text = serde_urlencoded::to_string(&self.fields).map_err(|error| told(&error.to_string()))?;
        serde_urlencoded::from_str(&text).map_err(|error| told(&error.to_string()))
    }
}

fn told(error: &str) -> Denied {
    if error.starts_with("unknown field") {
        CommonRefusal::UnknownField.into()
    } else {
        CommonRefusal::Unreadable.into()
    }
}

async fn multipart_fields(mut multipart: Multipart) -> Sent {
    let mut sent = Sent::default();
    loop {
        let field = match multipart.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return sent,
            Err(_) => {
                sent.broken = Some(CommonRefusal::Unreadable.into());
                return sent;
            }
        };
        if !take_field(&mut sent, field).await {
            sent.broken = Some(CommonRefusal::Unreadable.into());
            return sent;
        }
    }
}

/// Takes one field; false when it broke off.
async fn take_field(sent: &mut Sent, mut field: Field<'_>) -> bool {
    let name = field.name().unwrap_or_default().to_owned();
    let is_file = field.file_name().is_some();
    let most = if is_file { PHOTO_BYTES_MAX } else { BODY_MAX };
    let (mut bytes, mut too_large) = (Vec::new(), false);
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > most => {
                // Read on to the fields behind it, and keep none of it.
                too_large = true;
                bytes = Vec::new();
            }
            Ok(Some(_)) if too_large => {}
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(_) => return false,
        }
    }
    if !is_file {
        if too_large {
            sent.broken = Some(CommonRefusal::BodyTooLarge { most_mib: BODY_MAX / MIB }.into());
        }
        sent.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        return true;
    }
    if too_large {
        sent.photo_fault = Some(PhotoRefusal::TooLarge { most_mib: PHOTO_BYTES_MAX / MIB });
    } else if sent.photos.len() == PHOTOS_MAX {
        sent.photo_fault = Some(PhotoRefusal::TooMany { most: PHOTOS_MAX });
    } else if !bytes.is_empty() || field_was_chosen(&field) {
        sent.photos.push(Bytes::from(bytes));
    }
    true
}

/// A browser sends an empty file without a name when none was chosen.
fn field_was_chosen(field: &Field<'_>) -> bool {
    field.file_name().is_some_and(|name| !name.is_empty())
}
