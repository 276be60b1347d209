// A warrant comes over the counter: records staff log it, counsel verifies it, and it opens what it covers.
import assert from "node:assert/strict";
import { enter, tabTo, tick, typeInto } from "../support/keyboard.mjs";
import { logWarrant, scan, searchWarrant } from "../support/papers.mjs";
import { walk } from "../support/walk.mjs";

const EYES_OF_A_PERSON = ["W04", "W05", "W08", "W09", "W11", "W12", "W13", "W17"];

/** Counsel answers every check that is asked, tells of the call to the clerk of the court, and verifies. */
async function verify(counsel, basis) {
  await counsel.go("/console/queue");
  await counsel.look("queue");
  await counsel.go(`/console/legal-bases/${basis}/verification`);
  await counsel.look("verification");
  await counsel.expect(422).press("counsel-verify");
  await counsel.look("verification-open");
  await answerChecks(counsel);
  await counsel.press("counsel-verify");
}

async function answerChecks(counsel) {
  const main = counsel.page.locator("main");
  for (const check of EYES_OF_A_PERSON) {
    const pass = main.locator(`[name="${check}-outcome"][value="pass"]`);
    if ((await pass.count()) === 0 || !(await pass.isVisible())) continue;
    await pass.check();
    await main.locator(`[name="${check}-note"]`).fill("Looked at the paper (fictional)");
  }
  if ((await main.locator('[name="number"]').count()) > 0) {
    const called_at = await main.locator('[name="called_at"]').getAttribute("max");
    await counsel.fill({ number: "575 555 0199", number_source: "city_directory", spoken_with: "the clerk on duty", called_at });
  }
}

/** The state as the page of the basis shows it. */
const stateOf = (walker) => walker.page.locator("main .badge").first().innerText();

walk("a warrant is logged by records staff and verified by counsel", { role: "records" }, async (records) => {
  const basis = await logWarrant(records, searchWarrant(), (name) => records.look(name));
  const counsel = await records.colleague("counsel");
  await verify(counsel, basis);
  await counsel.look("verified");
  await records.go(`/console/legal-bases/${basis}`);
  assert.match(await stateOf(records), records.wordFor("basis", "verified"));
  await records.look("basis-verified");
  await counsel.leave();
});

walk("without JavaScript a warrant is logged and verified just the same", {
  role: "records",
  views: [{ language: "es", screen: "phone" }],
  options: { javaScriptEnabled: false },
}, async (records) => {
  const basis = await logWarrant(records, searchWarrant());
  const counsel = await records.colleague("counsel");
  await counsel.go(`/console/legal-bases/${basis}/verification`);
  await answerChecks(counsel);
  await counsel.press("counsel-verify");
  await records.go(`/console/legal-bases/${basis}`);
  assert.match(await stateOf(records), records.wordFor("basis", "verified"));
  await counsel.leave();
});

walk("a warrant is logged with the keyboard alone", {
  role: "records",
  views: [{ language: "en", screen: "desktop" }],
}, async (records) => {
  const { page } = records;
  const warrant = searchWarrant();
  const field = (name) => page.locator(`main [name="${name}"]:not([type=hidden])`).first();
  const box = (name, value) => page.locator(`main [name="${name}"][value="${value}"]`);
  const button = (key) => records.button(key);
  await records.go("/console");
  await enter(page, page.locator('nav a[href="/console/legal-bases"]'));
  await enter(page, page.locator('main a[href="/console/legal-bases/new"]').first());
  await tick(page, box("paper", "search_warrant"));
  await enter(page, button("records-go-on"));
  for (const [name, text] of Object.entries(warrant.court)) await typeInto(page, field(name), text);
  await enter(page, button("records-save-on"));
  await tick(page, box("stores", "utility-billing"));
  await tabTo(page, field("resident_store"));
  await page.keyboard.type("Uti");
  await typeInto(page, field("resident"), warrant.scope.resident);
  await typeInto(page, field("identity_match"), warrant.scope.identity_match);
  await tick(page, box("classes", "home_address"));
  await tick(page, box("requester_kinds", "federal_other"));
  await typeInto(page, field("requester_agency"), warrant.scope.requester_agency);
  await tick(page, box("purposes", "criminal_investigation"));
  await enter(page, button("records-save-on"));
  // Asked for in good time: the browser must know that we want it before the key is pressed.
  const chooser = page.waitForEvent("filechooser");
  await tabTo(page, field("file"));
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(scan("A warrant by keyboard"));
  await enter(page, button("records-scan-store"));
  await enter(page, button("records-go-on"));
  await enter(page, button("records-register"));
  assert.match(page.url(), /\/console\/legal-bases\/[0-9a-f-]{36}$/);
  await records.look("warrant-by-keyboard");
});
