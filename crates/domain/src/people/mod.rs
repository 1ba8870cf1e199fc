//! People (人员): staff and volunteers with accounts, their roles, and what a role may do.
//!
//! Residents are not here: they need no account.

pub mod view;

use std::fmt;

use bitflags::bitflags;

use crate::id::{CommunityId, PersonId};
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
        /// Nobody of that name works in this community.
        NoSuchPerson = "no-such-person" as Invalid,
    }
}

/// A role, bound to one community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Takes offered tasks.
    Volunteer,
    /// Takes tasks that are given to them, and offered ones.
    GridWorker,
    /// Reads the inbox, lists, declines, merges, dispatches.
    Dispatcher,
}

bitflags! {
    /// What somebody may do in one community.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub struct Permission: u32 {
        /// Say something, look at the public list: everybody.
        const EVERYBODY = 1;
        /// Look up and answer with a receipt code: whoever holds one.
        const HOLD_RECEIPT = 1 << 1;
        /// Have a session at all.
        const SIGNED_IN = 1 << 2;
        /// See offered and own tasks, accept, return, finish.
        const DO_TASKS = 1 << 3;
        /// Read the inbox, the voices and the timelines.
        const READ_DESK = 1 << 4;
        /// List, edit, decline, merge, reopen; record what somebody answered by telephone or at the door.
        const KEEP_LIST = 1 << 5;
        /// Dispatch and withdraw tasks.
        const DISPATCH = 1 << 6;
        /// What only the server itself does: jobs, import, setting up.
        const OPERATE = 1 << 7;
    }
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Role::Volunteer, Role::GridWorker, Role::Dispatcher];

    /// The stored code, part of the API, and the Fluent key `role-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Role::Volunteer => "volunteer",
            Role::GridWorker => "grid_worker",
            Role::Dispatcher => "dispatcher",
        }
    }
    /// From a stored code.
    pub fn from_code(code: &str) -> Option<Role> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
    /// What this role may do in its community. This is the one table.
    pub fn may(self) -> Permission {
        let anyone_signed_in = Permission::SIGNED_IN;
        match self {
            Role::Volunteer | Role::GridWorker => anyone_signed_in | Permission::DO_TASKS,
            Role::Dispatcher => {
                anyone_signed_in
                    | Permission::DO_TASKS
                    | Permission::READ_DESK
                    | Permission::KEEP_LIST
                    | Permission::DISPATCH
            }
        }
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Somebody without an account.
    Resident,
    /// Somebody signed in, with the roles held right now.
    Person {
        /// The account.
        id: PersonId,
        /// Roles by community.
        roles: Vec<(CommunityId, Role)>,
    },
    /// The server itself: jobs, import, setting up.
    System,
}

impl Actor {
    /// The account, if somebody is signed in.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Actor::Person { id, .. } => Some(*id),
            Actor::Resident | Actor::System => None,
        }
    }
    /// The one permission check: what this actor may do in `community`.
    pub fn may(&self, community: CommunityId) -> Permission {
        let everybody = Permission::EVERYBODY | Permission::HOLD_RECEIPT;
        match self {
            Actor::Resident => everybody,
            Actor::System => Permission::all(),
            Actor::Person { roles, .. } => roles
                .iter()
                .filter(|(place, _)| *place == community)
                .fold(everybody | Permission::SIGNED_IN, |may, (_, role)| may | role.may()),
        }
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
    fn a_role_holds_in_its_own_community_only() {
        let (here, there) = (CommunityId::new(1), CommunityId::new(2));
        let actor = Actor::Person { id: PersonId::new(9), roles: vec![(here, Role::Dispatcher)] };
        assert!(actor.may(here).contains(Permission::KEEP_LIST | Permission::DISPATCH));
        assert_eq!(actor.may(there), Permission::EVERYBODY | Permission::HOLD_RECEIPT | Permission::SIGNED_IN);
    }

    #[test]
    fn only_the_server_operates() {
        let community = CommunityId::new(1);
        for role in Role::ALL {
            assert!(!role.may().contains(Permission::OPERATE));
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        assert!(!Actor::Resident.may(community).intersects(Permission::SIGNED_IN | Permission::READ_DESK));
        assert!(Actor::System.may(community).contains(Permission::OPERATE));
    }

    #[test]
    fn a_password_is_never_printed() {
        let password = Password::parse("很长的一个口令呢").expect("long enough");
        assert!(!format!("{password:?}").contains('长'));
        assert!(Password::parse("short").is_err());
    }
}
