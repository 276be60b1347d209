// The browser: Debian's Chromium, or the one that $CHROMIUM names, each time with an empty profile.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where the browser is, or nothing. */
export const findChromium = () => PLACES.find((place) => place && existsSync(place));

/** Starts it. It may speak to nobody but the city under test, and has no reason to. */
export function launchChromium() {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
