//! Values on their way into and out of the two engines. Decoding never panics: a surprise is a [`Fault`].

use bytes::BytesMut;
use linli_domain::audit;
use linli_domain::id::{
    AreaId, AttachmentId, CategoryId, CommunityId, ConfirmationId, EntryId, GroupId, HandId, MatterId, MessageId,
    PersonId, TaskId, VoiceId,
};
use linli_domain::matters::{MatterNumber, Round, Stage};
use linli_domain::people::Role;
use linli_domain::tasks::TaskStage;
use linli_domain::time::{Day, Timestamp};
use linli_domain::typed::{Line, Prose};
use linli_domain::voices::{Channel, Verdict};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::Fault;

/// What a placeholder takes or a column gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// BIGINT, never NULL.
    Int,
    /// TEXT, never NULL.
    Text,
    /// BLOB or BYTEA, never NULL.
    Blob,
    /// BIGINT or NULL.
    MaybeInt,
    /// TEXT or NULL.
    MaybeText,
    /// BLOB, BYTEA or NULL.
    MaybeBlob,
}

impl ValueKind {
    /// The kind without NULL.
    #[must_use]
    pub const fn bare(self) -> ValueKind {
        match self {
            ValueKind::MaybeInt => ValueKind::Int,
            ValueKind::MaybeText => ValueKind::Text,
            ValueKind::MaybeBlob => ValueKind::Blob,
            other => other,
        }
    }
    /// The kind with NULL.
    #[must_use]
    pub const fn maybe(self) -> ValueKind {
        match self {
            ValueKind::Int => ValueKind::MaybeInt,
            ValueKind::Text => ValueKind::MaybeText,
            ValueKind::Blob => ValueKind::MaybeBlob,
            other => other,
        }
    }
}

/// One value bound to a placeholder.
#[derive(Debug, Clone, Copy)]
pub enum V<'a> {
    /// NULL.
    Null,
    /// A whole number.
    I(i64),
    /// Text.
    S(&'a str),
    /// Bytes.
    B(&'a [u8]),
}

impl ToSql for V<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            V::Null => Ok(IsNull::Yes),
            V::I(i) => i.to_sql(ty, out),
            V::S(s) => s.to_sql(ty, out),
            V::B(b) => b.to_sql(ty, out),
        }
    }
    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::TEXT | Type::BYTEA)
    }
    to_sql_checked!();
}

impl rusqlite::ToSql for V<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{Null, ToSqlOutput, ValueRef};
        Ok(match self {
            V::Null => ToSqlOutput::from(Null),
            V::I(i) => ToSqlOutput::from(*i),
            V::S(s) => ToSqlOutput::Borrowed(ValueRef::Text(s.as_bytes())),
            V::B(b) => ToSqlOutput::Borrowed(ValueRef::Blob(b)),
        })
    }
}

/// One row of either engine.
pub trait Cols {
    /// A whole number or NULL.
    fn int(&self, n: usize) -> Result<Option<i64>, Fault>;
    /// Text or NULL.
    fn text(&self, n: usize) -> Result<Option<String>, Fault>;
    /// Bytes or NULL.
    fn blob(&self, n: usize) -> Result<Option<Vec<u8>>, Fault>;
}

impl Cols for rusqlite::Row<'_> {
    fn int(&self, n: usize) -> Result<Option<i64>, Fault> {
        Ok(self.get(n)?)
    }
    fn text(&self, n: usize) -> Result<Option<String>, Fault> {
        Ok(self.get(n)?)
    }
    fn blob(&self, n: usize) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.get(n)?)
    }
}

impl Cols for tokio_postgres::Row {
    fn int(&self, n: usize) -> Result<Option<i64>, Fault> {
        self.try_get(n).map_err(|e| Fault::Bug(e.to_string()))
    }
    fn text(&self, n: usize) -> Result<Option<String>, Fault> {
        self.try_get(n).map_err(|e| Fault::Bug(e.to_string()))
    }
    fn blob(&self, n: usize) -> Result<Option<Vec<u8>>, Fault> {
        self.try_get(n).map_err(|e| Fault::Bug(e.to_string()))
    }
}

/// A Rust type that goes into a placeholder.
pub trait Bind {
    /// What the placeholder must take.
    const KIND: ValueKind;
    /// The value.
    fn bind(&self) -> V<'_>;
}

/// A Rust type that comes out of a column.
pub trait Column: Sized {
    /// What the column must give.
    const KIND: ValueKind;
    /// Reads column `n`.
    fn read(row: &dyn Cols, n: usize) -> Result<Self, Fault>;
}

fn present<T>(value: Option<T>, n: usize) -> Result<T, Fault> {
    value.ok_or_else(|| Fault::Bug(format!("column {n} is NULL")))
}

