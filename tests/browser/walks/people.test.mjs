// Stewards and admins: classes of fields, applications, staff, and the review of who may do what.
import assert from "node:assert/strict";
import { codeNow } from "../support/totp.mjs";
import { named } from "../support/views.mjs";
import { walk } from "../support/walk.mjs";

const REASON = "It is what the library's own list of fields says (fictional).";

/** A name of its own for each view. */
const ofView = ({ view }) => named(view).replace("-", ".");

walk("a steward proposes a class for an unknown field, and somebody else approves it", { role: "steward" }, async (steward) => {
  const field = `fictional_${named(steward.view).replace("-", "_")}`;
  await steward.go("/console/catalog");
  await steward.look("catalog");
  await steward.go("/console/catalog/unknown");
  await steward.look("unknown");
  await steward.go("/console/catalog/stores/library");
  await steward.look("store");
  await steward.go(`/console/catalog/stores/library/proposals?field=${field}`);
  await steward.fill({ field, class: "contact", reason: REASON });
  await steward.look("propose");
  await steward.press("catalog-propose-button");
  await steward.look("proposal-own");
  const counsel = await steward.colleague("counsel");
  await counsel.go(new URL(steward.page.url()).pathname);
  await counsel.look("proposal");
  const confirm = counsel.page.locator("[name=confirm]");
  if ((await confirm.count()) > 0) await confirm.check();
  await counsel.press("catalog-approve-button");
  await counsel.look("proposal-approved");
  await counsel.leave();
});

walk("an admin invites somebody, who enrols by the link and signs in", { role: "admin" }, async (admin) => {
  const username = `n.${ofView(admin)}`;
  await admin.go("/console/staff");
  await admin.look("staff");
  await admin.go("/console/staff/invite");
  await admin.expect(422).fill({ name: "Nina Nueva (fictional)", username: "Not A Name" });
  await admin.press("staff-invite-button");
  await admin.look("invite-faults");
  await admin.fill({ username, roles: "records" });
  await admin.press("staff-invite-button");
  await admin.look("invited");
  const link = await admin.page.locator("code.secret").innerText();
  const newcomer = await admin.colleague(undefined);
  await enrol(newcomer, link);
  await newcomer.leave();
  await admin.go("/console/staff");
  assert.equal(await admin.page.getByText(username, { exact: true }).count(), 1);
});

/** From the link to the recovery codes. */
async function enrol(newcomer, link) {
  await newcomer.go(link);
  await newcomer.look("enrol");
  const secret = (await newcomer.page.locator("code.secret").innerText()).replace(/\s/g, "");
  const password = "a long and fictional pass phrase";
  await newcomer.fill({ password, "password-again": password, code: codeNow(secret) });
  await newcomer.press("enrol-button");
  await newcomer.look("enrolled");
  await newcomer.expect(404, 410).go(link);
  await newcomer.look("enrol-ended");
}

walk("an admin registers an application, whose secret is shown once", { role: "admin" }, async (admin) => {
  const id = `permits-${named(admin.view)}`;
  await admin.go("/console/clients");
  await admin.look("clients");
  await admin.go("/console/client-registration");
  await admin.look("register");
  await admin.fill({ name: "Permits (fictional)", id, stores: "library", "requester-kinds": "city_department" });
  await admin.press("clients-register-button");
  await admin.look("secret");
  assert.equal(await admin.page.locator("code.secret").count(), 1);
  await admin.go(`/console/clients/${id}`);
  await admin.look("client");
  assert.equal(await admin.page.locator("code.secret").count(), 0);
});

walk("an admin reviews who may do what, and certifies somebody else", { role: "admin" }, async (admin) => {
  await admin.go("/console/access-review");
  await admin.look("access-review");
  await admin.print("access-review");
  await admin.send(admin.page.locator('form[action^="/console/access-review/staff/"] button').first());
  await admin.look("access-reviewed");
});

walk("everybody sees their own account", { role: "editor" }, async (walker) => {
  await walker.go("/console");
  await walker.look("home");
  await walker.go("/console/account");
  await walker.look("account");
  await walker.go("/console/account/password");
  await walker.look("password");
  await walker.go("/console/account/recovery-codes");
  await walker.look("recovery-codes");
});
