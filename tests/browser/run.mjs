// Runs the walks: makes a city, signs everybody in, and hands each file under `walks/` to node's own test runner.
//
//   node run.mjs                   every walk
//   node run.mjs sign_in records   only these
//
// A browser is needed ($CHROMIUM, or Debian's), and the program (`cargo build`, or $ZAGUAN).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium, launchChromium } from "./support/chromium.mjs";
import { SHELF, foundCity } from "./support/city.mjs";
import { openSessions } from "./support/sessions.mjs";

const WALKS = fileURLToPath(new URL("walks/", import.meta.url));
const PATIENCE_MS = 10 * 60_000;
/** Follows every link there is: nobody may end a draft or settle a paper meanwhile. */
const ALONE = "rooms.test.mjs";

const chosen = (names) => {
  const files = readdirSync(WALKS).filter((file) => file.endsWith(".test.mjs")).sort();
  return files.filter((file) => names.length === 0 || names.some((name) => file.startsWith(name)));
};

/** The walks that change the city, two at a time, and then those that only look. */
async function walkAll(files) {
  const turns = [files.filter((file) => file !== ALONE), files.filter((file) => file === ALONE)];
  let status = 0;
  for (const turn of turns.filter((turn) => turn.length > 0)) status = Math.max(status, await walk(turn));
  return status;
}

async function walk(files) {
  const walks = files.map((file) => path.join(WALKS, file));
  const options = ["--test", "--test-reporter=spec", "--test-concurrency=2", `--test-timeout=${PATIENCE_MS}`];
  const runner = spawn(process.execPath, [...options, ...walks], { stdio: "inherit" });
  const [status] = await once(runner, "exit");
  return status ?? 1;
}

async function openDoors() {
  const browser = await launchChromium();
  await openSessions(browser).finally(() => browser.close());
}

const files = chosen(process.argv.slice(2));
if (!findChromium()) throw new Error("there is no Chromium: install it, or name it in $CHROMIUM");
if (files.length === 0) throw new Error("no walk has such a name");
rmSync(SHELF, { recursive: true, force: true });
mkdirSync(SHELF, { recursive: true });
const city = await foundCity();
process.env.ZAGUAN_BROWSER_CITY = city.home;
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => city.end().finally(() => process.exit(130)));
try {
  await openDoors();
  process.exitCode = await walkAll(files);
} finally {
  await city.end();
}
