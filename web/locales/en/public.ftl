# The page for everybody about the public log.
public-title = The public log
public-brand = Public log
public-lead = Whenever a city application asks for data about a resident, a gatekeeper decides, and the decision is recorded before it is answered. This log lets anybody check that the record was not changed afterwards.
public-checkpoint = The newest checkpoint
public-size = Entries
public-when = Published
public-root = Fingerprint of all entries
public-root-short = The first twelve characters. Anybody who sees other ones at the same number of entries should tell the city, and the press.
public-note = The signed checkpoint, in full
public-none = No checkpoint has been published yet.
public-unreadable = The newest checkpoint cannot be shown just now. Please come back in a while.
public-key = The key to verify it
public-key-means = Compare it with what the city has printed elsewhere: a key from the same page as the checkpoint proves little.
public-get-checkpoint = Get the checkpoint
public-get-key = Get the key
public-witnesses = Who has witnessed it
public-witnesses-means = A witness signs a checkpoint only if it continues the one that it signed before. As long as witnesses are independent of the city, it cannot show different histories to different people unnoticed.
public-witnesses-none = Nobody has been asked to witness this log yet.
public-witness-last = { $count ->
    [one] last signed on { $instant }, with one entry
   *[other] last signed on { $instant }, with { $count } entries
}
public-witness-never = has not signed yet
public-proves = What the log proves
public-proves-kept = No entry under a checkpoint that you hold was changed or dropped since. If one had been, the fingerprints would differ.
public-proves-order = Entries stand in the order in which they were made, and none was slipped in between later.
public-proves-one = Whoever has the receipt of an entry can show what it says, and that it is in the log, to anybody.
public-proves-not = What it does not prove
public-not-complete = That everything is in it: somebody who gets around the gatekeeper leaves no entry.
public-not-true = That what was recorded is true: only that it was recorded, then, and has not changed since.
public-not-alone = Anything, while nobody outside keeps a checkpoint. Please keep one.
public-not-people = Who was asked about: no name, number or word of an entry can be read from the public log.
public-check = Check it yourself, step by step
public-check-lead = The formats are those that software supply chains and the web’s certificates use, described at c2sp.org. None of these tools is ours.
public-check-keep = Get the checkpoint and keep it, with the date. On another day, get another.
public-check-sign = Verify the signature with the key.
public-check-sign-tools = For example with Go’s golang.org/x/mod/sumdb/note, or the Rust crate signed_note.
public-check-entries = Get the entries, 256 in each file; file 1 is 001, and so on. The last file has fewer: its name ends in .p and their number.
public-check-root = Compute the fingerprint of all entries (RFC 6962), and compare it with the checkpoint’s.
public-check-root-tools = For example with Go’s golang.org/x/mod/sumdb/tlog, or the Rust crate ct-merkle.
public-check-later = Do the same for the checkpoint that you kept, with only as many entries as it had then. If its fingerprint comes out, nothing from before was changed.
public-receipt = Verify a receipt
public-receipt-means = A receipt is a short text: an entry, its place, and a signed checkpoint. It can be verified years later, without the city and without a network.
public-receipt-by-hand = By hand: its second line is, in base64, 32 bytes of chance (the nonce) and then the record. The leaf is computed from them like this; the lines after the index lead from there to the fingerprint of the checkpoint (RFC 6962).
public-foot = This page keeps nothing about who reads it.
sign-in-public-log = For everybody: the public log
