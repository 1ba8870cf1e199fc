//! Communities: finding one by its address word or by a receipt's first digits, and founding one.

pub mod found;
pub mod setup;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use linli_domain::id::AreaId;
use linli_domain::places::{CommunityView, Slug, area_said};
use linli_domain::refusal::CommonRefusal;
use linli_domain::voices::VoiceRefusal;
use linli_domain::voices::receipt::Receipt;
use linli_store::places::{self, CommunityRow};
use linli_store::{Stop, Tx, Work};
use parking_lot::RwLock;

use crate::App;
use crate::command::{Denied, Place};

/// How long a community's row may be remembered: another process may have changed it.
const FRESH: Duration = Duration::from_secs(5);

/// Communities that were asked for lately.
#[derive(Debug, Default)]
pub struct Places {
    by_slug: RwLock<HashMap<String, (Instant, Place)>>,
    by_ordinal: RwLock<HashMap<i64, (Instant, Place)>>,
}

impl App {
    /// The community of an address word.
    pub async fn community(&self, slug: &str) -> Result<Place, Denied> {
        let slug = Slug::parse(slug).map_err(|_| Denied::from(CommonRefusal::NotFound))?;
        if let Some(place) = fresh(&self.places.by_slug, slug.as_str()) {
            return Ok(place);
        }
        let found = self.store.read(Find::Slug(slug.as_str().to_owned())).await?;
        let place = found.ok_or(Denied::from(CommonRefusal::NotFound))?;
        self.places.by_slug.write().insert(slug.as_str().to_owned(), (Instant::now(), Arc::clone(&place)));
        Ok(place)
    }

    /// The community that a receipt's first digits name; an unknown one answers like a wrong receipt.
    pub async fn community_of(&self, receipt: &Receipt) -> Result<Place, Denied> {
        let ordinal = receipt.ordinal();
        if let Some(place) = fresh(&self.places.by_ordinal, &ordinal) {
            return Ok(place);
        }
        let found = self.store.read(Find::Ordinal(ordinal)).await?;
        let place = found.ok_or(Denied::from(VoiceRefusal::NoSuchReceipt))?;
        self.places.by_ordinal.write().insert(ordinal, (Instant::now(), Arc::clone(&place)));
        Ok(place)
    }

    /// Every community of the instance.
    pub async fn communities(&self) -> Result<Vec<Place>, Denied> {
        Ok(self.store.read(All).await?)
    }
}

fn fresh<K, Q>(cache: &RwLock<HashMap<K, (Instant, Place)>>, key: &Q) -> Option<Place>
where
    K: std::borrow::Borrow<Q> + std::hash::Hash + Eq,
    Q: std::hash::Hash + Eq + ?Sized,
{
    let cache = cache.read();
    cache.get(key).filter(|(at, _)| at.elapsed() < FRESH).map(|(_, place)| Arc::clone(place))
}

enum Find {
    Slug(String),
    Ordinal(i64),
}

impl Work for Find {
    type Out = Option<Place>;
    fn name(&self) -> &'static str {
        "find-community"
    }
    async fn run(&self, tx: &Tx) -> Result<Self::Out, Stop> {
        let row = match self {
            Find::Slug(slug) => places::by_slug(tx, slug).await?,
            Find::Ordinal(ordinal) => places::by_ordinal(tx, *ordinal).await?,
        };
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Arc::new(view(row, &tree(tx).await?))))
    }
}

struct All;

impl Work for All {
    type Out = Vec<Place>;
    fn name(&self) -> &'static str {
        "all-communities"
    }
    async fn run(&self, tx: &Tx) -> Result<Self::Out, Stop> {
        let areas = tree(tx).await?;
        Ok(places::communities(tx).await?.into_iter().map(|row| Arc::new(view(row, &areas))).collect())
    }
}

/// Areas, each with the one that it lies in.
type Areas = HashMap<AreaId, Option<AreaId>>;

async fn tree(tx: &Tx) -> Result<Areas, Stop> {
    Ok(places::areas(tx).await?.into_iter().collect())
}

fn view(row: CommunityRow, areas: &Areas) -> CommunityView {
    let (id, ordinal, slug, name, area, duty_name, duty_phone, office, confirm_days, area_id) = row;
    let mut chain = vec![area_id];
    // A circle would be a damaged table, and must not become an endless loop.
    while let Some(Some(above)) = chain.last().and_then(|area| areas.get(area)) {
        if chain.contains(above) {
            break;
        }
        chain.push(*above);
    }
    let area = area_said(&area).to_owned();
    CommunityView { id, ordinal, slug, name, area, areas: chain, duty_name, duty_phone, office, confirm_days }
}
