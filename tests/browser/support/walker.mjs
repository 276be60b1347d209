// Somebody in front of a screen: signed in as a role or not at all, reading a language, at a desk or on a phone.
//
// Whatever they do, the browser is watched: no error on its console, no violation of the content security policy, no
// request to anybody else, no answer that nobody expected.
import assert from "node:assert/strict";
import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { SHELF, notesOf, readCity } from "./city.mjs";
import { look, lookByNight } from "./look.mjs";
import { SCREENS, named } from "./views.mjs";
import { say } from "./words.mjs";

const PATIENCE_MS = 30_000;
/** Of statuses only these are part of a walk; others have to be announced. */
const USUAL = new Set([200, 204, 303, 304]);

export class Walker {
  /** Opens a window for a role; without a role for somebody who is not signed in. */
  static async enter(browser, role, view, options = {}) {
    const { base_url: base } = readCity();
    const state = role && notesOf(`${role}.session.json`);
    const context = await browser.newContext({
      baseURL: base,
      viewport: SCREENS[view.screen],
      // The server speaks what the browser prefers, until somebody presses the language button.
      locale: view.language === "es" ? "es-US" : "en-US",
      hasTouch: view.screen === "phone",
      colorScheme: "light",
      reducedMotion: "reduce",
      storageState: state && existsSync(state) ? state : undefined,
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    return new Walker({ browser, context, page: await context.newPage(), role, view, base, options });
  }

  constructor(parts) {
    Object.assign(this, parts, { faults: [], expected: new Set() });
    const { page, base } = parts;
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.#complains(message);
    });
    page.on("pageerror", (error) => this.faults.push(`script: ${error.message}`));
    page.on("request", (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(base)) this.faults.push(`outside: ${request.url()}`);
    });
    page.on("response", (response) => this.#answered(response));
  }

  /** Announces an answer that is no success, such as 422 for a form with faults. */
  expect(...statuses) {
    statuses.forEach((status) => this.expected.add(status));
    return this;
  }

  /** Somebody of another role at the next desk, in the same view. */
  colleague(role) {
    return Walker.enter(this.browser, role, this.view, this.options);
  }

  async go(where) {
    await this.page.goto(where);
    return this;
  }

  /** What a text is called in the language at hand. */
  say(key) {
    return say(this.view.language, key);
  }

  /** Matches what people call a member of a closed set. */
  wordFor(set, member) {
    return new RegExp(`^\\s*${this.say(`word-${set}-${member}`)}`, "i");
  }

  /** Follows the link that carries these words. */
  async follow(key, within = this.page) {
    await Promise.all([this.page.waitForEvent("load"), within.getByRole("link", { name: this.say(key) }).first().click()]);
  }

  /** The button that carries these words. */
  button(key, within = this.page.locator("main")) {
    return within.getByRole("button", { name: this.say(key), exact: true }).first();
  }

  /** Presses the button that carries these words, and waits for the page that follows. */
  async press(key, within) {
    await this.send(this.button(key, within));
  }

  /** What can be chosen among the radio buttons of that name. */
  choices(name) {
    return this.page.locator(`main [name="${name}"]`).evaluateAll((all) => all.map((one) => one.value));
  }

  /** Presses a button, or follows a link, and waits for the page that follows. */
  async send(button) {
    await Promise.all([this.page.waitForEvent("load"), button.click()]);
  }

  /** Fills in fields by their names: text, choice, box or file, whatever each is. */
  async fill(values) {
    for (const [name, value] of Object.entries(values)) await this.#fillOne(name, value);
  }

  async #fillOne(name, value) {
    const fields = this.page.locator(`main [name="${name}"]:not([type=hidden])`);
    const kind = await fields.first().evaluate((field) => (field.tagName === "INPUT" ? field.type : field.tagName));
    if (kind === "SELECT") await fields.first().selectOption(value);
    else if (kind === "file") await fields.first().setInputFiles(value);
    else if (kind === "checkbox" || kind === "radio") {
      for (const word of [value].flat()) await this.page.locator(`main [name="${name}"][value="${word}"]`).check();
    } else await fields.first().fill(value);
  }

  /** Judges the page as it stands, and leaves a picture of it. */
  async look(name, options) {
    assert.deepEqual(await this.judge(name, options), [], `${new URL(this.page.url()).pathname} is not sound`);
  }

  /** What is wrong with the page as it stands, and with how it was got; leaves a picture. */
  async judge(name, { night = this.view.screen === "desktop" && this.view.language === "en" } = {}) {
    await this.#picture(name);
    const wrong = await look(this.page, this.view.language);
    if (night) {
      await this.page.emulateMedia({ colorScheme: "dark" });
      wrong.push(...(await lookByNight(this.page)));
      await this.#picture(name, "-night");
      await this.page.emulateMedia({ colorScheme: "light" });
    }
    return [...wrong, ...this.faults.splice(0)];
  }

  async #picture(name, suffix = "") {
    const folder = path.join(SHELF, this.role ?? "nobody");
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}-${named(this.view)}${suffix}.png`), fullPage: true });
  }

  /** Prints the page as a PDF to be looked at. */
  async print(name) {
    await this.page.pdf({ path: path.join(SHELF, `${name}-${named(this.view)}.pdf`), preferCSSPageSize: true });
  }

  /** Closes the window; nothing may have gone wrong meanwhile. */
  async leave() {
    await this.context.close();
    assert.deepEqual(this.faults, [], "the browser complains");
  }

  /** Chromium reports an expected status as an error of the console, too; and it asks for an icon beside a bare file. */
  #complains(message) {
    if (message.location().url.endsWith("/favicon.ico")) return;
    const status = Number(/status of (\d{3})/.exec(message.text())?.[1]);
    if (!this.expected.has(status)) this.faults.push(`console: ${message.text()} (${message.location().url})`);
  }

  #answered(response) {
    const request = response.request();
    const { pathname } = new URL(response.url());
    if (pathname === "/favicon.ico") return;
    if (pathname.startsWith("/console")) appendFileSync(notesOf("visited"), `${request.method()} ${pathname}\n`);
    if (!USUAL.has(response.status()) && !this.expected.has(response.status())) {
      this.faults.push(`answer: ${response.status()} ${request.method()} ${pathname}`);
    }
  }
}
