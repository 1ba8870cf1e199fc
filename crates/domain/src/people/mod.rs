//! People (人员): staff and volunteers with accounts, their roles, and what a role may do.
//!
//! Residents are not here: they need no account.

mod roles;
pub mod view;

pub use roles::{Actor, Permission, Role};

use std::fmt;

use crate::refusal::refusals;
use crate::typed::{Line, TypedRefusal};

/// Characters of a name, shown or typed at sign-in.
pub const NAME_MAX: usize = 40;
/// Characters of a password: at least. (NIST SP 800-63B, OWASP ASVS 6.2.1.)
pub const PASSWORD_MIN: usize = 8;
/// Characters of a password: at most, so that hashing stays cheap.
pub const PASSWORD_MAX: usize = 128;

refusals! {
    /// Why an account or a sign-in is not taken.
    PeopleRefusal {
        /// Name or password is wrong, or the account is switched off: one answer for all three.
        WrongSignIn = "wrong-sign-in" as SignInFirst,
        /// Somebody signs in under this name already.
        NameTaken { name: String } = "name-taken" as Conflict,
        /// The password is shorter than it must be.
        PasswordTooShort { least: usize } = "password-too-short" as Invalid,
        /// The password is one of those that are guessed first.
        PasswordCommon = "password-common" as Invalid,
        /// The present password is wrong.
        WrongPassword = "wrong-password" as Invalid,
        /// The code of the second factor is wrong, or was used already.
        WrongCode = "wrong-code" as Invalid,
        /// The second factor is still to be shown.
        CodeFirst = "code-first" as Forbidden,
        /// A second factor has to be set up before anything else.
        SecondFirst = "second-first" as Forbidden,
        /// The invitation was taken, or has run out.
        InvitationOver = "invitation-over" as NotFound,
        /// Nobody gives a role that may more than one's own.
        RoleTooHigh = "role-too-high" as Forbidden,
        /// Nobody switches off, or hands over from, oneself.
        Yourself = "yourself" as Conflict,
        /// This person also works elsewhere: only the roles here can be taken away.
        WorksElsewhere = "works-elsewhere" as Conflict,
        /// There is no open work to hand over.
        NothingInHand = "nothing-in-hand" as Conflict,
        /// Nobody of that name works in this community.
        NoSuchPerson = "no-such-person" as Invalid,
    }
}

/// A password as typed; never shown, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Takes a password of [`PASSWORD_MIN`] to [`PASSWORD_MAX`] characters, as it is: no trimming, no cleaning.
    pub fn parse(raw: &str) -> Result<Self, crate::refusal::Refusal> {
        let length = raw.chars().count();
        if length < PASSWORD_MIN {
            return Err(PeopleRefusal::PasswordTooShort { least: PASSWORD_MIN }.into());
        }
        if length > PASSWORD_MAX {
            return Err(TypedRefusal::TooLong { most: PASSWORD_MAX, got: length }.into());
        }
        Ok(Self(raw.to_owned()))
    }
    /// For hashing only.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The name somebody signs in with: one line, without case.
pub fn sign_in_name(raw: &str) -> Result<Line, TypedRefusal> {
    Line::parse(&raw.to_lowercase(), NAME_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_printed() {
        let password = Password::parse("很长的一个口令呢").expect("long enough");
        assert!(!format!("{password:?}").contains('长'));
        assert!(Password::parse("short").is_err());
    }
}
