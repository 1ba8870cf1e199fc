//! Roles, and the one table of what each may do.
//!
//! Invariant: nobody can grant what only the server does, and whoever looks after accounts or after the record's honesty
//! reads no resident's words (system, audit and security duties can be kept apart: GB/T 22239).

use bitflags::bitflags;

use crate::id::{AreaId, CommunityId, PersonId};
use crate::places::CommunityView;

/// A role, bound to a community, or to an area and so to every community under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Takes offered tasks.
    Volunteer,
    /// Takes tasks that are given to them, and offered ones; takes words down at the door.
    GridWorker,
    /// Does the tasks that are given to the firm, and sees nothing else.
    Contractor,
    /// Sits at the desk: reads, takes words and answers down, calls back.
    DutyOfficer,
    /// Lists, declines, merges, dispatches.
    Dispatcher,
    /// Answers for the list; invites and hands over.
    Secretary,
    /// Sees and decides for all communities below.
    TownOfficer,
    /// Reads all, changes nothing.
    Auditor,
    /// Looks after accounts, and reads nobody's words.
    Administrator,
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
        /// See and do the tasks that are one's own.
        const DO_TASKS = 1 << 3;
        /// See and take the tasks that are offered to all.
        const TAKE_OFFERS = 1 << 4;
        /// Read the inbox, the voices and the timelines.
        const READ_DESK = 1 << 5;
        /// Write down what somebody said, or answered, by telephone or at the door.
        const TAKE_WORDS = 1 << 6;
        /// List, edit, decline, merge, reopen.
        const KEEP_LIST = 1 << 7;
        /// Dispatch and withdraw tasks.
        const DISPATCH = 1 << 8;
        /// Uncover a contact, with a reason, on the record.
        const REVEAL = 1 << 9;
        /// Invite, give and take roles, switch off, hand over.
        const KEEP_PEOPLE = 1 << 10;
        /// Read who did what, over all matters.
        const READ_LOG = 1 << 11;
        /// Decide for the communities below.
        const OVERSEE = 1 << 12;
        /// Erase somebody's words on her behalf.
        const ERASE = 1 << 15;
        /// Give and take every role, and not only those that may no more than one's own.
        const GIVE_ANY = 1 << 14;
        /// What only the server itself does: jobs, import, setting up.
        const OPERATE = 1 << 13;
    }
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 9] = [
        Role::Volunteer,
        Role::GridWorker,
        Role::Contractor,
        Role::DutyOfficer,
        Role::Dispatcher,
        Role::Secretary,
        Role::TownOfficer,
        Role::Auditor,
        Role::Administrator,
    ];

    /// The stored code, part of the API, and the Fluent key `role-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Role::Volunteer => "volunteer",
            Role::GridWorker => "grid_worker",
            Role::Contractor => "contractor",
            Role::DutyOfficer => "duty_officer",
            Role::Dispatcher => "dispatcher",
            Role::Secretary => "secretary",
            Role::TownOfficer => "town_officer",
            Role::Auditor => "auditor",
            Role::Administrator => "administrator",
        }
    }
    /// From a stored code.
    pub fn from_code(code: &str) -> Option<Role> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
    /// What this role may do where it holds. This is the one table.
    pub fn may(self) -> Permission {
        use Permission as P;
        let hands = P::SIGNED_IN | P::DO_TASKS;
        let desk = hands | P::TAKE_OFFERS | P::READ_DESK | P::TAKE_WORDS | P::REVEAL;
        let list = desk | P::KEEP_LIST | P::DISPATCH;
        match self {
            Role::Volunteer => hands | P::TAKE_OFFERS,
            Role::GridWorker => hands | P::TAKE_OFFERS | P::TAKE_WORDS,
            Role::Contractor => hands,
            Role::DutyOfficer => desk,
            Role::Dispatcher => list,
            Role::Secretary => list | P::KEEP_PEOPLE | P::ERASE,
            Role::TownOfficer => P::SIGNED_IN | P::READ_DESK | P::READ_LOG | P::OVERSEE,
            Role::Auditor => P::SIGNED_IN | P::READ_DESK | P::READ_LOG,
            Role::Administrator => P::SIGNED_IN | P::KEEP_PEOPLE | P::GIVE_ANY,
        }
    }
    /// True for a role that looks after other people's accounts.
    pub fn keeps_people(self) -> bool {
        self.may().contains(Permission::KEEP_PEOPLE)
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
        /// Roles by area.
        wide: Vec<(AreaId, Role)>,
    },
    /// The server itself: jobs, import, setting up.
    System,
}

