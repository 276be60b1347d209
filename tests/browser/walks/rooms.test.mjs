// Every page that can be reached by following links, as each role.
import assert from "node:assert/strict";
import { named } from "../support/views.mjs";
import { walk } from "../support/walk.mjs";

/** Pages of one kind differ by what they show and to whom: so many are looked at by each role, and in all. */
const OF_ONE_KIND = { eachRole: 2, inAll: 4 };
/** The two extremes: the widest screen, and the narrowest with the longer words. The walks of each role see all four. */
const VIEWS = [
  { language: "en", screen: "desktop" },
  { language: "es", screen: "phone" },
];
const ROLES = ["records", "counsel", "supervisor", "auditor", "council", "steward", "security", "editor", "admin"];

/** Pages of one kind have the same path but for ids, numbers, digests and tokens, and names of record stores. */
const kindOf = ({ pathname, searchParams }) => {
  const ids = /\/(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16}|\d+|[A-Za-z0-9_-]{30,}|(?<=stores\/)[a-z-]+)(?=\/|$)/g;
  return [pathname.replace(ids, "/…"), ...[...searchParams.keys()].sort()].join("?");
};

/** What the picture of such a page is called. */
const pictureOf = (kind) => kind.replace(/^\/console\/?/, "").replace(/\W+/g, "-") || "home";

/** Every link of the page to a page of the console, but those to be opened beside it: how far a file is, a scan by itself. */
async function links(page) {
  const found = await page.locator("a[href]:not([download], [target=_blank])").evaluateAll((all) => all.map((link) => link.href));
  return found.map((href) => new URL(href)).filter((url) => url.pathname.startsWith("/console"));
}

/** How many pages of a kind were met in a view so far, whoever met them. */
const met = new Map();

/** Whether one more page of that kind is to be looked at. */
function isWanted({ view }, kind) {
  const key = `${kind} ${named(view)}`;
  met.set(key, (met.get(key) ?? 0) + 1);
  return met.get(key) <= OF_ONE_KIND.inAll;
}

/** Opens a page if it is one: files to be downloaded are none. */
async function opens(walker, url) {
  // Not what a frame within the page before was still waiting for.
  const isOfPage = (response) => response.request().isNavigationRequest() && response.frame() === walker.page.mainFrame();
  const [answer] = await Promise.all([
    walker.page.waitForEvent("response", isOfPage),
    walker.page.goto(url.href).catch((error) => assert.match(error.message, /Download is starting|ERR_ABORTED/)),
  ]);
  return (answer.headers()["content-type"] ?? "").startsWith("text/html");
}

/** Follows links from the first page on, breadth first, and calls `visit` on each page. */
async function explore(walker, visit) {
  const seen = new Map();
  const waiting = [new URL("/console", walker.base)];
  const known = new Set(waiting.map(String));
  while (waiting.length > 0) {
    const url = waiting.shift();
    const kind = kindOf(url);
    const number = (seen.get(kind) ?? 0) + 1;
    if (number > OF_ONE_KIND.eachRole || !(await opens(walker, url))) continue;
    seen.set(kind, number);
    if (isWanted(walker, kind)) await visit(url, `${pictureOf(kind)}-${number}`);
    for (const link of await links(walker.page)) {
      link.hash = "";
      if (!known.has(link.href)) waiting.push(link);
      known.add(link.href);
    }
  }
  return [...seen.keys()];
}

for (const role of ROLES) {
  walk(`every page that ${role} can reach is sound`, { role, views: VIEWS }, async (walker) => {
    const unsound = [];
    const kinds = await explore(walker, async (url, name) => {
      unsound.push(...(await walker.judge(name)).map((wrong) => `${url.pathname}: ${wrong}`));
    });
    assert.deepEqual(unsound, [], "pages that are not sound");
    assert.ok(kinds.includes("/console"));
  });
}
