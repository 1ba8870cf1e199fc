//! Files that no photo shows any more: of what was erased, and of commands that were refused after their pictures had
//! been written.

use std::time::{Duration, SystemTime};

use linli_store::{Fault, Stop, Work, attachments};

use crate::App;
use crate::command::Denied;

/// A file this young may belong to a command that is still on its way.
const YOUNG: Duration = Duration::from_secs(15 * 60);

struct Uses {
    digest: String,
}

impl Work for Uses {
    type Out = i64;
    fn name(&self) -> &'static str {
        "uses-of-a-file"
    }
    async fn run(&self, tx: &linli_store::Tx) -> Result<i64, Stop> {
        Ok(attachments::uses(tx, &self.digest).await?.first().map_or(0, |row| row.0))
    }
}

/// Deletes files that no photo shows; answers how many.
pub async fn sweep(app: &App) -> Result<usize, Denied> {
    sweep_before(app, SystemTime::now() - YOUNG).await
}

/// Deletes files that no photo shows and that were last kept before a moment.
pub async fn sweep_before(app: &App, moment: SystemTime) -> Result<usize, Denied> {
    let files = app.files.clone();
    let names = tokio::task::spawn_blocking(move || files.kept_before(moment));
    let names = names.await.map_err(|e| Fault::Bug(e.to_string()))??;
    let mut gone = 0;
    for digest in names {
        if app.store.read(Uses { digest: digest.clone() }).await? == 0 && app.files.forget(&digest, moment)? {
            gone += 1;
        }
    }
    Ok(gone)
}
