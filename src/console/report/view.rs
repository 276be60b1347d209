//! A report as a page shows it: parts by the points of the reporting duties, tables with everything said, charts.

use super::chart::Chart;
use super::{said, summary};
use crate::domain::report::{Report, Section, Shown, Table};
use crate::i18n::Tongue;

/// Tables that are drawn, too. The others are lists to look things up in.
const DRAWN: [Section; 5] =
    [Section::Requesters, Section::Months, Section::Outcomes, Section::ClassFields, Section::Stores];

/// What people call the record store of an id.
pub(super) type StoreName<'n> = &'n dyn Fn(&str) -> String;

/// The tables of one point.
pub(super) struct Part {
    /// The point.
    pub(super) point: u8,
    /// Its title.
    pub(super) title: String,
    /// Its tables.
    pub(super) tables: Vec<SpokenTable>,
}

/// A table with everything said.
pub(super) struct SpokenTable {
    /// Its id on the page.
    pub(super) id: String,
    /// What it is about.
    pub(super) caption: String,
    /// What its first columns are called.
    pub(super) heads: Vec<String>,
    /// Its rows.
    pub(super) rows: Vec<SpokenRow>,
    /// Whether there is a column for the period before.
    pub(super) is_compared: bool,
    /// The same figures, drawn.
    pub(super) chart: Option<Chart>,
}

/// A row with everything said.
pub(super) struct SpokenRow {
    /// What it is called, in as many columns as the table has heads.
    pub(super) names: Vec<String>,
    /// Its figure.
    pub(super) now: String,
    /// That of the period before.
    pub(super) before: String,
}

/// The parts, in the order of the points.
pub(super) fn parts(report: &Report, tongue: Tongue, store: StoreName<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for table in &report.tables {
        let spoken = spoken(table, tongue, store);
        match parts.last_mut().filter(|part| part.point == table.point) {
            Some(part) => part.tables.push(spoken),
            None => parts.push(Part {
                point: table.point,
                title: tongue.say(&format!("report-part-{}", table.point)),
                tables: vec![spoken],
            }),
        }
    }
    parts
}

/// A table, said.
fn spoken(table: &Table, tongue: Tongue, store: StoreName<'_>) -> SpokenTable {
    let section = table.section;
    let key = section.as_str().replace('_', "-");
    let columns = table.rows.iter().map(|row| row.words.len()).max().unwrap_or(1).max(1);
    let heads = (1..=columns).map(|column| tongue.say(&format!("report-head-{key}-{column}"))).collect();
    let mut rows: Vec<_> = table.rows.iter().map(|row| (said::row(tongue, section, &row.words, store), row)).collect();
    if !section.is_series() && columns == 1 {
        // The largest first; what is equal stays in the order of the words. Rows of two words stay together by the first.
        rows.sort_by_key(|(_, row)| std::cmp::Reverse(weight(row.now)));
    }
    let drawn: Vec<_> = rows
        .iter()
        .map(|(names, row)| (names.join(" · "), said::figure(tongue, row.now), row.now, row.before))
        .collect();
    let spoken_row = |(names, row): (Vec<String>, &crate::domain::report::Row)| SpokenRow {
        names,
        now: said::figure(tongue, row.now),
        before: row.before.map(|before| said::figure(tongue, before)).unwrap_or_default(),
    };
    SpokenTable {
        id: format!("table-{key}"),
        caption: tongue.say(&format!("report-table-{key}")),
        heads,
        is_compared: !section.is_series(),
        chart: DRAWN.contains(&section).then(|| Chart::of(&drawn)).flatten(),
        rows: rows.into_iter().map(spoken_row).collect(),
    }
}

const fn weight(shown: Shown) -> i64 {
    match shown {
        Shown::None | Shown::Within(_) => 0,
        Shown::Few => 1,
        Shown::About(number) | Shown::Exact(number) => number,
    }
}

/// The report in plain text, for a terminal or a letter.
#[must_use]
pub fn text(report: &Report, tongue: Tongue) -> String {
    let days = |span: crate::domain::report::Span| {
        let days = [("from", tongue.day(span.from).into()), ("to", tongue.day(span.to).into())];
        tongue.say_with("report-period", days)
    };
    let mut lines = vec![tongue.say("report-title"), days(report.period), String::new()];
    if report.log.through < report.period.to {
        lines.push(tongue.say_with("report-not-over", [("day", tongue.day(report.log.through).into())]));
    }
    lines.push(tongue.say_with("report-compared", [("period", days(report.before).into())]));
    lines.extend(summary::nil(report, tongue));
    lines.extend(summary::of(report, tongue));
    for part in parts(report, tongue, &str::to_owned) {
        lines.extend([String::new(), part.title]);
        for table in part.tables {
            lines.extend([String::new(), format!("  {}", table.caption)]);
            if table.rows.is_empty() {
                lines.push(format!("    {}", tongue.say("report-no-rows")));
            }
            for row in table.rows {
                let name = row.names.join(" · ");
                lines.push(format!("    {name:<70} {:>12} {:>12}", row.now, row.before));
            }
        }
    }
    let log = [("entries", report.log.entries.to_string().into()), ("root", report.log.root.clone().into())];
    lines.extend([String::new(), tongue.say("report-rounded"), tongue.say_with("report-log", log)]);
    lines.join("\n") + "\n"
}
