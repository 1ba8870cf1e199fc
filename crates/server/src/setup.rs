//! `linli found` and `linli user add`: the first steps of an instance that is no demo.

use std::path::PathBuf;

use clap::Args;
use linli_app::clock::Clock;
use linli_app::command::{Here, Request};
use linli_app::ids::Randomness;
use linli_app::people::add::{AddPerson, AddPersonInput};
use linli_app::places::found::{FoundCommunity, FoundCommunityInput};
use linli_app::{App, Caller, Denied};
use linli_domain::people::Role;
use linli_store::Settings;
use linli_web::look::words::{Lang, Words};

use crate::data_dir::{DataDir, Lock};
use crate::settings::DataArgs;

/// What `linli found` takes.
#[derive(Debug, Args)]
pub struct FoundArgs {
    /// Where the data is.
    #[command(flatten)]
    data: DataArgs,
    /// The community: docs/examples/community.toml shows one.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// What `linli user add` takes.
#[derive(Debug, Args)]
pub struct UserAddArgs {
    /// Where the data is.
    #[command(flatten)]
    data: DataArgs,
    /// The address word of the community where the role holds.
    #[arg(long, value_name = "SLUG", required_unless_present = "area", conflicts_with = "area")]
    community: Option<String>,
    /// The path of an area; the role then holds for every community under it.
    #[arg(long, value_name = "PATH")]
    area: Option<String>,
    /// The name shown to colleagues.
    #[arg(long)]
    name: String,
    /// The name to sign in with; the shown name without it.
    #[arg(long)]
    sign_in_name: Option<String>,
    /// What this person does.
    #[arg(long, value_parser = Role::ALL.map(Role::code))]
    role: String,
}

/// Founds a community from its file.
pub async fn found(args: FoundArgs) -> Result<(), String> {
    let text = std::fs::read_to_string(&args.file).map_err(|e| format!("{}: {e}", args.file.display()))?;
    let input: FoundCommunityInput = toml::from_str(&text).map_err(|e| format!("{}: {e}", args.file.display()))?;
    let (app, _lock) = open(args.data).await?;
    let slug = input.slug.clone();
    let request = Request::<FoundCommunity>::new(Here {}, input);
    app.execute(&Caller::system(), &App::instance(), request).await.map_err(|denied| told(&denied))?;
    println!("{slug} is founded. Next: linli user add --community {slug} --role dispatcher --name …");
    Ok(())
}

/// Makes an account and prints its password, once.
pub async fn user_add(args: UserAddArgs) -> Result<(), String> {
    let (app, _lock) = open(args.data).await?;
    let place = match &args.community {
        Some(slug) => app.community(slug).await.map_err(|denied| told(&denied))?,
        None => App::instance(),
    };
    let password = password();
    let role = Role::from_code(&args.role).map_or(args.role, |role| role.code().to_owned());
    let sign_in_name = args.sign_in_name.clone();
    let (name, area) = (args.name.clone(), args.area);
    let input = AddPersonInput { name, sign_in_name, password: password.clone(), role, area };
    let request = Request::<AddPerson>::new(Here {}, input);
    app.execute(&Caller::system(), &place, request).await.map_err(|denied| told(&denied))?;
    println!("name      {}\npassword  {password}", args.sign_in_name.unwrap_or(args.name));
    println!("It is shown this once and stored nowhere: pass it on by hand.");
    Ok(())
}

async fn open(args: DataArgs) -> Result<(App, Lock), String> {
    let args = args.with_file()?;
    let data = DataDir::new(&args.data, args.key_file, args.database.as_deref()).map_err(|e| e.to_string())?;
    let lock = data.lock().map_err(|e| e.to_string())?;
    let app = data.open(Settings::default(), Clock::System, Randomness::System).await.map_err(|e| e.to_string())?;
    Ok((app, lock))
}

/// Sixteen letters and digits that nobody mixes up: 80 bits.
fn password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567899";
    let letter = |_| char::from(LETTERS[usize::try_from(Randomness::System.below(32)).unwrap_or(0)]);
    let letters: Vec<char> = (0..16).map(letter).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What was refused, in words.
pub fn told(denied: &Denied) -> String {
    let words = Words::of(Lang::ZhCn);
    match denied {
        Denied::Fields(fields) => {
            let lines = fields.iter().map(|one| format!("{}: {}", one.field, words.refusal(&one.refusal)));
            lines.collect::<Vec<_>>().join("\n")
        }
        Denied::Refused(refusal) => words.refusal(refusal),
        Denied::Fault(fault) => fault.to_string(),
    }
}
