// Auditors: search, see why, export, and check that nothing was altered.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { walk } from "../support/walk.mjs";

/** Whether the log's page tells of a result, and of no verification under way. Runs in the page. */
async function isVerified(result) {
  const page = await (await fetch("/console/log", { cache: "no-store" })).text();
  return page.includes(result) && !page.includes("<progress");
}

/** Opens the first decision that a search found. */
const openFirst = (walker) => walker.send(walker.page.locator('main tbody a[href^="/console/decisions/"]').first());

walk("an auditor finds decisions by what was asked, and sees step by step why", { role: "auditor" }, async (walker) => {
  await walker.go("/console/decisions");
  await walker.look("decisions");
  await walker.fill({ requester_kind: "federal_immigration", class: "home_address", outcome: "partial" });
  await walker.press("audit-search");
  await walker.look("decisions-found");
  await openFirst(walker);
  await walker.look("decision");
  assert.ok((await walker.page.locator("main .rules li[aria-current=step]").count()) > 0, "each field says which rule decided");
});

walk("an auditor finds the decisions about a resident, who stands in no URL", { role: "auditor" }, async (walker) => {
  await walker.go("/console/decisions");
  await walker.fill({ store: "utility-billing", resident: "ACCT-0056001" });
  await walker.press("audit-search");
  assert.ok(!walker.page.url().includes("ACCT"), "no resident stands in a URL");
  await walker.look("decisions-of-a-resident");
  await openFirst(walker);
  await walker.look("decision-on-a-warrant");
});

walk("without JavaScript an auditor searches and reads a decision", {
  role: "auditor",
  views: [{ language: "es", screen: "phone" }],
  options: { javaScriptEnabled: false },
}, async (walker) => {
  await walker.go("/console/decisions");
  await walker.fill({ outcome: "partial" });
  await walker.press("audit-search");
  await openFirst(walker);
  assert.match(walker.page.url(), /\/console\/decisions\/[0-9a-f-]{36}$/);
});

walk("an auditor exports what was found", { role: "auditor", views: [{ language: "en", screen: "desktop" }] }, async (walker) => {
  await walker.go("/console/decisions/export");
  await walker.look("export");
  for (const format of await walker.choices("format")) {
    await walker.fill({ format, requester_kind: "federal_immigration" });
    const [file] = await Promise.all([walker.page.waitForEvent("download"), walker.button("audit-export-button").click()]);
    const lines = (await readFile(await file.path(), "utf8")).trim().split("\n");
    assert.ok(lines.length > 1, `${file.suggestedFilename()} holds decisions`);
    assert.ok(lines.slice(1).every((line) => line.includes("federal_immigration")));
    await walker.go("/console/decisions/export");
  }
});

walk("an auditor reads the log, has it verified, and sees its health", { role: "auditor" }, async (walker) => {
  await walker.go("/console/entries?all=yes");
  await walker.look("entries");
  await walker.send(walker.page.locator('main tbody a[href^="/console/entries/"]').first());
  await walker.look("entry");
  await walker.go("/console/log");
  await walker.look("log");
  await walker.press("audit-verify-now");
  await walker.page.waitForFunction(isVerified, walker.say("audit-verification-good"));
  await walker.go("/console/log");
  await walker.look("log-verified");
  assert.ok((await walker.page.locator("main .badge-good").count()) > 0);
  assert.equal(await walker.page.locator("main .badge-bad").count(), 0);
});
