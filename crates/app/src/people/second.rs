//! The second factor: a code from a clock (TOTP, RFC 6238), or one of ten recovery codes, each of which holds once.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::{CommunityId, PersonId};
use linli_domain::people::{PASSWORD_MAX, PeopleRefusal, Permission};
use linli_domain::refusal::CommonRefusal;
use linli_domain::typed::FieldRefusal;
use linli_store::{Stop, Tx, Work, people};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret, Totp};
use utoipa::ToSchema;

use crate::App;
use crate::command::{Caller, Command, Cx, Denied, Here, Recorded};
use crate::people::sign_in::{SignedIn, begin};
use crate::sealing::{Cell, Purpose};
use crate::tasks::me;

/// Bytes of the secret that a code comes from (RFC 4226 recommends 160 bits).
const SECRET: usize = 20;
/// Recovery codes that are given out.
const RECOVERY_CODES: usize = 10;
/// Signs of a recovery code, from an alphabet of 32: 50 bits, and the brake holds guesses to a few a minute.
const RECOVERY_SIGNS: usize = 10;
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567899";

/// A fresh secret, as apps take it (base 32).
pub fn fresh_secret(app: &App) -> String {
    let mut bytes = [0; SECRET];
    app.random.fill(&mut bytes);
    Secret::from(bytes).to_base32()
}

/// What an app scans: `otpauth://totp/…`.
pub fn address(secret: &str, name: &str) -> String {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).collect();
    format!("otpauth://totp/Linli:{plain}?secret={secret}&issuer=Linli")
}

/// The code of a secret at some second since 1970: what a person's app shows.
pub fn code_at(secret: &str, second: u64) -> Option<String> {
    Some(clock(secret)?.generate(second).to_string())
}

fn clock(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let enough = secret.as_bytes().len() >= SECRET;
    enough.then(|| Builder::new().with_secret(secret).build().ok())?
}

/// The step that a code belongs to, if it is one of now, of the step before or of the step after.
fn step(secret: &str, code: &str, now_us: i64) -> Option<i64> {
    let second = u64::try_from(now_us / 1_000_000).ok()?;
    i64::try_from(clock(secret)?.check(code, second)?).ok()
}

pub(crate) fn cell(person: PersonId) -> Cell {
    Cell { tenant: CommunityId::new(0), column: "people.totp", row: person.raw() }
}

/// What is sent to set up a second factor.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSecondInput {
    /// The secret that the page proposed, in base 32.
    pub secret: String,
    /// The code that the app shows for it.
    pub code: String,
    /// The present password.
    pub password: String,
}

impl std::fmt::Debug for SetSecondInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SetSecondInput").finish_non_exhaustive()
    }
}

/// Sets one's own second factor up, or a new one in place of the old.
#[derive(Debug)]
pub struct SetSecond {
    secret: String,
    code: String,
    password: Option<String>,
}

/// A second factor that is set up.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SecondSet {
    /// The session goes on under this token.
    pub token: String,
    /// For the day when the phone is lost; shown once.
    pub recovery_codes: Vec<String>,
}

impl std::fmt::Debug for SecondSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondSet").finish_non_exhaustive()
    }
}

impl Command for SetSecond {
    const NAME: &'static str = "set-second";
    const MAY: Permission = Permission::SIGNED_IN;
    type At = Here;
    type Input = SetSecondInput;
    type Done = SecondSet;

    fn parse(_: &Here, input: &SetSecondInput) -> Result<Self, Vec<FieldRefusal>> {
        let password = (input.password.chars().count() <= PASSWORD_MAX).then(|| input.password.clone());
        let (secret, code) = (input.secret.clone(), input.code.replace(' ', ""));
        Ok(Self { secret, code, password })
    }

