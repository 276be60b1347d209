// The texts of the pages, read from the same Fluent files that the program compiles in: a walk presses the button that
// carries the right words, in the language at hand.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { LANGUAGES } from "./views.mjs";
import { ROOT } from "./city.mjs";

const MESSAGE = /^([a-z][a-z0-9-]*) = ?(.*(?:\n[ ]+[^\n]+)*)$/gm;

const read = (language) => {
  const folder = path.join(ROOT, "web/locales", language);
  const texts = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8"));
  return new Map(texts.flatMap((text) => [...text.matchAll(MESSAGE)].map(([, key, said]) => [key, said.trim()])));
};

const BOOKS = Object.fromEntries(LANGUAGES.map((language) => [language, read(language)]));

/** What a key says. With placeables, what surrounds them is matched. */
export function say(language, key) {
  const said = BOOKS[language].get(key);
  if (said === undefined) throw new Error(`there is no text \`${key}\` in \`${language}\``);
  if (said.includes("->")) throw new Error(`\`${key}\` has several forms: match it otherwise`);
  if (!said.includes("{")) return said.replace(/\n\s+/g, " ");
  const parts = said.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(parts.join(".*"));
}

/** Sentences that only the other language says: none of them may stand on a page. */
export function foreign(language) {
  const [own, other] = [BOOKS[language], BOOKS[LANGUAGES.find((tag) => tag !== language)]];
  const sayings = new Set(own.values());
  const isTelling = (said) => said.length >= 20 && !/[{\n]/.test(said) && !sayings.has(said);
  return [...other.values()].filter(isTelling);
}
