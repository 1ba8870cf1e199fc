//! Accounts, roles and sessions.

use linli_domain::id::{AreaId, CommunityId, PersonId};
use linli_domain::people::Role;
use linli_domain::time::Timestamp;

use crate::port::statements;

statements! {
    /// Makes an account; 0 rows when the sign-in name is taken.
    add(id: PersonId, sign_in_name: &str, name: &str, sort_key: &str, password_hash: &str, off_at: Timestamp) -> run =
        "INSERT INTO people (id, sign_in_name, name, sort_key, password_hash, off_at_us)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (sign_in_name) DO NOTHING";
    /// Gives a role in a community.
    add_role(tenant: CommunityId, person: PersonId, role: Role) -> run =
        "INSERT INTO roles (tenant_id, person_id, role) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, person_id, role) DO NOTHING";
    /// Gives a role at an area.
    add_area_role(area: AreaId, person: PersonId, role: Role) -> run =
        "INSERT INTO area_roles (area_id, person_id, role) VALUES ($1, $2, $3) ON CONFLICT (area_id, person_id, role) DO NOTHING";
    /// Roles of a person at areas, with the areas' paths.
    area_roles(person: PersonId) -> bounded (AreaId, Role, String) =
        "SELECT r.area_id, r.role, a.name FROM area_roles r JOIN areas a ON a.id = r.area_id
         WHERE r.person_id = $1 ORDER BY a.name, r.role";
    /// What a sign-in is checked against: account, password hash, off since, sealed second factor.
    by_sign_in_name(name: &str) -> one (PersonId, String, Timestamp, Option<Vec<u8>>) =
        "SELECT id, password_hash, off_at_us, totp FROM people WHERE sign_in_name = $1";
    /// What a change of one's own account is checked against: password hash, sealed second factor, its last step.
    own(person: PersonId) -> one (String, Option<Vec<u8>>, i64) =
        "SELECT password_hash, totp, totp_step FROM people WHERE id = $1";
    /// Roles of a person, with the communities' names.
    roles(person: PersonId) -> bounded (CommunityId, Role, String, String) =
        "SELECT r.tenant_id, r.role, c.slug, c.name FROM roles r JOIN communities c ON c.id = r.tenant_id
         WHERE r.person_id = $1 ORDER BY c.ordinal, r.role";
    /// Begins a session.
    begin_session(id: PersonId, token_mac: &[u8], person: PersonId, seen_at: Timestamp, until: Timestamp, factors: i64) -> run =
        "INSERT INTO sessions (id, token_mac, person_id, seen_at_us, until_us, factors) VALUES ($1, $2, $3, $4, $5, $6)";
    /// The session of a token, while its account is on and neither time is past: account, name, last use, factors, and
    /// whether the account has a second factor.
    session(token_mac: &[u8], seen_after: Timestamp, now: Timestamp) -> one (PersonId, String, Timestamp, i64, Option<Vec<u8>>) =
        "SELECT p.id, p.name, s.seen_at_us, s.factors, p.totp FROM sessions s JOIN people p ON p.id = s.person_id
         WHERE s.token_mac = $1 AND s.seen_at_us > $2 AND s.until_us > $3 AND p.off_at_us > $3";
    /// Sets the second factor, with the step of the code that proved it.
    set_second(totp: Option<&[u8]>, step: i64, person: PersonId) -> run =
        "UPDATE people SET totp = $1, totp_step = $2 WHERE id = $3";
    /// Uses a code of the second factor up; 0 rows when it, or a later one, was used already.
    use_step(step: i64, person: PersonId) -> run =
        "UPDATE people SET totp_step = $1 WHERE id = $2 AND totp_step < $1";
    /// Keeps a recovery code.
    add_recovery(person: PersonId, code_mac: &[u8]) -> run =
        "INSERT INTO recovery_codes (person_id, code_mac) VALUES ($1, $2)";
    /// Uses a recovery code up; 0 rows when it is none.
    use_recovery(person: PersonId, code_mac: &[u8]) -> run =
        "DELETE FROM recovery_codes WHERE person_id = $1 AND code_mac = $2";
    /// Forgets every recovery code.
    forget_recovery(person: PersonId) -> run = "DELETE FROM recovery_codes WHERE person_id = $1";
    /// Sets the password.
    set_password(hash: &str, person: PersonId) -> run = "UPDATE people SET password_hash = $1 WHERE id = $2";
    /// One's own sessions, newest first: id, last use, end, hash of the token.
    sessions(person: PersonId, now: Timestamp) -> bounded (PersonId, Timestamp, Timestamp, Vec<u8>) =
        "SELECT id, seen_at_us, until_us, token_mac FROM sessions WHERE person_id = $1 AND until_us > $2 ORDER BY id DESC";
    /// Ends one of one's own sessions.
    end_own_session(person: PersonId, id: PersonId) -> run = "DELETE FROM sessions WHERE person_id = $1 AND id = $2";
    /// Ends every session of a person but one.
    end_other_sessions(person: PersonId, token_mac: &[u8]) -> run =
        "DELETE FROM sessions WHERE person_id = $1 AND token_mac <> $2";
    /// Notes that a session is in use.
    touch_session(at: Timestamp, token_mac: &[u8]) -> run =
        "UPDATE sessions SET seen_at_us = $1 WHERE token_mac = $2";
    /// Ends a session.
    end_session(token_mac: &[u8]) -> run = "DELETE FROM sessions WHERE token_mac = $1";
    /// Switches an account off and on.
    switch_off(at: Timestamp, person: PersonId) -> run = "UPDATE people SET off_at_us = $1 WHERE id = $2";
    /// Ends every session of a person.
    end_sessions(person: PersonId) -> run = "DELETE FROM sessions WHERE person_id = $1";
    /// Takes a role away.
    take_role(tenant: CommunityId, person: PersonId, role: Role) -> run =
        "DELETE FROM roles WHERE tenant_id = $1 AND person_id = $2 AND role = $3";
    /// Whoever can be given work in a community, by name.
    of_community(tenant: CommunityId, now: Timestamp) -> bounded (PersonId, String, Role, i64) =
        "SELECT p.id, p.name, r.role,
           (SELECT COUNT(*) FROM tasks t WHERE t.tenant_id = $1 AND t.holder_id = p.id AND t.stage IN ('assigned', 'accepted'))
         FROM roles r JOIN people p ON p.id = r.person_id
         WHERE r.tenant_id = $1 AND p.off_at_us > $2 ORDER BY p.sort_key, p.id, r.role";
    /// Everybody with a role in a community, by name: account, name, role, off since.
    roster(tenant: CommunityId) -> bounded (PersonId, String, Role, Timestamp) =
        "SELECT p.id, p.name, r.role, p.off_at_us FROM roles r JOIN people p ON p.id = r.person_id
         WHERE r.tenant_id = $1 ORDER BY p.sort_key, p.id, r.role";
    /// Whether somebody has a role in a community, whatever else.
    has_role(tenant: CommunityId, person: PersonId) -> bounded (Role) =
        "SELECT role FROM roles WHERE tenant_id = $1 AND person_id = $2";
    /// Invites.
    invite(id: PersonId, tenant: CommunityId, token_mac: &[u8], name: &str, role: Role, until: Timestamp) -> run =
        "INSERT INTO invitations (id, tenant_id, token_mac, name, role, until_us) VALUES ($1, $2, $3, $4, $5, $6)";
    /// The invitation of a token that has not run out.
    invitation(tenant: CommunityId, token_mac: &[u8], now: Timestamp) -> one (PersonId, String, Role) =
        "SELECT id, name, role FROM invitations WHERE tenant_id = $1 AND token_mac = $2 AND until_us > $3";
    /// Takes an invitation, once; 0 rows when somebody did.
    take_invitation(tenant: CommunityId, id: PersonId) -> run =
        "DELETE FROM invitations WHERE tenant_id = $1 AND id = $2";
    /// Invitations that nobody took yet.
    invitations(tenant: CommunityId, now: Timestamp) -> bounded (PersonId, String, Role, Timestamp) =
        "SELECT id, name, role, until_us FROM invitations WHERE tenant_id = $1 AND until_us > $2 ORDER BY id";
    /// One person's name, if she works in this community and her account is on.
    in_community(tenant: CommunityId, person: PersonId, now: Timestamp) -> one (String) =
        "SELECT p.name FROM roles r JOIN people p ON p.id = r.person_id
         WHERE r.tenant_id = $1 AND r.person_id = $2 AND p.off_at_us > $3 LIMIT 1";
    /// Sealed second factors of accounts after one.
    seconds_after(after: PersonId, most: i64) -> bounded (PersonId, Option<Vec<u8>>) =
        "SELECT id, totp FROM people WHERE id > $1 AND totp IS NOT NULL ORDER BY id LIMIT $2";
    /// The same second factor, sealed anew.
    reseal_second(totp: Option<&[u8]>, person: PersonId) -> run = "UPDATE people SET totp = $1 WHERE id = $2";
}
