//! `zaguan report`.

use tempfile::TempDir;

use super::{err, run, succeed};

#[test]
fn a_report_is_written_in_three_forms_and_two_languages_and_again_byte_for_byte() {
    let dir = TempDir::new().unwrap();
    let period = ["--from", "2020-01-01", "--to", "2020-12-31"];
    let report = |more: &[&str]| succeed(dir.path(), &[&["report"], &period[..], more].concat());
    let json = report(&["--format", "json"]);
    let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(parsed["nil"]["from_outside"], true);
    let entries = parsed["log"]["entries"].to_string();
    assert_eq!(report(&["--format", "json", "--at-index", &entries]), json);
    assert!(report(&["--format", "csv"]).starts_with("section,point,row,row_2,now,before,note\r\n"));
    assert!(report(&[]).contains("Report to the City Council\nJanuary 1, 2020 to December 31, 2020"));
    assert!(report(&["--language", "es"]).contains("Informe al Concejo Municipal"));
    let backwards = run(dir.path(), &["report", "--from", "2020-02-01", "--to", "2020-01-01"]);
    assert_eq!(backwards.status.code(), Some(1));
    assert!(err(&backwards).contains("the last day comes before the first"), "{}", err(&backwards));
    let verified = succeed(dir.path(), &["audit", "verify"]);
    assert!(verified.contains("the tallies of the reports are what the entries add up to"), "{verified}");
}
