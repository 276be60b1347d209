// The city under test: `zaguan demo` on a free port, with an embedded database in a directory that is thrown away.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** Where screenshots, printed pages and the server's log are left to be looked at. */
export const SHELF = path.join(ROOT, "target/browser");

const PROGRAM = process.env.ZAGUAN ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"), "debug/zaguan");
const PATIENCE_MS = 180_000;

/** Makes and serves a city. The answer knows its directory and how to end it. */
export async function foundCity() {
  const home = mkdtempSync(path.join(tmpdir(), "zaguan-browser-"));
  const data = path.join(home, "city");
  const args = ["demo", "--data-dir", data, "--listen", `127.0.0.1:${await freePort()}`];
  const server = spawn(PROGRAM, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  const log = createWriteStream(path.join(SHELF, "server.log"));
  server.stdout.pipe(log, { end: false });
  server.stderr.pipe(log, { end: false });
  const end = async () => {
    if (server.exitCode === null && server.kill("SIGTERM")) await once(server, "exit");
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await served(server, path.join(data, "credentials.json"));
  } catch (error) {
    await end();
    throw error;
  }
  return { home, end };
}

/** What the city gave to visitors: its address, its staff, its legal bases. */
export const readCity = (home = process.env.ZAGUAN_BROWSER_CITY) =>
  JSON.parse(readFileSync(path.join(home, "city/credentials.json"), "utf8"));

/** A place for what the walks tell each other. */
export const notesOf = (name, home = process.env.ZAGUAN_BROWSER_CITY) => path.join(home, name);

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** The file is written when the door is open; then readiness is asked for until it is given. */
async function served(server, credentials) {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the city ended with ${server.exitCode}; see ${SHELF}/server.log`);
    if (existsSync(credentials) && (await isReady(credentials))) return;
    await pause(100);
  }
  throw new Error(`the city is not ready after ${PATIENCE_MS / 1000} seconds; see ${SHELF}/server.log`);
}

async function isReady(credentials) {
  try {
    const { base_url: base } = JSON.parse(readFileSync(credentials, "utf8"));
    return (await fetch(`${base}/health/ready`)).ok;
  } catch {
    return false;
  }
}
