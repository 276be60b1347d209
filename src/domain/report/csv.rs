//! A report as a spreadsheet reads it.

use super::Report;

const HEAD: [&str; 7] = ["section", "point", "row", "row_2", "now", "before", "note"];

/// One line for each row of each table, after lines about the period, the log and what is certified.
pub(super) fn written(report: &Report) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut line = |cells: [&str; 7]| {
        // Writing into memory does not fail, and every line has as many cells as the first.
        let _ = writer.write_record(cells);
    };
    line(HEAD);
    let (period, before) = (report.period, report.before);
    let days = [period.from, period.to, before.from, before.to].map(|day| day.to_string());
    let [from, to, before_from, before_to] = days.each_ref().map(String::as_str);
    line(["period", "", "from", "", from, before_from, ""]);
    line(["period", "", "to", "", to, before_to, ""]);
    line(["log", "12", "entries", "", &report.log.entries.to_string(), "", ""]);
    line(["log", "12", "root", "", &report.log.root, "", ""]);
    line(["log", "12", "last_at", "", &report.log.last_at, "", ""]);
    line(["log", "12", "through", "", &report.log.through.to_string(), "", ""]);
    line(["nil", "11", "federal_immigration", "", &report.nil.federal_immigration.to_string(), "", ""]);
    line(["nil", "11", "from_outside", "", &report.nil.from_outside.to_string(), "", ""]);
    for table in &report.tables {
        let note = if table.section.is_exact() { "exact" } else { "in whole fives" };
        for row in &table.rows {
            let word = |place: usize| row.words.get(place).map_or("", String::as_str);
            let before = row.before.map(|before| before.to_string()).unwrap_or_default();
            let (now, point) = (row.now.to_string(), table.point.to_string());
            line([table.section.as_str(), &point, word(0), word(1), &now, &before, note]);
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
