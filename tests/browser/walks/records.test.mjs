// Records staff at the counter: papers that open nothing, drafts, the list, and requests taken in person.
import assert from "node:assert/strict";
import { basisThatIs, searchWarrant } from "../support/papers.mjs";
import { walk } from "../support/walk.mjs";

walk("what is missing on a warrant is told at its field, and nothing that was typed is lost", { role: "records" }, async (walker) => {
  const { court } = searchWarrant();
  await walker.go("/console/legal-bases/new");
  await walker.expect(422).press("records-go-on");
  await walker.look("paper-missing");
  await walker.fill({ paper: "search_warrant" });
  await walker.press("records-go-on");
  await walker.fill({ ...court, docket: "no such number", execute_on: "2020-01-31" });
  await walker.press("records-save-on");
  await walker.look("court-faults");
  assert.equal(await walker.page.locator("[name=docket]").inputValue(), "no such number");
  assert.equal(await walker.page.locator("[name=judge]").inputValue(), court.judge);
  const faulty = walker.page.locator("[aria-invalid=true]").first();
  await walker.page.locator(`#faults a[href="#${await faulty.getAttribute("id")}"]`).first().click();
  assert.ok(await faulty.evaluate((field) => field === document.activeElement), "the summary leads to the field");
});

walk("a draft is left for later, found again and discarded", { role: "records" }, async (walker) => {
  const { court } = searchWarrant();
  await walker.go("/console/legal-bases/new");
  await walker.fill({ paper: "court_order" });
  await walker.press("records-go-on");
  await walker.fill({ docket: court.docket, judge: court.judge });
  await walker.press("records-save-later");
  const again = walker.page.getByRole("link", { name: court.docket });
  await walker.look("drafts");
  await walker.send(again);
  await walker.look("draft-check");
  assert.ok(await walker.page.getByText(court.judge).isVisible());
  await walker.press("records-discard");
  assert.equal(await again.count(), 0);
});

/** Something to be waited for. */
function signal() {
  let give;
  const given = new Promise((resolve) => {
    give = resolve;
  });
  return { given, give };
}

walk("what was saved on the way never takes the place of what was saved last", {
  role: "records",
  views: [{ language: "en", screen: "desktop" }],
}, async (walker) => {
  const { page } = walker;
  const { court } = searchWarrant();
  await walker.go("/console/legal-bases/new");
  await walker.fill({ paper: "court_order" });
  await walker.press("records-go-on");
  // The first field is saved on the way, slowly, and not by the page: it arrives whatever becomes of that.
  const [slow, held, arrived, pressed] = [signal(), signal(), signal(), signal()];
  await page.exposeFunction("pressed", pressed.give);
  await page.route("**/console/drafts/**", async (route) => {
    if (!route.request().postData()?.includes("live=yes")) return route.continue();
    held.give();
    await slow.given;
    const response = await route.fetch();
    arrived.give();
    await route.fulfill({ response }).catch(() => {});
  });
  await walker.fill({ docket: court.docket });
  await page.keyboard.press("Tab");
  await held.given;
  await walker.fill({ judge: court.judge });
  await page.evaluate(() => {
    document.addEventListener("submit", (event) => globalThis.pressed(event.defaultPrevented), { once: true });
  });
  await walker.button("records-save-later").click({ noWaitAfter: true });
  assert.equal(await pressed.given, true, "the step waits for what is on its way");
  const loaded = page.waitForEvent("load");
  slow.give();
  await Promise.all([arrived.given, loaded]);
  await walker.send(page.getByRole("link", { name: court.docket }));
  assert.ok(await page.getByText(court.judge).isVisible());
  await walker.press("records-discard");
});

walk("an immigration officer's form is counted, and what to say is shown", { role: "records" }, async (walker) => {
  await walker.go("/console/legal-bases/new");
  await walker.fill({ paper: "ice_i200" });
  await walker.press("records-go-on");
  await walker.look("officers-form");
  await walker.go(`/console/legal-bases/${basisThatIs("an immigration officer's form: rejected")}`);
  await walker.look("officers-form-counted");
});

walk("legal bases are listed, filtered, and found by the resident", { role: "records" }, async (walker) => {
  await walker.go("/console/legal-bases");
  await walker.look("bases");
  await walker.go("/console/legal-bases?state=verified&kind=judicial_warrant");
  await walker.look("bases-filtered");
  await walker.page.locator("#search-store").selectOption("utility-billing");
  await walker.fill({ resident: "ACCT-0048213" });
  await walker.press("records-search-button");
  assert.ok(!walker.page.url().includes("ACCT"), "no resident stands in a URL");
  await walker.look("bases-of-a-resident");
});

for (const options of [undefined, { javaScriptEnabled: false }]) {
  const sentence = "a request at the counter is answered field by field, with a letter in both languages";
  const views = options && [{ language: "es", screen: "phone" }];
  walk(options ? `without JavaScript ${sentence}` : sentence, { role: "records", views, options }, async (walker) => {
    const look = options ? async () => {} : (name) => walker.look(name);
    await walker.go("/console/counter");
    await look("counter-stores");
    await walker.go("/console/counter?store=utility-billing");
    await look("counter-form");
    await walker.fill({
      requester_kind: "federal_immigration",
      agency: "ICE ERO El Paso",
      name: "F. Officer",
      purpose: "immigration_enforcement",
      resident: "ACCT-0048213",
      fields: ["account_no", "service_address"],
    });
    await walker.press("counter-button");
    await look("counter-answer");
    assert.match(walker.page.url(), /\/console\/counter\/[0-9a-f-]{36}$/);
    for (const language of ["en", "es"]) {
      const answer = walker.page.url();
      await walker.send(walker.page.locator(`a[href$="letter?in=${language}"]`));
      await look(`counter-letter-in-${language}`);
      await walker.print(`counter-letter-in-${language}`);
      await walker.go(answer);
    }
  });
}
