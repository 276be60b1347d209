//! Scanned papers for the demonstration: one page of PDF that says that it is fictional.

/// A PDF of one page with this line on it (PDF 32000-1 §7.5): objects, their places, a trailer.
pub(super) fn scan(line: &str) -> Vec<u8> {
    let line: String = line.chars().filter(|c| !matches!(c, '(' | ')' | '\\') && c.is_ascii()).collect();
    let text = format!("BT /F1 18 Tf 72 700 Td (FICTIONAL PAPER: {line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
    ];
    let (mut pdf, mut table) = ("%PDF-1.4\n".to_owned(), String::new());
    for (object, number) in objects.iter().zip(1..) {
        table.extend([format!("{:010} 00000 n \n", pdf.len())]);
        pdf.extend([format!("{number} 0 obj\n{object}\nendobj\n")]);
    }
    let (place, size) = (pdf.len(), objects.len() + 1);
    let rest = format!(
        "xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{place}\n%%EOF\n"
    );
    (pdf + &rest).into_bytes()
}
