// The way in and out, the choice of language, and the word before a session ends.
import assert from "node:assert/strict";
import { readCity } from "../support/city.mjs";
import { signIn } from "../support/sessions.mjs";
import { codeNext } from "../support/totp.mjs";
import { LANGUAGES } from "../support/views.mjs";
import { walk } from "../support/walk.mjs";

const AT_A_DESK = [{ language: "en", screen: "desktop" }];
const ON_A_PHONE = [{ language: "es", screen: "phone" }];

/** The sessions of these are not needed by others at the same time; each view takes one, for a code works only once. */
const NEWCOMERS = { "en-desktop": "editor", "en-phone": "security", "es-desktop": "steward", "es-phone": "council" };
const newcomer = ({ view }) => NEWCOMERS[`${view.language}-${view.screen}`];
const freshCode = (role) => codeNext(readCity().staff[role].totp_secret);

const isAt = (walker, pathname) => assert.equal(new URL(walker.page.url()).pathname, pathname);

walk("a member of staff signs in, is told what was wrong, gets where they wanted, and signs out", {}, async (walker) => {
  const role = newcomer(walker);
  await walker.go("/console");
  isAt(walker, "/console/sign-in");
  await walker.look("sign-in");
  walker.expect(422);
  await signIn(walker, role, "000000");
  await walker.look("sign-in-refused");
  assert.equal(await walker.page.locator("[name=username]").inputValue(), readCity().staff[role].username);
  assert.equal(await walker.page.locator("[name=password]").inputValue(), "");
  await signIn(walker, role, freshCode(role));
  isAt(walker, "/console");
  await walker.press("sign-out", walker.page);
  isAt(walker, "/console/sign-in");
  await walker.look("signed-out");
  await walker.go("/console");
  isAt(walker, "/console/sign-in");
});

walk("without JavaScript a member of staff signs in and reads in the other language", {
  views: ON_A_PHONE,
  options: { javaScriptEnabled: false },
}, async (walker) => {
  await walker.go("/console");
  await signIn(walker, "supervisor", freshCode("supervisor"));
  isAt(walker, "/console");
  await walker.press("other-language", walker.page);
  assert.equal(await walker.page.locator("html").getAttribute("lang"), "en");
  walker.view = { ...walker.view, language: "en" };
  await walker.press("sign-out", walker.page);
  isAt(walker, "/console/sign-in");
});

walk("whoever changes the language stays on the page", { role: "records" }, async (walker) => {
  await walker.go("/console");
  await walker.press("other-language", walker.page);
  const other = LANGUAGES.find((language) => language !== walker.view.language);
  assert.equal(await walker.page.locator("html").getAttribute("lang"), other);
  isAt(walker, "/console");
});

walk("before an unused session ends there is a word, and one press goes on", { role: "records" }, async (walker) => {
  await walker.page.clock.install();
  await walker.go("/console");
  const warning = walker.page.getByRole("alertdialog");
  await walker.page.clock.fastForward("26:00");
  assert.equal(await warning.isVisible(), false);
  await walker.page.clock.fastForward("01:30");
  await warning.waitFor();
  await walker.look("session-ends");
  const stay = warning.getByRole("button", { name: walker.say("session-stay") });
  assert.equal(await stay.evaluate((button) => button === document.activeElement), true, "the way on has the focus");
  await Promise.all([walker.page.waitForResponse("**/console/stay"), stay.click()]);
  await warning.waitFor({ state: "hidden" });
});

walk("who opens a page that is not there is told so, and shown a way on", { role: "records", views: AT_A_DESK }, async (walker) => {
  await walker.expect(404).go("/console/nowhere");
  await walker.look("not-found");
  await walker.follow("problem-home");
  isAt(walker, "/console");
});
