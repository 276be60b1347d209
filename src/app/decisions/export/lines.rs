//! Decisions as JSON Lines: the record byte for byte as it was hashed, with what leads from it to the leaf.

use super::Exported;
use crate::domain::record::hex;

/// One line. `SHA-256(0x00 || "zaguan/entry/v1\0" || SHA-256("zaguan/record/v1\0" || nonce || record))` is the leaf.
pub(super) fn line(exported: &Exported) -> Vec<u8> {
    let row = &exported.row;
    let (index, leaf, nonce) = (exported.index, hex(&row.leaf), hex(&row.nonce));
    let before = format!(r#"{{"index":{index},"leaf":"{leaf}","nonce":"{nonce}","record":"#);
    [before.as_bytes(), &row.record, b"}\n"].concat()
}
