//! The program as operators and scripts meet it: the built binary, its output and its exit codes.

mod backup;
mod bases;
mod commands;
mod demo;
mod keys;
mod public_log;
mod report;
mod staff;
mod witnesses;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use crate::support::ready::READY;

/// The built program with a data directory of its own, and nothing else from the environment.
pub fn zaguan(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zaguan"));
    command.env_clear().current_dir(data_dir).env("ZAGUAN__DATA__DIR", data_dir);
    command.env("ZAGUAN__OAUTH__ARGON2_MEMORY_KIB", "7168");
    command
}

/// Runs to the end.
pub fn run(data_dir: &Path, words: &[&str]) -> Output {
    zaguan(data_dir).args(words).output().unwrap()
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Runs to the end and must succeed.
pub fn succeed(data_dir: &Path, words: &[&str]) -> String {
    let output = run(data_dir, words);
    assert!(output.status.success(), "{words:?}: {}", err(&output));
    out(&output)
}

/// A program that serves, killed with the test if it does not stop by itself.
pub struct Serving {
    child: Child,
    /// Kept open: a program whose output nobody takes behaves otherwise.
    _output: BufReader<ChildStdout>,
    /// What it printed up to the line that was waited for.
    pub printed: String,
}

impl Serving {
    /// Starts, and reads standard output until a line holds `awaited`.
    #[expect(clippy::zombie_processes, reason = "waited for when it ends early, in `terminate` and in `drop`")]
    pub fn start(command: &mut Command, awaited: &str) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut printed = String::new();
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).unwrap() == 0 {
                let mut said = String::new();
                child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                child.wait().unwrap();
                panic!("it ended before `{awaited}`: {printed}{said}");
            }
            printed.push_str(&line);
            if line.contains(awaited) {
                return Self { child, _output: lines, printed };
            }
        }
    }

    /// Starts `serve`, and waits until it is ready. It logs to standard error; here both go to standard output so that the line
    /// can be waited for.
    pub fn of_service(command: &Command) -> Self {
        let program = command.get_program().to_owned();
        let words: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        let mut shell = Command::new("/bin/sh");
        shell.env_clear().arg("-c").arg("exec \"$0\" \"$@\" 2>&1").arg(program).args(words);
        shell.current_dir(command.get_current_dir().unwrap());
        for (name, value) in command.get_envs() {
            shell.env(name, value.unwrap_or_default());
        }
        Self::start(&mut shell, READY)
    }

    /// Tells it to stop, as a service manager does, and waits until it has.
    pub fn terminate(mut self) -> i32 {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code().expect("it ends by itself")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
