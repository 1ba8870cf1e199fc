//! The port: values in, values out, and statements that carry their Rust signature.
//!
//! A statement is one text with `$1…$n` placeholders, numbered in the order of their first use (SQLite numbers them
//! that way). It is declared once, by [`statements!`], and runs on either engine.

mod values;

pub use values::{Bind, Column, Record, V, ValueKind};

/// One declared statement, for the checks.
#[derive(Debug)]
pub struct Statement {
    /// The function's name.
    pub name: &'static str,
    /// The text.
    pub sql: &'static str,
    /// What each placeholder takes.
    pub params: &'static [ValueKind],
    /// What each column gives.
    pub columns: &'static [ValueKind],
    /// True where reading every row of a small or bounded set is meant: the plan may scan or sort.
    pub bounded: bool,
}

/// Declares statements: `fn name(param: Type, …) -> run | one (T, …) | all (T, …) | bounded (T, …) = "SQL";`
///
/// `run` answers the number of rows, `one` an `Option` of a row, `all` a `Vec`; `bounded` is `all` for a set that is
/// small by its nature, whose plan may scan or sort.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident ( $($p:ident : $pt:ty),* $(,)? ) -> $kind:ident $(($($row:ty),* $(,)?))? = $sql:literal;)*) => {
        $( $crate::port::statements!(@fn [$(#[$doc])*] $kind $name ($($p: $pt),*) ($($($row,)*)?) $sql); )*
        /// Every statement of this feature.
        pub(crate) const ALL: &[$crate::port::Statement] = &[$( $crate::port::Statement {
            name: concat!(module_path!(), "::", stringify!($name)),
            sql: $sql,
            params: &[$(<$pt as $crate::port::Bind>::KIND),*],
            columns: &[$($(<$row as $crate::port::Column>::KIND),*)?],
            bounded: $crate::port::statements!(@bounded $kind),
        } ),*];
    };
    (@bounded bounded) => { true };
    (@bounded $kind:ident) => { false };
    (@fn [$($doc:tt)*] run $name:ident ($($p:ident : $pt:ty),*) $row:tt $sql:literal) => {
        $($doc)*
        #[expect(clippy::too_many_arguments, clippy::allow_attributes, reason = "a statement has as many arguments as columns")]
        #[allow(unfulfilled_lint_expectations)]
        pub async fn $name(tx: &$crate::Tx, $($p: $pt),*) -> Result<u64, $crate::Stop> {
            tx.run($sql, &[$($crate::port::Bind::bind(&$p)),*]).await
        }
    };
    (@fn [$($doc:tt)*] one $name:ident ($($p:ident : $pt:ty),*) $row:tt $sql:literal) => {
        $($doc)*
        #[expect(clippy::too_many_arguments, clippy::allow_attributes, reason = "a statement has as many arguments as columns")]
        #[allow(unfulfilled_lint_expectations)]
        pub async fn $name(tx: &$crate::Tx, $($p: $pt),*) -> Result<Option<$row>, $crate::Stop> {
            Ok(tx.rows::<$row>($sql, &[$($crate::port::Bind::bind(&$p)),*]).await?.into_iter().next())
        }
    };
    (@fn [$($doc:tt)*] $many:ident $name:ident ($($p:ident : $pt:ty),*) $row:tt $sql:literal) => {
        $($doc)*
        #[expect(clippy::too_many_arguments, clippy::allow_attributes, reason = "a statement has as many arguments as columns")]
        #[allow(unfulfilled_lint_expectations)]
        pub async fn $name(tx: &$crate::Tx, $($p: $pt),*) -> Result<Vec<$row>, $crate::Stop> {
            tx.rows::<$row>($sql, &[$($crate::port::Bind::bind(&$p)),*]).await
        }
    };
}
pub(crate) use statements;
