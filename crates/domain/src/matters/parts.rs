//! Parts (子事项): a matter that is done in pieces closes only after its pieces.
//!
//! Invariant: no closed parent has an open part. A part cannot be added to what is closed or being asked about, and a
//! reopened part reopens its parent. Two levels are enough.

use crate::audit::{Event, Kind};
use crate::matters::{Matter, MatterRefusal, Stage};

/// `part` becomes a part of `parent`; answers both afterwards and what happened.
///
/// `parts_of_part` counts the parts that `part` has itself.
pub fn attach(
    mut part: Matter,
    parts_of_part: i64,
    mut parent: Matter,
) -> Result<(Matter, Matter, Event), MatterRefusal> {
    if part.id == parent.id {
        return Err(MatterRefusal::IntoItself);
    }
    if parts_of_part > 0 || part.parent.is_some() || parent.parent.is_some() {
        return Err(MatterRefusal::TooDeep);
    }
    let Some(number) = parent.number else {
        return Err(MatterRefusal::TargetNotOpen);
    };
    if !matches!(parent.stage, Stage::Listed | Stage::Working | Stage::Disputed) {
        return Err(MatterRefusal::TargetNotOpen);
    }
    if part.number.is_none() {
        return Err(MatterRefusal::NotListed);
    }
    if !part.stage.is_open() {
        return Err(MatterRefusal::Closed);
    }
    part.parent = Some(parent.id);
    parent.open_parts += 1;
    let event = Event::of_matter(Kind::MatterAttached, part.id).about(parent.id.raw()).with("parent", number);
    Ok((part, parent, event))
}

/// What a part's change of stage does to its parent's count of open parts: -1, 0 or 1.
pub fn change(before: Stage, after: Stage) -> i64 {
    i64::from(after.is_open()) - i64::from(before.is_open())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{CommunityId, MatterId};
    use crate::matters::{MatterNumber, Round};
    use crate::time::Timestamp;

    fn matter(id: i64, stage: Stage) -> Matter {
        Matter {
            community: CommunityId::new(1),
            id: MatterId::new(id),
            number: (stage != Stage::Received).then_some(MatterNumber::new(id)),
            stage,
            round: Round::FIRST,
            version: 1,
            parent: None,
            open_parts: 0,
            live_tasks: 0,
            done_tasks: 0,
            stage_at: Timestamp::from_us(0),
        }
    }

    #[test]
    fn a_part_joins_only_what_is_open_and_not_being_asked_about() {
        for of in Stage::ALL {
            for to in Stage::ALL {
                let joined = attach(matter(1, *of), 0, matter(2, *to));
                let part_may = of.is_open() && *of != Stage::Received;
                let parent_may = matches!(to, Stage::Listed | Stage::Working | Stage::Disputed);
                assert_eq!(joined.is_ok(), part_may && parent_may, "{of:?} to {to:?}");
            }
        }
    }

    #[test]
    fn two_levels_and_no_circles() {
        let listed = |id| matter(id, Stage::Listed);
        assert_eq!(attach(listed(1), 0, listed(1)), Err(MatterRefusal::IntoItself));
        assert_eq!(attach(listed(1), 1, listed(2)), Err(MatterRefusal::TooDeep));
        let deep = Matter { parent: Some(MatterId::new(3)), ..listed(2) };
        assert_eq!(attach(listed(1), 0, deep), Err(MatterRefusal::TooDeep));
    }

    #[test]
    fn open_parts_hold_the_parent_back() {
        let (_, parent, _) = attach(matter(1, Stage::Working), 0, matter(2, Stage::Working)).expect("open");
        let done = Matter { done_tasks: 1, ..parent };
        let (held, event) = done.settle(Timestamp::from_us(1)).expect("settles");
        assert_eq!((held.stage, event), (Stage::Working, None));
        let closed = change(Stage::Awaiting, Stage::Confirmed);
        let free = Matter { open_parts: held.open_parts + closed, ..held };
        assert_eq!(free.settle(Timestamp::from_us(1)).expect("settles").0.stage, Stage::Awaiting);
    }
}
