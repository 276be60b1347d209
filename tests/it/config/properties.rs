//! Nothing that an operator can type makes the reader fall over.

use proptest::prelude::*;

use super::Given;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_file_makes_the_reader_panic(text in ".{0,200}") {
        let _loaded_or_not = Given::file(&text).try_load();
    }

    #[test]
    fn no_file_that_is_nearly_right_makes_it_panic(
        section in "(server|database|limits|keys|x|\"\")",
        key in "(url|url_file|workers|fields|master|[a-z\"'.]{1,5})",
        value in "(-?[0-9]{1,25}|0x[0-9a-f]{1,20}|'[^']{0,9}'|\\[\\]|\\{\\}|true|1e9|nan|.{0,9})",
    ) {
        let _loaded_or_not = Given::file(&format!("[{section}]\n{key} = {value}\n")).try_load();
    }

    #[test]
    fn no_environment_makes_the_reader_panic(name in "ZAGUAN__[A-Z_é]{0,12}", value in ".{0,40}") {
        let _loaded_or_not = Given::nothing().env(&name, value).try_load();
    }

    #[test]
    fn what_is_listed_reads_back_as_the_same(fields in 1_usize..=1000, dir in "[ -~é]{1,30}") {
        let given = Given::nothing().env("ZAGUAN__LIMITS__FIELDS", fields.to_string()).env("ZAGUAN__DATA__DIR", dir);
        let listing = given.load().describe().replace("\"(not set)\"", "\"\"");
        let again = Given::file(&listing).load();
        prop_assert_eq!(super::values(&again), super::values(&given.load()));
    }
}
