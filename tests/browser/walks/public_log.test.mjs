// The page for the public: what the log proves, and how to check it, for somebody who never signs in.
import assert from "node:assert/strict";
import { walk } from "../support/walk.mjs";

walk("somebody from outside finds the public log, reads it in both languages, and takes a checkpoint", {}, async (walker) => {
  await walker.go("/console/sign-in");
  await walker.follow("sign-in-public-log");
  assert.equal(new URL(walker.page.url()).pathname, "/log");
  await walker.look("public-log");
  const checkpoint = await (await walker.page.request.get("/log/checkpoint")).text();
  const size = checkpoint.split("\n")[1];
  const shown = await walker.page.locator("dl.facts dd").first().innerText();
  assert.equal(shown.replace(/\D/g, ""), size);
  await walker.page.locator("summary").first().click();
  assert.ok((await walker.page.locator("pre.note").first().innerText()).includes(checkpoint.split("\n")[2]));
  await walker.follow("other-language", walker.page);
  assert.equal(new URL(walker.page.url()).pathname, "/log");
  walker.view = { ...walker.view, language: walker.view.language === "en" ? "es" : "en" };
  await walker.look("public-log-other");
});