impl Actor {
    /// Somebody with roles in communities alone.
    pub fn person_with(id: PersonId, roles: Vec<(CommunityId, Role)>) -> Self {
        Actor::Person { id, roles, wide: Vec::new() }
    }
    /// The account, if somebody is signed in.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Actor::Person { id, .. } => Some(*id),
            Actor::Resident | Actor::System => None,
        }
    }
    /// The one permission check: what this actor may do in `place`.
    pub fn may(&self, place: &CommunityView) -> Permission {
        let everybody = Permission::EVERYBODY | Permission::HOLD_RECEIPT;
        match self {
            Actor::Resident => everybody,
            Actor::System => Permission::all(),
            Actor::Person { roles, wide, .. } => {
                let here = roles.iter().filter(|(community, _)| *community == place.id).map(|(_, role)| role);
                let above = wide.iter().filter(|(area, _)| place.areas.contains(area)).map(|(_, role)| role);
                here.chain(above).fold(everybody | Permission::SIGNED_IN, |may, role| may | role.may())
            }
        }
    }
    /// True for whoever can see personal data of more than one community, or looks after accounts: a password alone is
    /// not enough for them. (GB/T 22239 asks it of administrators.)
    pub fn needs_second_factor(&self) -> bool {
        let Actor::Person { roles, wide, .. } = self else { return false };
        let sees = |role: &Role| role.may().intersects(Permission::READ_DESK | Permission::REVEAL);
        let mut places: Vec<CommunityId> =
            roles.iter().filter(|(_, role)| sees(role)).map(|(place, _)| *place).collect();
        places.sort_unstable();
        places.dedup();
        let administers = roles.iter().any(|(_, role)| *role == Role::Administrator);
        places.len() > 1 || administers || wide.iter().any(|(_, role)| sees(role) || role.keeps_people())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: i64, areas: &[i64]) -> CommunityView {
        CommunityView {
            id: CommunityId::new(id),
            areas: areas.iter().map(|area| AreaId::new(*area)).collect(),
            ..CommunityView::instance()
        }
    }

    #[test]
    fn a_role_holds_in_its_own_community_only() {
        let (here, there) = (place(1, &[5]), place(2, &[5]));
        let actor = Actor::person_with(PersonId::new(9), vec![(here.id, Role::Dispatcher)]);
        assert!(actor.may(&here).contains(Permission::KEEP_LIST | Permission::DISPATCH));
        assert_eq!(actor.may(&there), Permission::EVERYBODY | Permission::HOLD_RECEIPT | Permission::SIGNED_IN);
    }

    #[test]
    fn a_role_at_an_area_holds_for_what_lies_under_it() {
        let (town, county, other) = (place(1, &[7, 5]), place(2, &[8, 5]), place(3, &[6]));
        let of = |area| Actor::Person {
            id: PersonId::new(9),
            roles: vec![],
            wide: vec![(AreaId::new(area), Role::TownOfficer)],
        };
        assert!(of(5).may(&town).contains(Permission::OVERSEE) && of(5).may(&county).contains(Permission::OVERSEE));
        assert!(of(7).may(&town).contains(Permission::OVERSEE) && !of(7).may(&county).contains(Permission::OVERSEE));
        assert!(!of(5).may(&other).contains(Permission::READ_DESK));
        assert!(!of(5).may(&CommunityView::instance()).contains(Permission::READ_DESK));
    }

    #[test]
    fn only_the_server_operates() {
        let here = place(1, &[]);
        for role in Role::ALL {
            assert!(!role.may().contains(Permission::OPERATE));
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        assert!(!Actor::Resident.may(&here).intersects(Permission::SIGNED_IN | Permission::READ_DESK));
        assert!(Actor::System.may(&here).contains(Permission::OPERATE));
    }

    #[test]
    fn duties_are_kept_apart() {
        let changes = Permission::KEEP_LIST | Permission::DISPATCH | Permission::TAKE_WORDS | Permission::KEEP_PEOPLE;
        assert!(!Role::Auditor.may().intersects(changes | Permission::REVEAL));
        let words = Permission::READ_DESK | Permission::REVEAL | Permission::READ_LOG;
        assert!(!Role::Administrator.may().intersects(words));
        assert!(!Role::Contractor.may().intersects(words | Permission::TAKE_OFFERS));
    }

    #[test]
    fn whoever_sees_more_than_one_community_needs_a_second_factor() {
        let of = |roles: &[(i64, Role)], wide: &[Role]| Actor::Person {
            id: PersonId::new(9),
            roles: roles.iter().map(|(place, role)| (CommunityId::new(*place), *role)).collect(),
            wide: wide.iter().map(|role| (AreaId::new(5), *role)).collect(),
        };
        for (roles, wide, needs) in [
            (vec![(1, Role::Dispatcher)], vec![], false),
            (vec![(1, Role::Dispatcher), (1, Role::Secretary)], vec![], false),
            (vec![(1, Role::Dispatcher), (2, Role::DutyOfficer)], vec![], true),
            (vec![(1, Role::Volunteer), (2, Role::Volunteer)], vec![], false),
            (vec![(1, Role::Administrator)], vec![], true),
            (vec![], vec![Role::TownOfficer], true),
            (vec![], vec![Role::Volunteer], false),
        ] {
            assert_eq!(of(&roles, &wide).needs_second_factor(), needs, "{roles:?} {wide:?}");
        }
    }
}
