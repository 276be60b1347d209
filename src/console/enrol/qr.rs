//! The second factor as a picture to scan, drawn into the page: no file, no address that holds the secret.

use qrcode::{Color, QrCode};

use crate::http::{Problem, ProblemKind};

/// Blank modules around the code (ISO/IEC 18004 §9.1).
const QUIET: usize = 4;

/// A picture of squares.
pub(super) struct Picture {
    /// Squares along each side, the blank edge included.
    pub(super) side: usize,
    /// The dark squares, as the path of an SVG.
    pub(super) path: String,
}

/// Draws a text.
pub(super) fn draw(text: &str) -> Result<Picture, Problem> {
    let code = QrCode::new(text.as_bytes())
        .map_err(|_| Problem::new(ProblemKind::Unavailable, "the picture cannot be drawn"))?;
    let width = code.width();
    let colors = code.to_colors();
    let dark = colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark);
    let square = |(at, _): (usize, &Color)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    Ok(Picture { side: width + 2 * QUIET, path: dark.map(square).collect() })
}
