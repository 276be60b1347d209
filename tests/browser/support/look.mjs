// What is demanded of every page, whoever sees it, in whatever language and on whatever screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { foreign } from "./words.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Looks at the page as it stands. */
export async function look(page, view) {
  await isInLanguage(page, view.language);
  await fits(page);
  assert.deepEqual(await violations(page, { type: "tag", values: STANDARDS }), [], "axe finds barriers");
}

/** By night only the colours differ. */
export async function lookByNight(page) {
  await page.emulateMedia({ colorScheme: "dark" });
  assert.deepEqual(await violations(page, { type: "rule", values: ["color-contrast"] }), [], "barriers by night");
}

async function isInLanguage(page, language) {
  assert.equal(await page.locator("html").getAttribute("lang"), language);
  const text = await page.evaluate(() => document.body.innerText);
  const strange = foreign(language).filter((saying) => text.includes(saying));
  assert.deepEqual(strange, [], "the page speaks the other language");
}

/** Nobody has to scroll sideways: what is wide scrolls in a frame of its own. */
async function fits(page) {
  const sticking = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll("body *")].filter((part) => part.getBoundingClientRect().right > width + 1);
    return wide.slice(0, 5).map((part) => `${part.tagName.toLowerCase()}.${part.className} ${part.textContent.slice(0, 40)}`);
  });
  assert.deepEqual(sticking, [], "the page is wider than the screen");
}

/** What axe-core finds, in few words: the rule, and where. */
async function violations(page, runOnly) {
  await page.evaluate(AXE);
  const found = await page.evaluate((only) => globalThis.axe.run(document, { runOnly: only, resultTypes: ["violations"] }), runOnly);
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.target.join(" ")} ${node.any.map((check) => check.message).join("; ")}`));
}