impl Bind for i64 {
    const KIND: ValueKind = ValueKind::Int;
    fn bind(&self) -> V<'_> {
        V::I(*self)
    }
}
impl Bind for &str {
    const KIND: ValueKind = ValueKind::Text;
    fn bind(&self) -> V<'_> {
        V::S(self)
    }
}
impl Bind for &[u8] {
    const KIND: ValueKind = ValueKind::Blob;
    fn bind(&self) -> V<'_> {
        V::B(self)
    }
}
impl<T: Bind> Bind for Option<T> {
    const KIND: ValueKind = T::KIND.maybe();
    fn bind(&self) -> V<'_> {
        self.as_ref().map_or(V::Null, Bind::bind)
    }
}
impl Column for i64 {
    const KIND: ValueKind = ValueKind::Int;
    fn read(row: &dyn Cols, n: usize) -> Result<Self, Fault> {
        present(row.int(n)?, n)
    }
}
impl Column for String {
    const KIND: ValueKind = ValueKind::Text;
    fn read(row: &dyn Cols, n: usize) -> Result<Self, Fault> {
        present(row.text(n)?, n)
    }
}
impl Column for Vec<u8> {
    const KIND: ValueKind = ValueKind::Blob;
    fn read(row: &dyn Cols, n: usize) -> Result<Self, Fault> {
        present(row.blob(n)?, n)
    }
}
impl<T: Column> Column for Option<T> {
    const KIND: ValueKind = T::KIND.maybe();
    fn read(row: &dyn Cols, n: usize) -> Result<Self, Fault> {
        let is_null = match T::KIND {
            ValueKind::Text | ValueKind::MaybeText => row.text(n)?.is_none(),
            ValueKind::Blob | ValueKind::MaybeBlob => row.blob(n)?.is_none(),
            ValueKind::Int | ValueKind::MaybeInt => row.int(n)?.is_none(),
        };
        if is_null { Ok(None) } else { T::read(row, n).map(Some) }
    }
}

macro_rules! ints {
    ($($type:ty: $into:expr, $from:expr;)*) => {$(
        impl Bind for $type {
            const KIND: ValueKind = ValueKind::Int;
            fn bind(&self) -> V<'_> {
                let into: fn(&$type) -> i64 = $into;
                V::I(into(self))
            }
        }
        impl Column for $type {
            const KIND: ValueKind = ValueKind::Int;
            fn read(row: &dyn Cols, n: usize) -> Result<Self, Fault> {
                i64::read(row, n).map($from)
            }
        }
    )*};
    ($($id:ident),*) => { ints! { $($id: |id| id.raw(), $id::new;)* } };
}
ints!(
    AreaId,
    AttachmentId,
    CategoryId,
    CommunityId,
    ConfirmationId,
    EntryId,
    GroupId,
    HandId,
    MatterId,
    MatterNumber,
    MessageId,
    PersonId,
    Round,
    TaskId,
    VoiceId
);
ints! {
    Timestamp: |at| at.us(), Timestamp::from_us;
    Day: |day| day.number(), Day::from_number;
}

macro_rules! codes {
    ($($type:ty),*) => {$(
        impl Bind for $type {
            const KIND: ValueKind = ValueKind::Text;
            fn bind(&self) -> V<'_> {
                V::S(self.code())
            }
        }
        impl Column for $type {
            const KIND: ValueKind = ValueKind::Text;
            fn read(row: &dyn Cols, n: usize) -> Result<Self, Fault> {
                let code = String::read(row, n)?;
                <$type>::from_code(&code).ok_or_else(|| Fault::Bug(format!("unknown code {code:?} in column {n}")))
            }
        }
    )*};
}
codes!(Stage, TaskStage, Channel, Verdict, Role, audit::Kind);

macro_rules! typed {
    ($($type:ty),*) => {$(
        impl Bind for &$type {
            const KIND: ValueKind = ValueKind::Text;
            fn bind(&self) -> V<'_> {
                V::S(self.as_str())
            }
        }
    )*};
}
typed!(Line, Prose);

/// A whole row.
pub trait Record: Sized + Send {
    /// Reads it.
    fn read(row: &dyn Cols) -> Result<Self, Fault>;
}

macro_rules! record {
    ($($t:ident $n:tt),*) => {
        impl<$($t: Column + Send),*> Record for ($($t,)*) {
            fn read(row: &dyn Cols) -> Result<Self, Fault> {
                Ok(($($t::read(row, $n)?,)*))
            }
        }
    };
}
record!(A 0);
record!(A 0, B 1);
record!(A 0, B 1, C 2);
record!(A 0, B 1, C 2, D 3);
record!(A 0, B 1, C 2, D 3, E 4);
record!(A 0, B 1, C 2, D 3, E 4, F 5);
record!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
record!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
record!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
record!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
record!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
record!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
record!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12);
record!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13);
record!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14);
record!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15);
