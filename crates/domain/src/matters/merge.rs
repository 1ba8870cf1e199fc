//! Merge (并案): many voices, one matter. The number that is merged away stays and says where it went.
//!
//! Never an open voice under a red entry: the target has to be open. No cycles and no chains: what was merged away is
//! no target, and what others were merged into keeps them.

use crate::audit::{Event, Kind};
use crate::matters::{Matter, MatterRefusal, Stage, Step};
use crate::time::Timestamp;

/// `source` becomes part of `target`; answers both afterwards and what happened.
///
/// `source_parts` counts all parts of the source, closed ones too.
pub fn merge(
    source: Matter,
    source_parts: i64,
    target: Matter,
    now: Timestamp,
) -> Result<(Matter, Matter, Event), MatterRefusal> {
    if source.id == target.id {
        return Err(MatterRefusal::IntoItself);
    }
    if source_parts > 0 || source.parent.is_some() {
        return Err(MatterRefusal::TooDeep);
    }
    let Some(number) = target.number else {
        return Err(MatterRefusal::TargetNotOpen);
    };
    // While people are being asked about finished work, a new voice would be asked about work it has never seen.
    if !matches!(target.stage, Stage::Listed | Stage::Working | Stage::Disputed) {
        return Err(MatterRefusal::TargetNotOpen);
    }
    let source = source.step(Step::Merge, now)?;
    let event = Event::of_matter(Kind::MatterMerged, source.id).about(target.id.raw()).with("into", number);
    Ok((source, target, event))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{CommunityId, MatterId};
    use crate::matters::{MatterNumber, Round};

    fn matter(id: i64, stage: Stage) -> Matter {
        Matter {
            community: CommunityId::new(1),
            id: MatterId::new(id),
            number: (stage != Stage::Received && stage != Stage::Declined).then_some(MatterNumber::new(id)),
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
    fn every_pair_of_stages() {
        let now = Timestamp::from_us(9);
        for from in Stage::ALL {
            for into in Stage::ALL {
                let merged = merge(matter(1, *from), 0, matter(2, *into), now);
                let source_may = matches!(from, Stage::Received | Stage::Listed | Stage::Disputed);
                let target_may = matches!(into, Stage::Listed | Stage::Working | Stage::Disputed);
                assert_eq!(merged.is_ok(), source_may && target_may, "{from:?} into {into:?}");
                if let Ok((source, target, _)) = merged {
                    assert_eq!((source.stage, target.stage), (Stage::Merged, *into));
                    assert_eq!(source.number, matter(1, *from).number, "the number stays");
                }
            }
        }
    }

    #[test]
    fn no_cycles_no_chains_no_lost_parts() {
        let now = Timestamp::from_us(9);
        let listed = |id| matter(id, Stage::Listed);
        assert_eq!(merge(listed(1), 0, listed(1), now), Err(MatterRefusal::IntoItself));
        assert_eq!(merge(listed(1), 2, listed(2), now), Err(MatterRefusal::TooDeep));
        let part = Matter { parent: Some(MatterId::new(9)), ..listed(1) };
        assert_eq!(merge(part, 0, listed(2), now), Err(MatterRefusal::TooDeep));
    }
}