    async fn prepare(&mut self, app: &App, caller: &Caller) -> Result<(), Denied> {
        check_password(app, caller, self.password.take().unwrap_or_default()).await
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<SecondSet>, Stop> {
        let person = me(cx)?;
        let step = step(&self.secret, &self.code, cx.now.us()).ok_or(PeopleRefusal::WrongCode)?;
        let sealed = cx.app.keys.sealer().seal(&cx.app.random, cell(person), &self.secret)?;
        people::set_second(cx.tx, Some(&sealed), step, person).await?;
        people::forget_recovery(cx.tx, person).await?;
        let mut recovery_codes = Vec::with_capacity(RECOVERY_CODES);
        for _ in 0..RECOVERY_CODES {
            let code: String = (0..RECOVERY_SIGNS)
                .map(|_| char::from(ALPHABET[usize::try_from(cx.app.random.below(32)).unwrap_or(0)]))
                .collect();
            people::add_recovery(cx.tx, person, &recovery_mac(cx.app, person, &code)).await?;
            recovery_codes.push(format!("{}-{}", &code[..5], &code[5..]));
        }
        let token = exchange(cx, person).await?;
        let event = Event::of(Kind::SecondFactorSet, person.raw());
        Ok(Recorded::new(SecondSet { token, recovery_codes }, event))
    }
}

/// A session of two factors in place of the one that asks; every other session of one factor ends.
async fn exchange(cx: &Cx<'_>, person: PersonId) -> Result<String, Stop> {
    if let Some(token) = cx.token {
        people::end_session(cx.tx, &cx.app.keys.mac(Purpose::Session, &[token.as_bytes()])).await?;
    }
    begin(cx, person, 2).await
}

fn recovery_mac(app: &App, person: PersonId, code: &str) -> [u8; 32] {
    app.keys.mac(Purpose::Recovery, &[&person.raw().to_be_bytes(), code.as_bytes()])
}

/// What is sent to show the second factor.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowSecondInput {
    /// The code that the app shows, or a recovery code.
    pub code: String,
}

impl std::fmt::Debug for ShowSecondInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShowSecondInput").finish_non_exhaustive()
    }
}

/// Shows the second factor: the session goes on under another token, with all its roles.
#[derive(Debug)]
pub struct ShowSecond {
    code: String,
}

impl Command for ShowSecond {
    const NAME: &'static str = "show-second";
    const MAY: Permission = Permission::SIGNED_IN;
    type At = Here;
    type Input = ShowSecondInput;
    type Done = SignedIn;

    fn parse(_: &Here, input: &ShowSecondInput) -> Result<Self, Vec<FieldRefusal>> {
        let code = input.code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_lowercase();
        Ok(Self { code })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<SignedIn>, Stop> {
        let person = me(cx)?;
        let (_, sealed, _) = people::own(cx.tx, person).await?.ok_or(PeopleRefusal::WrongCode)?;
        let sealed = sealed.ok_or(PeopleRefusal::WrongCode)?;
        let secret = cx.app.keys.sealer().open(cell(person), &sealed)?;
        let used = match step(&secret, &self.code, cx.now.us()) {
            Some(step) => people::use_step(cx.tx, step, person).await?,
            None => people::use_recovery(cx.tx, person, &recovery_mac(cx.app, person, &self.code)).await?,
        };
        if used == 0 {
            return Err(PeopleRefusal::WrongCode.into());
        }
        let token = exchange(cx, person).await?;
        let event = Event::of(Kind::SecondFactorShown, person.raw());
        Ok(Recorded::new(SignedIn { token, person, missing: None }, event))
    }
}

struct Own(PersonId);

impl Work for Own {
    type Out = Option<String>;
    fn name(&self) -> &'static str {
        "own-account"
    }
    async fn run(&self, tx: &Tx) -> Result<Self::Out, Stop> {
        Ok(people::own(tx, self.0).await?.map(|row| row.0))
    }
}

/// Whoever changes an account has to know its password, whatever session is open.
pub(crate) async fn check_password(app: &App, caller: &Caller, typed: String) -> Result<(), Denied> {
    let person = caller.actor.person().ok_or(CommonRefusal::SignInFirst)?;
    let hash = app.store.read(Own(person)).await?;
    if app.hashing.verify(hash, typed).await? {
        return Ok(());
    }
    Err(Denied::Fields(vec![FieldRefusal::new("password", PeopleRefusal::WrongPassword)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, with the last six of its eight figures.
    #[test]
    fn the_known_codes_come_out() {
        let secret = Secret::from(*b"12345678901234567890").to_base32();
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            assert_eq!(code_at(&secret, second).as_deref(), Some(code));
            let now = i64::try_from(second).expect("small") * 1_000_000;
            assert!(step(&secret, code, now).is_some() && step(&secret, code, now + 29_000_000).is_some());
            assert!(step(&secret, code, now + 120_000_000).is_none());
        }
        assert!(step("AAAA", "000000", 0).is_none(), "a short secret is none");
        assert!(step(&secret, "x", 59_000_000).is_none());
    }
}
