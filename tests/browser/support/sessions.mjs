// Signing in as people do, once for each role: a code works only once, so the walks of a role share its session.
import { codeNow } from "./totp.mjs";
import { notesOf, readCity } from "./city.mjs";
import { Walker } from "./walker.mjs";

const VIEW = { language: "en", screen: "desktop" };

/** Fills in the form of the sign-in page that is open, and sends it. */
export async function signIn(walker, role, code = codeNow(readCity().staff[role].totp_secret)) {
  const { username, password } = readCity().staff[role];
  await walker.fill({ username, password, code });
  await walker.press("sign-in-button");
}

/** Signs everybody in and keeps their cookies beside the city. */
export async function openSessions(browser) {
  for (const role of Object.keys(readCity().staff)) {
    const walker = await Walker.enter(browser, undefined, VIEW);
    await walker.go("/console/sign-in");
    await signIn(walker, role);
    await walker.page.waitForURL("**/console");
    await walker.context.storageState({ path: notesOf(`${role}.session.json`) });
    await walker.leave();
  }
}
