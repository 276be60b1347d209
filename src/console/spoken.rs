//! What templates hand to a sentence. They hand over references of any depth; these traits look through them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::i18n::Value;

/// A text or a number in a sentence.
pub(super) trait Spoken {
    /// What Fluent takes.
    fn value(&self) -> Value<'static>;
}

impl<T: Spoken + ?Sized> Spoken for &T {
    fn value(&self) -> Value<'static> {
        T::value(self)
    }
}

impl Spoken for str {
    fn value(&self) -> Value<'static> {
        self.to_owned().into()
    }
}

impl Spoken for String {
    fn value(&self) -> Value<'static> {
        self.clone().into()
    }
}

macro_rules! spoken_numbers {
    ($($number:ty),+) => {$(
        impl Spoken for $number {
            fn value(&self) -> Value<'static> {
                (*self).into()
            }
        }
    )+};
}

spoken_numbers!(i32, i64, u32, u64, usize);

/// A whole number by itself.
pub(super) trait Whole {
    /// The number; the largest there is when it is larger still.
    fn whole(&self) -> i64;
}

impl<T: Whole + ?Sized> Whole for &T {
    fn whole(&self) -> i64 {
        T::whole(self)
    }
}

macro_rules! whole_numbers {
    ($($number:ty),+) => {$(
        impl Whole for $number {
            fn whole(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )+};
}

whole_numbers!(i32, i64, u32, u64, usize);

/// An instant, a day, or a stretch of time, by value or by reference.
pub(super) trait Given<T> {
    /// The value.
    fn given(&self) -> T;
}

macro_rules! given {
    ($($time:ty),+) => {$(
        impl Given<$time> for $time {
            fn given(&self) -> $time {
                *self
            }
        }
    )+};
}

given!(DateTime<Utc>, NaiveDate, TimeDelta);

impl<T, G: Given<T> + ?Sized> Given<T> for &G {
    fn given(&self) -> T {
        G::given(self)
    }
}
