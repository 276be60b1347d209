// Somebody who uses the keyboard alone. What has the focus must be seen to have it.
import assert from "node:assert/strict";

const MANY = 250;

/** Moves on by Tab until this has the focus. A group of radio buttons is one stop, whichever of them that is. */
export async function tabTo(page, target) {
  for (let presses = 0; presses < MANY; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate(isReached)) {
      assert.ok(await page.evaluate(focusIsSeen), "what has the focus shows it");
      return;
    }
  }
  assert.fail(`${target} cannot be reached by Tab`);
}

function isReached(target) {
  const now = document.activeElement;
  return now === target || (target.type === "radio" && now?.name === target.name && now?.form === target.form);
}

function focusIsSeen() {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
}

/** Types into a field, as each kind of field takes it from the keyboard. */
export async function typeInto(page, field, text) {
  await tabTo(page, field);
  const type = await field.getAttribute("type");
  if (type === "date") await page.keyboard.type(text.replace(/(\d{4})-(\d\d)-(\d\d)/, "$2$3$1"));
  else if (type === "time") await page.keyboard.type(clock(text));
  else await page.keyboard.type(text);
}

/** In English a time field takes hours to twelve and the half of the day. */
function clock(text) {
  const [hours, minutes] = text.split(":").map(Number);
  return `${String(hours % 12 || 12).padStart(2, "0")}${String(minutes).padStart(2, "0")}${hours < 12 ? "AM" : "PM"}`;
}

/** Ticks a box, or one of several radio buttons by the arrow keys. */
export async function tick(page, box) {
  await tabTo(page, box);
  for (let presses = 0; presses < MANY && !(await box.isChecked()); presses += 1) {
    const isThere = await box.evaluate((target) => document.activeElement === target);
    await page.keyboard.press(isThere ? "Space" : "ArrowDown");
  }
  assert.ok(await box.isChecked());
}

/** Presses a button or follows a link, and waits for the page that follows. */
export async function enter(page, target) {
  await tabTo(page, target);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}
