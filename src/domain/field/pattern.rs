//! Catalogue names with wildcards, and which of two says more about a field.
//!
//! Must never match a request that itself holds `*`: such a request is spread out into fields first.

use std::cmp::Ordering;

/// One segment of a pattern. The order puts the more specific first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Literal(Box<str>),
    Any,
}

/// A normalised catalogue name. `*` stands for one segment, as the last segment for one or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    segments: Vec<Segment>,
}

impl Pattern {
    pub(super) fn new(normalised: &str) -> Self {
        let segment = |text: &str| if text == "*" { Segment::Any } else { Segment::Literal(text.into()) };
        Self { segments: normalised.split('.').map(segment).collect() }
    }

    pub(super) fn is_wildcard(&self) -> bool {
        self.segments.contains(&Segment::Any)
    }

    /// Nothing but `*`: it would judge fields that nobody has looked at.
    pub(super) fn is_catch_all(&self) -> bool {
        self.segments.iter().all(|segment| *segment == Segment::Any)
    }

    /// Whether the pattern judges the field called `name`.
    pub(super) fn matches(&self, name: &str) -> bool {
        let mut asked = name.split('.');
        let in_step = self.segments.iter().all(|segment| asked.next().is_some_and(|text| segment.covers(text)));
        let is_open_ended = self.segments.last() == Some(&Segment::Any);
        in_step && (is_open_ended || asked.next().is_none())
    }

    /// Whether what the pattern judges lies inside the container called `name`.
    pub(super) fn lies_beneath(&self, name: &str) -> bool {
        let mut segments = self.segments.iter();
        let in_step = name.split('.').all(|text| segments.next().is_some_and(|segment| segment.covers(text)));
        in_step && segments.next().is_some()
    }

    /// The more specific first: segment by segment from the left a literal beats `*`, then the longer pattern wins.
    pub(super) fn by_specificity(&self, other: &Self) -> Ordering {
        let shape = |segment: &Segment| *segment == Segment::Any;
        let by_shape = self.segments.iter().map(shape).zip(other.segments.iter().map(shape));
        let first_difference = by_shape.map(|(ours, theirs)| ours.cmp(&theirs)).find(|order| order.is_ne());
        first_difference.unwrap_or_else(|| other.segments.len().cmp(&self.segments.len()))
    }
}

impl Segment {
    fn covers(&self, text: &str) -> bool {
        match self {
            Self::Literal(literal) => **literal == *text,
            Self::Any => true,
        }
    }
}
