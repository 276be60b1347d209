//! Bars drawn on the server. Each chart stands above the table of the same figures, which says everything that it shows.

use crate::domain::report::Shown;

/// The widest bar, in the units of the drawing.
const WIDEST: i64 = 300;

/// How tall a row of the drawing is with the bar of the period before, and without it.
const ROW_COMPARED: i64 = 40;
const ROW: i64 = 34;

/// A chart of bars that lie under one another, two for each row: now, and before.
pub(super) struct Chart {
    height: i64,
    /// Its bars.
    pub(super) bars: Vec<Bar>,
}

/// A row of a chart.
pub(super) struct Bar {
    /// What it is about.
    pub(super) label: String,
    /// The figure, as it is read.
    pub(super) figure: String,
    /// Where its label stands.
    pub(super) label_at: i64,
    /// Where its bar begins.
    pub(super) at: i64,
    /// How long its bar is.
    pub(super) width: i64,
    /// Whether the bar stands for too few to show.
    pub(super) is_few: bool,
    /// How long the thin bar of the period before is; none in a series.
    pub(super) before: Option<i64>,
}

impl Bar {
    /// Where the figure stands.
    pub(super) fn figure_at(&self) -> i64 {
        self.width.max(self.before.unwrap_or(0)) + 6
    }
}

impl Chart {
    /// The part of the plane that is shown.
    pub(super) fn view_box(&self) -> String {
        format!("0 0 {} {}", WIDEST + 60, self.height)
    }

    /// The chart of rows: label, figure as it is read, figure now, figure before. None when there is nothing to see.
    pub(super) fn of(rows: &[(String, String, Shown, Option<Shown>)]) -> Option<Self> {
        let numbers = rows.iter().flat_map(|(_, _, now, before)| [Some(*now), *before]).flatten();
        let most = numbers.filter_map(Shown::number).max().filter(|most| *most > 0)?;
        let width = |shown: Shown| match shown.number() {
            Some(number) => (number * WIDEST / most).max(i64::from(number > 0)),
            None => 3,
        };
        let row = if rows.iter().any(|(.., before)| before.is_some()) { ROW_COMPARED } else { ROW };
        let bar = |((label, figure, now, before), place): (&(String, String, Shown, Option<Shown>), i64)| Bar {
            label: label.clone(),
            figure: figure.clone(),
            label_at: place * row + 12,
            at: place * row + 17,
            width: width(*now),
            is_few: *now == Shown::Few,
            before: before.map(width),
        };
        let bars: Vec<Bar> = rows.iter().zip(0..).map(bar).collect();
        Some(Self { height: i64::try_from(bars.len()).unwrap_or(0) * row, bars })
    }
}
