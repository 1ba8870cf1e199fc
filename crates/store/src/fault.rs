//! What can go wrong below the rules, and how a command ends without an answer.

use linli_domain::refusal::Refusal;

/// The database, or the code around it, cannot do what was asked. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The queue in front of the writer is full.
    Busy,
    /// The database is gone or cannot be reached.
    Unavailable(String),
    /// No room left on the disk.
    Full,
    /// The disk or the database is read-only.
    ReadOnly,
    /// Somebody else holds the database.
    Locked,
    /// The log is shorter than what was signed of it before, or another: an older database was put under the server.
    Contradicted {
        /// The name of the log.
        origin: String,
        /// Entries that were signed.
        signed: u64,
        /// Entries that are there.
        found: u64,
    },
    /// Two transactions met (40001, 40P01), or two processes made the same id (23505), or a statement beside this one failed
    /// (25P02); worth a rerun.
    Collided,
    /// A bug of ours: named, logged, never shown to a user.
    Bug(String),
}

impl Fault {
    /// A command that went on after a failed statement and called it a success.
    pub(crate) fn carried_on() -> Self {
        Fault::Bug("a command carried on after a failed statement".into())
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::Busy => f.write_str("the write queue is full"),
            Fault::Unavailable(why) => write!(f, "the database cannot be reached: {why}"),
            Fault::Full => f.write_str("no room left on the disk"),
            Fault::ReadOnly => f.write_str("the database is read-only"),
            Fault::Locked => f.write_str("another process holds the database"),
            Fault::Contradicted { origin, signed, found } => write!(
                f,
                "log {origin} was signed with {signed} entries, and this database holds {found} or others: an older one was \
                 put in place. Restore the newest, or declare a new log (linli log declare)"
            ),
            Fault::Collided => f.write_str("two transactions met"),
            Fault::Bug(what) => write!(f, "bug: {what}"),
        }
    }
}
impl std::error::Error for Fault {}

/// Why a command ends without its answer; its transaction is rolled back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The rules say no.
    Refused(Refusal),
    /// The row moved between reading and writing; the command is run again.
    Raced,
    /// The database says no.
    Fault(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Fault(fault)
    }
}

/// Every typed refusal of a feature ends a command.
impl<R: Into<Refusal>> From<R> for Stop {
    fn from(refusal: R) -> Self {
        Stop::Refused(refusal.into())
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Fault::Full,
            Some(ErrorCode::ReadOnly) => Fault::ReadOnly,
            Some(ErrorCode::ConstraintViolation) if is_taken(&error) => Fault::Collided,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Fault::Locked,
            Some(
                ErrorCode::CannotOpen
                | ErrorCode::SystemIoFailure
                | ErrorCode::NotADatabase
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::PermissionDenied,
            ) => Fault::Unavailable(error.to_string()),
            _ => Fault::Bug(error.to_string()),
        }
    }
}

/// A key that another row has.
fn is_taken(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID, SQLITE_CONSTRAINT_UNIQUE};
    let code = error.sqlite_error().map(|e| e.extended_code);
    matches!(code, Some(SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_ROWID | SQLITE_CONSTRAINT_UNIQUE))
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        let Some(db) = error.as_db_error() else {
            return Fault::Unavailable(error.to_string());
        };
        match db.code() {
            // Of statements that were sent together, the answer of one after the failed one may be looked at first: it says
            // only that the transaction is lost (25P02). A rerun meets the reason, or gets through.
            &SqlState::T_R_SERIALIZATION_FAILURE
            | &SqlState::T_R_DEADLOCK_DETECTED
            | &SqlState::UNIQUE_VIOLATION
            | &SqlState::IN_FAILED_SQL_TRANSACTION => Fault::Collided,
            &SqlState::DISK_FULL => Fault::Full,
            &SqlState::READ_ONLY_SQL_TRANSACTION => Fault::ReadOnly,
            code if code.code().starts_with("57P")
                || code.code().starts_with("08")
                || code.code().starts_with("53") =>
            {
                Fault::Unavailable(db.message().to_owned())
            }
            code => Fault::Bug(format!("{} ({})", db.message(), code.code())),
        }
    }
}

impl From<deadpool_postgres::PoolError> for Fault {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            deadpool_postgres::PoolError::Backend(error) => error.into(),
            deadpool_postgres::PoolError::Timeout(_) => Fault::Busy,
            other => Fault::Unavailable(other.to_string()),
        }
    }
}
