//! Time as the rules see it: an instant in UTC, and a civil day in China's one time zone.
//!
//! The zone of the machine never decides a day: 00:30 on New Year's Day is in the new year on every host.

use jiff::civil;
use jiff::tz::{self, TimeZone};

/// China keeps one zone and no summer time, so a fixed offset is exact from 1992 on.
const ZONE: TimeZone = TimeZone::fixed(tz::offset(8));
const DAY_US: i64 = 86_400_000_000;

/// An instant, in microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Later than every instant that is ever stored: the sentinel of sort keys that would otherwise be NULL.
    pub const NEVER: Timestamp = Timestamp(i64::MAX);

    /// From stored microseconds.
    pub const fn from_us(us: i64) -> Self {
        Self(us)
    }
    /// Microseconds, for columns named `_at_us`.
    pub const fn us(self) -> i64 {
        self.0
    }
    /// From a local civil time such as `2026-01-01 00:30:00`, or an RFC 3339 instant with its own zone.
    /// `None` when the text is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(at) = text.parse::<jiff::Timestamp>() {
            return Some(Self(at.as_microsecond()));
        }
        let local: civil::DateTime = text.replace('/', "-").parse().ok()?;
        Some(Self(ZONE.to_timestamp(local).ok()?.as_microsecond()))
    }
    /// The instant `days` whole days (of 24 hours) later; stays within range.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY_US)))
    }
    /// The instant `us` microseconds later; stays within range.
    #[must_use]
    pub fn plus_us(self, us: i64) -> Self {
        Self(self.0.saturating_add(us))
    }
    /// The civil day in China.
    pub fn day(self) -> Day {
        Day(self.local().date())
    }
    /// `2026-02-03 09:05`, local.
    pub fn minute(self) -> String {
        self.local().strftime("%Y-%m-%d %H:%M").to_string()
    }
    /// RFC 3339 with the offset of China, for JSON.
    pub fn rfc3339(self) -> String {
        self.local().strftime("%Y-%m-%dT%H:%M:%S+08:00").to_string()
    }
    fn local(self) -> civil::DateTime {
        let at = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::MAX);
        ZONE.to_datetime(at)
    }
}

/// A civil day in China, written `2026-06-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(civil::Date);

impl Day {
    /// From `2026-06-30`; only that spelling, and only days that exist.
    pub fn parse(text: &str) -> Option<Self> {
        let day: civil::Date = text.trim().parse().ok()?;
        (1990..=2200).contains(&day.year()).then_some(Self(day))
    }
    /// Days since 1970-01-01, for the store.
    pub fn number(self) -> i64 {
        let epoch = civil::date(1970, 1, 1);
        i64::from(epoch.until(self.0).map_or(0, |span| span.get_days()))
    }
    /// From a stored day number.
    pub fn from_number(number: i64) -> Self {
        let epoch = civil::date(1970, 1, 1);
        let span = jiff::Span::new().try_days(number.clamp(-200_000, 200_000)).unwrap_or_default();
        Self(epoch.checked_add(span).unwrap_or(epoch))
    }
    /// The calendar year.
    pub fn year(self) -> i16 {
        self.0.year()
    }
    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }
    /// The day of the month, from 1.
    pub fn of_month(self) -> i8 {
        self.0.day()
    }
    /// The day `days` later (or earlier, when negative).
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self::from_number(self.number() + days)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! as_text {
    ($type:ty, $write:expr, $read:expr, $format:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                let write: fn($type) -> String = $write;
                s.serialize_str(&write(*self))
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                <$type>::parse(&text).ok_or_else(|| serde::de::Error::custom(concat!("not a ", $format)))
            }
        }
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                <String as utoipa::PartialSchema>::schema()
            }
        }
        impl utoipa::ToSchema for $type {}
    };
}
as_text!(Timestamp, |at| at.rfc3339(), parse, "date-time");
as_text!(Day, |day| day.to_string(), parse, "date");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_year_is_in_the_new_year_whatever_the_host_says() {
        let at = Timestamp::parse("2026-01-01 00:30:00").expect("local time");
        assert_eq!((at.minute().as_str(), at.day().year()), ("2026-01-01 00:30", 2026));
        let utc = Timestamp::parse("2026-02-03T01:05:00Z").expect("instant");
        assert_eq!(utc.minute(), "2026-02-03 09:05");
        assert_eq!(utc.rfc3339(), "2026-02-03T09:05:00+08:00");
    }

    #[test]
    fn days_round_trip_and_reject_what_is_no_day() {
        for text in ["1990-01-01", "2024-02-29", "2026-06-30", "2199-12-31"] {
            let day = Day::parse(text).expect(text);
            assert_eq!(Day::from_number(day.number()).to_string(), text);
        }
        for text in ["2025-02-29", "2026-13-01", "", "明天", "1026-01-01", "2026-6-30T"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert_eq!(Day::parse("2026-12-31").map(|d| d.plus(1).to_string()), Some("2027-01-01".into()));
    }

    #[test]
    fn the_sentinel_and_the_far_future_never_panic() {
        assert!(!Timestamp::NEVER.minute().is_empty());
        assert_eq!(Timestamp::NEVER.plus_days(1), Timestamp::NEVER);
    }
}
