// Counsel and supervisors: what waits, what is rejected, withdrawn and reviewed, and what was denied to federal agencies.
import assert from "node:assert/strict";
import { basisThatIs } from "../support/papers.mjs";
import { VIEWS } from "../support/views.mjs";
import { walk } from "../support/walk.mjs";

const NOTE = "Looked at it with the file at hand; this is fictional.";

/** What can be done only once is done in the last view; the others look at the form. */
const isLast = ({ view }) => view === VIEWS[VIEWS.length - 1];

walk("counsel sees what needs them, and each card leads there", { role: "counsel" }, async (walker) => {
  await walker.go("/console");
  await walker.look("home");
  const cards = await walker.page.locator("main .card a.button").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.ok(cards.length > 0, "something waits in the demonstration");
  for (const path of cards) {
    await walker.go(path);
    await walker.page.locator("main h1").waitFor();
  }
});

walk("a paper is rejected with a reason, and not without one", { role: "counsel" }, async (walker) => {
  await walker.go(`/console/legal-bases/${basisThatIs("waiting for counsel")}/verification`);
  await walker.look("verification-of-an-order");
  await walker.expect(422).press("counsel-reject");
  await walker.look("rejection-without-reason");
  if (!isLast(walker)) return;
  await walker.fill({ note: NOTE });
  await walker.press("counsel-reject");
  await walker.go(`/console/legal-bases/${basisThatIs("waiting for counsel")}`);
  await walker.look("rejected");
});

walk("a basis is withdrawn with a reason", { role: "counsel" }, async (walker) => {
  const basis = basisThatIs("warrant in force, single use");
  await walker.go(`/console/legal-bases/${basis}/revocation`);
  await walker.look("revocation");
  if (!isLast(walker)) return;
  await walker.fill({ note: NOTE });
  await walker.send(walker.page.locator("main form button.primary"));
  await walker.look("revoked");
});

walk("an emergency is reviewed afterwards by somebody else", { role: "counsel" }, async (walker) => {
  await walker.go("/console/queue?list=reviews");
  await walker.look("queue-reviews");
  await walker.go(`/console/legal-bases/${basisThatIs("emergency in force, review owed")}/review`);
  await walker.look("review");
  if (!isLast(walker)) return;
  await walker.fill({ outcome: (await walker.choices("outcome"))[0], note: NOTE });
  await walker.send(walker.page.locator("main form button.primary"));
  await walker.look("reviewed");
});

for (const list of ["review-1373", "clerk-referrals"]) {
  const role = list === "review-1373" ? "counsel" : "records";
  walk(`a denial is looked at and closed with an outcome and a note: ${list}`, { role }, async (walker) => {
    await walker.go(`/console/${list}`);
    await walker.look(list);
    await walker.send(walker.page.locator(`main td a[href*="/console/${list}/"], main th a[href*="/console/${list}/"]`).first());
    await walker.look(`${list}-item`);
    if (!isLast(walker)) return;
    await walker.fill({ outcome: (await walker.choices("outcome"))[0], note: NOTE });
    await walker.press("counsel-referral-close");
    await walker.go(`/console/${list}?state=closed`);
    await walker.look(`${list}-closed`);
  });
}

walk("a violation is seen, and closed with what was done about it", { role: "counsel" }, async (walker) => {
  await walker.go("/console/violations");
  await walker.look("violations");
  await walker.send(walker.page.locator('main a[href^="/console/violations/"]').first());
  await walker.look("violation");
  if (!isLast(walker)) return;
  await walker.fill({ outcome: NOTE });
  await walker.press("counsel-violation-close");
  await walker.look("violation-closed");
});

walk("a supervisor sees the emergencies and what remains of their time", { role: "supervisor" }, async (walker) => {
  await walker.go("/console");
  await walker.look("home");
  await walker.go("/console/queue");
  await walker.look("queue");
});
