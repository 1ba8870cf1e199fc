//! Communities, areas, groups and categories.

use linli_domain::id::{AreaId, CategoryId, CommunityId, GroupId};

use crate::port::statements;

/// A community, with the name of its area.
pub type CommunityRow = (CommunityId, i64, String, String, String, String, String, String, i64, AreaId);

statements! {
    /// Makes an area unless there is one of that path.
    add_area(id: AreaId, name: &str, parent: Option<AreaId>) -> run =
        "INSERT INTO areas (id, name, parent_id) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
    /// Every area with the one that it lies in.
    areas() -> bounded (AreaId, Option<AreaId>) = "SELECT id, parent_id FROM areas";
    /// The area of a name.
    area(name: &str) -> one (AreaId) = "SELECT id FROM areas WHERE name = $1";
    /// Makes a community; 0 rows when its address word is taken.
    add_community(id: CommunityId, ordinal: i64, slug: &str, area: AreaId, name: &str, duty_name: &str, duty_phone: &str, office: &str, confirm_days: i64) -> run =
        "INSERT INTO communities (id, ordinal, slug, area_id, name, duty_name, duty_phone, office, confirm_days)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (slug) DO NOTHING";
    /// The largest ordinal given out, 0 before the first.
    last_ordinal() -> one (i64) = "SELECT COALESCE(MAX(ordinal), 0) FROM communities";
    /// The community of an address word.
    by_slug(slug: &str) -> one (CommunityId, i64, String, String, String, String, String, String, i64, AreaId) =
        "SELECT c.id, c.ordinal, c.slug, c.name, a.name, c.duty_name, c.duty_phone, c.office, c.confirm_days, c.area_id
         FROM communities c JOIN areas a ON a.id = c.area_id WHERE c.slug = $1";
    /// The community of a receipt's first digits.
    by_ordinal(ordinal: i64) -> one (CommunityId, i64, String, String, String, String, String, String, i64, AreaId) =
        "SELECT c.id, c.ordinal, c.slug, c.name, a.name, c.duty_name, c.duty_phone, c.office, c.confirm_days, c.area_id
         FROM communities c JOIN areas a ON a.id = c.area_id WHERE c.ordinal = $1";
    /// Every community of the instance, in the order of founding.
    communities() -> bounded (CommunityId, i64, String, String, String, String, String, String, i64, AreaId) =
        "SELECT c.id, c.ordinal, c.slug, c.name, a.name, c.duty_name, c.duty_phone, c.office, c.confirm_days, c.area_id
         FROM communities c JOIN areas a ON a.id = c.area_id ORDER BY c.ordinal";
    /// Opens a community's count of numbers.
    open_numbers(tenant: CommunityId) -> run = "INSERT INTO number_heads (tenant_id, last_number) VALUES ($1, 0)";
    /// Adds a group; their ids give the order of the list.
    add_group(id: GroupId, tenant: CommunityId, name: &str) -> run =
        "INSERT INTO groups (id, tenant_id, name) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, name) DO NOTHING";
    /// Adds a category.
    add_category(id: CategoryId, tenant: CommunityId, name: &str) -> run =
        "INSERT INTO categories (id, tenant_id, name) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, name) DO NOTHING";
    /// The groups of a community, in order.
    groups(tenant: CommunityId) -> bounded (GroupId, String) =
        "SELECT id, name FROM groups WHERE tenant_id = $1 ORDER BY id";
    /// The categories of a community, in order.
    categories(tenant: CommunityId) -> bounded (CategoryId, String) =
        "SELECT id, name FROM categories WHERE tenant_id = $1 ORDER BY id";
    /// One group, if it is this community's.
    group(tenant: CommunityId, id: GroupId) -> one (String) =
        "SELECT name FROM groups WHERE tenant_id = $1 AND id = $2";
    /// One category, if it is this community's.
    category(tenant: CommunityId, id: CategoryId) -> one (String) =
        "SELECT name FROM categories WHERE tenant_id = $1 AND id = $2";
}
