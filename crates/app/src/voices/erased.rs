//! The journal of erasures, kept outside the database: an older copy that is put back does not know them.
//!
//! Invariant: an entry that says "erased" leaves the outbox only after its line is on the disk here.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use linli_domain::audit::Kind;
use linli_domain::id::{CommunityId, VoiceId};
use linli_domain::voices::privacy::{Erasing, PrivacyRefusal};
use linli_store::Fault;
use parking_lot::Mutex;

use crate::App;
use crate::command::{Caller, Denied, Request};
use crate::voices::erase::{EraseAgain, EraseVoiceInput};
use crate::voices::record_answer::VoiceAt;

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErasedLine {
    /// The community.
    pub tenant: CommunityId,
    /// The voice.
    pub voice: VoiceId,
    /// What of it.
    pub what: Erasing,
}

/// The file of erasures.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    turn: Mutex<()>,
}

impl Journal {
    /// In this file, which is made with the first erasure.
    pub fn new(path: PathBuf) -> Self {
        Self { path, turn: Mutex::new(()) }
    }
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
    /// Adds lines, on the disk when this returns. A line that is there twice erases once.
    pub(crate) fn add(&self, lines: &[ErasedLine]) -> Result<(), Fault> {
        if lines.is_empty() {
            return Ok(());
        }
        let _turn = self.turn.lock();
        let lines = lines.iter().map(|line| {
            [line.tenant.raw().to_string(), line.voice.raw().to_string(), line.what.code().into()].join(" ") + "\n"
        });
        let text = lines.collect::<String>();
        // A line that a crash cut off is ended first, or the next one would be lost behind it.
        let written = (|| {
            let is_new = !self.path.exists();
            let mut file = std::fs::OpenOptions::new().append(true).create(true).open(&self.path)?;
            file.write_all(format!("\n{text}").as_bytes())?;
            file.sync_all()?;
            let folder = self.path.parent().filter(|folder| is_new && !folder.as_os_str().is_empty());
            folder.map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
        })();
        written.map_err(|e| self.told(&e))
    }
    /// Every line; a last one that was cut off by a crash is of an entry that is told again.
    pub fn lines(&self) -> Result<Vec<ErasedLine>, Fault> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(e) => return Err(self.told(&e)),
        };
        Ok(text.lines().filter_map(parse).collect())
    }
    fn told(&self, error: &std::io::Error) -> Fault {
        Fault::Unavailable(format!("journal of erasures {}: {error}", self.path.display()))
    }
}

fn parse(line: &str) -> Option<ErasedLine> {
    let mut words = line.split(' ');
    let tenant = CommunityId::new(words.next()?.parse().ok()?);
    let voice = VoiceId::new(words.next()?.parse().ok()?);
    let what = Erasing::from_code(words.next()?)?;
    Some(ErasedLine { tenant, voice, what })
}

/// What an entry of this kind erased.
pub(crate) fn erased_by(kind: Kind) -> Option<Erasing> {
    match kind {
        Kind::ConsentWithdrawn => Some(Erasing::Contact),
        Kind::VoiceErased => Some(Erasing::Everything),
        _ => None,
    }
}

/// Erases again all that the journal names and that an older database still has; answers how many.
pub async fn erase_again(app: &App) -> Result<usize, Denied> {
    let lines = app.journal.lines()?;
    let places = app.communities().await?;
    let mut erased = 0;
    for line in lines {
        let Some(place) = places.iter().find(|place| place.id == line.tenant) else { continue };
        let input = EraseVoiceInput { what: line.what.code().to_owned() };
        let request = Request::<EraseAgain>::new(VoiceAt { voice: line.voice }, input);
        match app.execute(&Caller::system(), place, request).await {
            Ok(_) => erased += 1,
            Err(Denied::Refused(refusal)) if is_settled(refusal.code) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(erased)
}

/// There is no such voice in the older database, or nothing left of it.
fn is_settled(code: &str) -> bool {
    let settled: [linli_domain::refusal::Refusal; 3] = [
        PrivacyRefusal::ErasedAlready.into(),
        PrivacyRefusal::NothingThere.into(),
        linli_domain::voices::VoiceRefusal::NoSuchVoice.into(),
    ];
    settled.iter().any(|refusal| refusal.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_back_and_a_cut_one_is_passed_over() {
        let folder = tempfile::tempdir().expect("folder");
        let journal = Journal::new(folder.path().join("data.erased"));
        assert_eq!(journal.lines(), Ok(vec![]));
        let line = |voice, what| ErasedLine { tenant: CommunityId::new(3), voice: VoiceId::new(voice), what };
        let all = [line(5, Erasing::Contact), line(6, Erasing::Everything)];
        journal.add(&all).expect("written");
        std::fs::OpenOptions::new()
            .append(true)
            .open(journal.path())
            .and_then(|mut file| file.write_all(b"3 7 every"))
            .expect("cut off");
        assert_eq!(journal.lines(), Ok(all.to_vec()));
        // The entry is told again: it must not be lost behind what was cut off.
        journal.add(&[line(7, Erasing::Everything)]).expect("told again");
        assert_eq!(journal.lines().map(|lines| lines.len()), Ok(3));
    }
}
