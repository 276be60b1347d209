// Council: the report of a period, read, printed for the packet, and taken away as data.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { walk } from "../support/walk.mjs";

walk("council chooses a period and reads the report", { role: "council" }, async (walker) => {
  await walker.go("/console");
  await walker.look("home");
  await walker.go("/console/report");
  await walker.look("report-choose");
  await walker.send(walker.page.locator('main a[href^="/console/report/period"]').first());
  await walker.look("report");
  await walker.print("report");
  const charts = await walker.page.locator("main figure svg").count();
  assert.ok(charts > 0, "the figures are drawn");
  assert.ok((await walker.page.locator("main table").count()) >= charts, "each chart has its table");
});

walk("council takes the figures away as data", { role: "council", views: [{ language: "en", screen: "desktop" }] }, async (walker) => {
  await walker.go("/console/report");
  await walker.send(walker.page.locator('main a[href^="/console/report/period"]').first());
  for (const key of ["report-csv", "report-json"]) {
    const link = walker.page.getByRole("link", { name: walker.say(key) });
    const [file] = await Promise.all([walker.page.waitForEvent("download"), link.click()]);
    const text = await readFile(await file.path(), "utf8");
    assert.ok(text.length > 500, `${file.suggestedFilename()} holds the figures`);
    if (key === "report-json") JSON.parse(text);
  }
});

walk("a period that ends before it begins is told so", { role: "council" }, async (walker) => {
  await walker.expect(422).go("/console/report/period?from=2026-10-31&to=2026-10-01");
  await walker.look("report-faults");
});

walk("without JavaScript council reads the report", {
  role: "council",
  views: [{ language: "es", screen: "phone" }],
  options: { javaScriptEnabled: false },
}, async (walker) => {
  await walker.go("/console/report");
  await walker.send(walker.page.locator('main a[href^="/console/report/period"]').first());
  await walker.page.locator("main h1").waitFor();
});
