// A walk: what somebody does from beginning to end, once in each view. A walk that fails leaves a picture of where.
import path from "node:path";
import { after, before, test } from "node:test";
import { launchChromium } from "./chromium.mjs";
import { SHELF } from "./city.mjs";
import { VIEWS, named } from "./views.mjs";
import { Walker } from "./walker.mjs";

let browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser?.close());

/**
 * Registers a walk as a test for each view. `role` says who takes it: a role, nobody (undefined), or a function of the
 * view; `options` go to the browser, such as `javaScriptEnabled: false`.
 */
export function walk(sentence, { role, views = VIEWS, options }, steps) {
  for (const view of views) {
    test(`${sentence} (${named(view)})`, async () => {
      const who = typeof role === "function" ? role(view) : role;
      const walker = await Walker.enter(browser, who, view, options);
      try {
        await steps(walker);
      } catch (error) {
        const name = sentence.replace(/\W+/g, "-").slice(0, 60);
        await walker.page.screenshot({ path: path.join(SHELF, `failed-${name}-${named(view)}.png`) }).catch(() => {});
        error.message += `\n  at ${walker.page.url()}; the browser said: ${JSON.stringify(walker.faults)}`;
        await walker.context.close();
        throw error;
      }
      await walker.leave();
    });
  }
}
