//! System calls of a running process that are made to fail, by `strace`.

use std::fs;
use std::process::{Child, Command, Stdio};

use crate::service::{LONG, signal};
use crate::support::wait::within;

/// Fails calls for as long as it lives.
pub struct Tracer {
    children: Vec<Child>,
}

impl Tracer {
    /// Makes these calls of these processes fail with this error; nothing, said aloud, where that is not possible.
    pub fn inject(ids: &[u32], calls: &str, error: &str) -> Option<Self> {
        let attach = |id: &u32| {
            let mut command = Command::new("strace");
            command.args(["-f", "-qq", "-o", "/dev/null", "-p", &id.to_string(), "-e", &format!("trace={calls}")]);
            command.args(["-e", &format!("inject={calls}:error={error}")]);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()
        };
        let children: Result<Vec<Child>, _> = ids.iter().map(attach).collect();
        let Ok(children) = children else {
            println!("LEFT OUT: there is no strace, so no system call is made to fail");
            return None;
        };
        let mut tracer = Self { children };
        within(LONG, "strace has attached, or given up", || {
            tracer.has_given_up() || ids.iter().all(|id| is_traced(*id))
        });
        if tracer.has_given_up() {
            println!("LEFT OUT: strace may not attach here, so no system call is made to fail");
            return None;
        }
        Some(tracer)
    }

    fn has_given_up(&mut self) -> bool {
        self.children.iter_mut().any(|child| child.try_wait().unwrap().is_some())
    }
}

/// Whether all threads of a process have a tracer.
fn is_traced(id: u32) -> bool {
    let Ok(threads) = fs::read_dir(format!("/proc/{id}/task")) else { return true };
    threads.flatten().all(|thread| {
        let status = fs::read_to_string(thread.path().join("status")).unwrap_or_default();
        status.lines().filter_map(|line| line.strip_prefix("TracerPid:")).all(|tracer| tracer.trim() != "0")
    })
}

impl Drop for Tracer {
    fn drop(&mut self) {
        for child in &mut self.children {
            if child.try_wait().is_ok_and(|ended| ended.is_none()) {
                // It detaches and ends; killed, it would leave its calls half done.
                signal("INT", &[child.id()]);
            }
            let _ = child.wait();
        }
    }
}
