//! What was measured, as a table on the screen and in `bench/results/`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::script::Kind;

/// The lines of the report.
#[derive(Debug, Default)]
pub struct Report {
    lines: Vec<String>,
    aims: Vec<(String, f64, f64, bool)>,
    figures: Vec<Value>,
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

fn percentile_ms(latencies: &[Duration], of_hundred: usize) -> f64 {
    let mut sorted = latencies.to_vec();
    sorted.sort_unstable();
    let at = (sorted.len() * of_hundred / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).map_or(0.0, |one| one.as_secs_f64() * 1_000.0)
}

impl Report {
    /// Nothing measured yet.
    pub fn new() -> Self {
        Self::default()
    }

    fn line(&mut self, line: String) {
        println!("{line}");
        self.lines.push(line);
    }

    /// A rate with its latencies.
    pub fn throughput(&mut self, engine: &str, kind: Kind, how: &str, rates: &[f64], latencies: &[Duration]) {
        let (rate, p50, p99) = (median(rates), percentile_ms(latencies, 50), percentile_ms(latencies, 99));
        let name = kind.name();
        self.line(format!("{engine} {name} {how}: {rate:.0} commands/s, p50 {p50:.2} ms, p99 {p99:.2} ms"));
        self.figures
            .push(json!({"engine": engine, "what": name, "how": how, "per_s": rate, "p50_ms": p50, "p99_ms": p99}));
        if how == "over HTTP" && kind == Kind::Submit && engine == "Sqlite" {
            self.aim(format!("{engine} submit over HTTP, per second"), rate, 5_000.0, true);
        }
    }

    /// The product beside the raw engine of the same run.
    pub fn ratio(&mut self, engine: &str, kind: Kind, product: &[f64], batched: &[f64], single: &[f64]) {
        let (mine, raw) = (median(product), median(batched));
        let limit = if engine == "Sqlite" { "raw, batched commits" } else { "pgbench, same SQL" };
        self.line(format!("{engine} {} {limit}: {raw:.0} commands/s → ratio {:.2}", kind.name(), mine / raw));
        let aim = if engine == "Sqlite" { 0.6 } else { 0.9 };
        self.aim(format!("{engine} {} ÷ {limit}", kind.name()), mine / raw, aim, true);
        if !single.is_empty() {
            let one = median(single);
            self.line(format!(
                "{engine} {} raw, one commit each: {one:.0} commands/s → ratio {:.2}",
                kind.name(),
                mine / one
            ));
            self.aim(format!("{engine} {} ÷ raw, one commit each", kind.name()), mine / one, 2.0, true);
        }
    }

    /// Rows of one round, product and raw; they have to be the same.
    pub fn rows(
        &mut self,
        engine: &str,
        kind: Kind,
        mine: &BTreeMap<&'static str, f64>,
        raw: &BTreeMap<&'static str, f64>,
    ) {
        let told = |rows: &BTreeMap<&'static str, f64>| {
            let some: Vec<String> =
                rows.iter().filter(|(_, n)| **n > 0.01).map(|(table, n)| format!("{table} {n:.1}")).collect();
            some.join(", ")
        };
        self.line(format!("{engine} {} rows a round, product: {}", kind.name(), told(mine)));
        self.line(format!("{engine} {} rows a round, raw:     {}", kind.name(), told(raw)));
        for (table, count) in mine {
            let other = raw.get(table).copied().unwrap_or(0.0);
            assert!(
                (count - other).abs() < 0.2,
                "{table}: the product wrote {count:.2} rows a round, the raw engine {other:.2}"
            );
        }
    }

    /// Memory of the server.
    pub fn memory(&mut self, engine: &str, when: &str, mib: f64) {
        self.line(format!("{engine} server, memory {when}: {mib:.0} MiB"));
        if when == "at rest" && engine == "Sqlite" {
            self.aim("memory at rest, MB".into(), mib, 60.0, false);
        }
    }

    /// Pages in a second.
    pub fn page(&mut self, name: &str, per_s: f64, latencies: &[Duration]) {
        let (p50, p99) = (percentile_ms(latencies, 50), percentile_ms(latencies, 99));
        self.line(format!("{name}: {per_s:.0} pages/s, p50 {p50:.2} ms, p99 {p99:.2} ms"));
        self.figures.push(json!({"page": name, "per_s": per_s, "p50_ms": p50, "p99_ms": p99}));
    }

    /// A figure beside what was promised of it: at least (`more`) or at most.
    pub fn aim(&mut self, name: String, got: f64, wanted: f64, more: bool) {
        self.aims.push((name, got, wanted, more));
    }

    /// Prints the table and writes it.
    pub fn finish(self) {
        let mut table = String::from("\n| figure | measured | to reach | |\n| --- | ---: | ---: | --- |\n");
        for (name, got, wanted, more) in &self.aims {
            let (sign, reached) = if *more { ("≥", got >= wanted) } else { ("≤", got <= wanted) };
            let word = if reached { "reached" } else { "missed" };
            let _ = writeln!(table, "| {name} | {got:.2} | {sign} {wanted} | {word} |");
        }
        println!("{table}");
        let folder = Path::new("bench/results");
        let page = format!(
            "# The last run of `make bench`\n\nTurns of {} s, {} of each, product and raw in turn; medians. {} callers.\n{table}\n## Everything\n\n```\n{}\n```\n",
            crate::TURN.as_secs(),
            crate::TURNS,
            crate::CALLERS,
            self.lines.join("\n")
        );
        let aims: Vec<Value> = self
            .aims
            .iter()
            .map(|(name, got, wanted, more)| json!({"name": name, "got": got, "wanted": wanted, "at_least": more}))
            .collect();
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(folder.join("latest.md"), page))
            .and_then(|()| {
                let all = json!({"aims": aims, "figures": self.figures});
                std::fs::write(folder.join("latest.json"), format!("{all:#}\n"))
            });
        match written {
            Ok(()) => println!("Written to bench/results/latest.md"),
            Err(error) => eprintln!("bench/results was not written: {error}"),
        }
    }
}
