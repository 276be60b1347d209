// What makes the pages more comfortable. Every page works without it.
"use strict";

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.dataset.sent) {
    event.preventDefault();
    return;
  }
  // A download leaves the page as it is, and may be wanted twice.
  if (form.method !== "post" || form.hasAttribute("data-again")) return;
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Faults are read first.
const faults = document.getElementById("faults");
if (faults) faults.focus();

// On a narrow screen ways and tabs are one line each: where somebody is comes into sight.
for (const here of document.querySelectorAll(".ways [aria-current], .tabs [aria-current]")) {
  const line = here.closest("ul");
  line.scrollLeft = here.offsetLeft - line.offsetLeft - (line.clientWidth - here.offsetWidth) / 2;
}

// Before an unused session ends, there is a word and a way to go on.
const ending = document.getElementById("ending");
if (ending) {
  const WARNED_BEFORE_MS = 3 * 60 * 1000;
  const lasts = (Number(ending.dataset.ends) - Number(ending.dataset.now)) * 1000;
  let timer;
  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      ending.hidden = false;
      document.getElementById("ending-stay").focus();
    }, Math.max(0, lasts - WARNED_BEFORE_MS));
  };
  document.getElementById("ending-stay").addEventListener("click", async () => {
    const answer = await fetch("/console/stay", { redirect: "manual", cache: "no-store" });
    if (answer.status !== 204) {
      location.assign("/console/sign-in");
      return;
    }
    ending.hidden = true;
    watch();
  });
  watch();
}

// What is shown once can be printed at the press of a button.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// While a file is written, the page tells how far it is.
for (const form of document.querySelectorAll("form[data-progress]")) {
  const EVERY_MS = 2000;
  const place = document.getElementById("export-progress");
  form.addEventListener("submit", () => {
    const look = async () => {
      const answer = await fetch(form.dataset.progress, { cache: "no-store" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const told = page.getElementById("export-progress");
        place.replaceChildren(...told.childNodes);
        if (told.dataset.done === "true") return;
      }
      if (answer.ok || answer.status === 404) setTimeout(look, EVERY_MS);
    };
    setTimeout(look, EVERY_MS);
  });
}

// A step of a long form is saved, and looked over, as soon as a field is left.
for (const form of document.querySelectorAll("form[data-live]")) {
  const place = (id) => {
    const field = document.getElementById(id);
    return field && form.contains(field) ? field : null;
  };
  const clear = (id) => {
    const field = place(id);
    const told = document.getElementById(`${id}-fault`);
    if (told) told.remove();
    if (field) field.removeAttribute("aria-invalid");
  };
  const tell = (id, text) => {
    const field = place(id);
    if (!field) return;
    const told = document.createElement("p");
    told.id = `${id}-fault`;
    told.className = "fault";
    told.setAttribute("role", "status");
    told.textContent = text;
    if (field.matches("fieldset")) field.querySelector("legend").after(told);
    else field.before(told);
    field.setAttribute("aria-invalid", "true");
    const described = (field.getAttribute("aria-describedby") || "").split(" ").filter((other) => other && other !== told.id);
    field.setAttribute("aria-describedby", [...described, told.id].join(" "));
  };
  const PATIENCE_MS = 5000;
  let shown = [];
  let running = Promise.resolve();
  let waiting = 0;
  let isLeaving = false;
  const save = async () => {
    if (isLeaving) return;
    const body = new URLSearchParams(new FormData(form));
    body.set("live", "yes");
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", cache: "no-store", signal });
    if (!answer.ok) return;
    const { faults } = await answer.json();
    for (const id of shown) clear(id);
    shown = Object.keys(faults);
    for (const id of shown) {
      clear(id);
      tell(id, faults[id]);
    }
  };
  form.addEventListener("change", () => {
    // One after the other, so that the newest answer is shown last; what cannot be saved now is saved with the step.
    waiting += 1;
    running = running.then(save).catch(() => {}).finally(() => { waiting -= 1; });
  });
  // What is on its way must not arrive after the step itself, and put older words in the place of newer ones.
  form.addEventListener("submit", (event) => {
    if (waiting === 0) return;
    event.preventDefault();
    isLeaving = true;
    running.then(() => form.requestSubmit(event.submitter));
  });
  window.addEventListener("pageshow", () => { isLeaving = false; });
}

// Time that is left runs on beside the words, which say it as of when the page was made.
const countdowns = [...document.querySelectorAll(".countdown[data-until]")];
if (countdowns.length > 0) {
  const CLOCKED_BELOW_S = 72 * 3600;
  const opened = Date.now();
  const twoDigits = (number) => String(number).padStart(2, "0");
  const tick = () => {
    for (const countdown of countdowns) {
      const whole = Number(countdown.dataset.until) - Number(countdown.dataset.now);
      const left = Math.max(0, whole - Math.floor((Date.now() - opened) / 1000));
      // Who has days does not count seconds.
      countdown.querySelector(".clock").hidden = left > CLOCKED_BELOW_S;
      const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
      countdown.querySelector(".clock").textContent = `${hours}:${twoDigits(minutes)}:${twoDigits(seconds)}`;
      countdown.classList.toggle("countdown-soon", left < 3600);
      countdown.classList.toggle("countdown-over", left === 0);
    }
  };
  tick();
  setInterval(tick, 1000);
}
