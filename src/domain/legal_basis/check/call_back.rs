//! The call to the clerk of the court.
//!
//! Must never count a call on a number that came with the paper: whoever forges a paper answers it.

use super::CheckId;
use super::answer::{Answer, AnswerFault, NumberSource, SettleRules};
use crate::domain::fold::folded;

/// What is wrong with the call to the clerk in an answer to W17.
pub(super) fn call_back_fault(id: CheckId, answer: &Answer, rules: &SettleRules) -> Option<AnswerFault> {
    if id != CheckId::W17 {
        return None;
    }
    let Some(call) = &answer.call_back else {
        return rules.call_back.is_record_required.then_some(AnswerFault::NoCallBack);
    };
    if rules.call_back.numbers_on_paper.iter().any(|number| is_same_number(number, &call.number)) {
        return Some(AnswerFault::NumberOnPaper);
    }
    let is_blank = call.spoken_with.trim().is_empty() || digits_of(&call.number).is_empty();
    match call.number_source {
        NumberSource::CityDirectory if is_blank => Some(AnswerFault::NoCallBack),
        NumberSource::CityDirectory => (call.at > rules.now).then_some(AnswerFault::CallBackInFuture),
        NumberSource::Paper | NumberSource::Other => Some(AnswerFault::NumberSource),
    }
}

/// Whether two texts dial the same telephone. The last ten digits count, so that neither a country code nor an extension
/// hides it.
fn is_same_number(one: &str, other: &str) -> bool {
    let (one, other) = (digits_of(one), digits_of(other));
    let last = |digits: &str| digits.chars().rev().take(SUBSCRIBER_DIGITS).collect::<String>();
    let holds = |long: &str, short: &str| short.len() >= LOCAL_DIGITS && long.contains(short);
    !one.is_empty() && (last(&one) == last(&other) || holds(&one, &other) || holds(&other, &one))
}

/// Digits of a telephone number of North America with its area code, and without.
const SUBSCRIBER_DIGITS: usize = 10;
const LOCAL_DIGITS: usize = 7;

fn digits_of(number: &str) -> String {
    folded(number).chars().filter(char::is_ascii_digit).collect()
}
