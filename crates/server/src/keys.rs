//! `linli key rotate`: a new sealing key, and everything that an older one sealed taken over to it.

use clap::Args;
use linli_app::clock::Clock;
use linli_app::ids::Randomness;
use linli_app::sealing::key_file::Secrets;
use linli_app::sealing::rotate::rotate_keys;
use linli_store::Settings;

use crate::data_dir::DataDir;
use crate::settings::DataArgs;

/// What `linli key rotate` takes.
#[derive(Debug, Clone, Args)]
pub struct RotateArgs {
    /// Where the data is.
    #[command(flatten)]
    data: DataArgs,
}

/// Makes a sealing key and takes every sealed value over to it. Killed in between, it goes on when it is called again.
pub async fn rotate(args: RotateArgs) -> Result<(), String> {
    let told = |fault: linli_app::Fault| fault.to_string();
    let data = DataDir::existing(args.data)?;
    let _lock = data.lock().map_err(told)?;
    // One connection, so that every other one is somebody else's. A server that runs on would go on sealing with the old key.
    let alone = Settings { connections: 1, ..Settings::default() };
    let others = data.open(alone, Clock::System, Randomness::System).await.map_err(told)?.store().others().await;
    if others.map_err(told)? > 0 {
        return Err("somebody else is connected to this database: stop every server of it first".into());
    }
    let before = Secrets::open(data.key_file()).map_err(told)?;
    let kept = before.keep_beside(data.key_file()).map_err(told)?;
    // The new key is on the disk before anything is sealed with it.
    let both = before.with_new_key().map_err(told)?;
    both.replace(data.key_file()).map_err(told)?;
    let app = data.open(Settings::default(), Clock::System, Randomness::System).await.map_err(told)?;
    let rows = rotate_keys(&app).await.map_err(|e| e.to_string())?;
    app.store().scrub().await.map_err(told)?;
    both.newest_alone().replace(data.key_file()).map_err(told)?;
    println!("A new key seals from now on; {rows} sealed values went over to it.");
    println!("The key file of before lies in {}.", kept.display());
    println!("Backups of before open with it alone: keep it where they are, and delete it with the last of them.");
    Ok(())
}
