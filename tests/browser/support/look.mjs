// What is demanded of every page, whoever sees it, in whatever language and on whatever screen. Each function gives
// what is wrong as short sentences; none when the page is sound.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { foreign } from "./words.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARDS = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
const COLOURS = { type: "rule", values: ["color-contrast"] };

/** Looks at the page as it stands. */
export async function look(page, language) {
  return [...(await speaks(page, language)), ...(await fits(page)), ...(await barriers(page, STANDARDS))];
}

/** Looks at the page by night, when only the colours differ. */
export const lookByNight = async (page) => (await barriers(page, COLOURS)).map((barrier) => `by night: ${barrier}`);

async function speaks(page, language) {
  const [tag, text] = await page.evaluate(spoken);
  const strange = foreign(language).filter((saying) => text.includes(saying));
  return [
    ...(tag === language ? [] : [`the page calls its language \`${tag}\``]),
    ...[...text.matchAll(/\[[a-z]+(?:-[a-z0-9]+)+\]/g)].map(([key]) => `a text is missing: ${key}`),
    ...strange.map((saying) => `it says in the other language: ${saying}`),
  ];
}

/** The page's language, and its text but for what says of itself that it is in another. Runs in the page. */
function spoken() {
  const { lang } = document.documentElement;
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said = [];
  while (nodes.nextNode()) {
    const parent = nodes.currentNode.parentElement;
    if (parent.closest("[lang]").lang === lang) said.push(nodes.currentNode.data.replace(/\s+/g, " "));
  }
  return [lang, said.join("\n")];
}

/** Nobody has to scroll sideways: what is wide scrolls in a frame of its own. */
async function fits(page) {
  const sticking = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const parts = [...document.querySelectorAll("body *")];
    return parts
      .filter((part) => part.getBoundingClientRect().right > width + 1)
      .map((part) => `<${part.localName} class="${part.className}"> ${part.textContent.trim().slice(0, 40)}`);
  });
  return sticking.slice(0, 5).map((part) => `wider than the screen: ${part}`);
}

/** What axe-core finds: the rule, where, and why. */
async function barriers(page, runOnly) {
  await page.evaluate(AXE);
  const options = { runOnly, resultTypes: ["violations"] };
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), options);
  const why = (node) => [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ");
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} at ${node.target.join(" ")}: ${why(node)}`));
}
