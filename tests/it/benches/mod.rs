//! What benchmarks reckon with, checked against what is known of queues.

mod queue;
