// Follows what others do on the page [data-follow]: asks every two seconds, with the tag of what it
// has, and swaps the parts [data-live] that changed. There is no form in them, so that what is being
// typed stays. The Refresh link does the same without this.
const PAUSE = 2000;
const LONGEST = 30000;
const GIVEN_UP_AFTER = 10000;
const line = document.querySelector("[data-follow]");
const status = line.querySelector("[data-follow-status]");
const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  timeZone: line.dataset.zone,
});
const known = new Map();
let tag = "";
let timer = 0;
let failures = 0;
let asking = null;
let stopped = false;
let updated = new Date();

for (const part of document.querySelectorAll("[data-live]")) known.set(part.id, part.innerHTML);

function say(words) {
  if (status.textContent !== words) status.textContent = words;
}

const behind = () => `last updated ${clock.format(updated)}`;

function unsent(form) {
  return [...form.elements].some((field) => {
    if (field.type === "hidden" || !field.name) return false;
    if ("checked" in field && field.type !== "text" && /radio|checkbox/.test(field.type)) {
      return field.checked !== field.defaultChecked;
    }
    return "defaultValue" in field && field.value !== field.defaultValue;
  });
}

const forms = () => [...document.querySelectorAll("main form")];

// The region itself stays: so a screen reader says what changed in it, and the focus can go back.
function swap(part, incoming) {
  const inside = part.contains(document.activeElement) ? document.activeElement : null;
  part.replaceChildren(...document.importNode(incoming, true).childNodes);
  if (incoming.dataset.phase) part.dataset.phase = incoming.dataset.phase;
  if (!inside) return;
  const again = [...part.querySelectorAll("a")].find((link) => link.href === inside.href);
  if (again) return again.focus({ preventScroll: true });
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
}

// What can't be sent any more goes away; where somebody is typing it stays, and says so.
function close() {
  const phase = document.querySelector("[data-phase]")?.dataset.phase;
  for (const part of document.querySelectorAll("[data-while]")) {
    if (part.dataset.while.split(" ").includes(phase)) continue;
    const own = part.matches("form") ? [part] : [...part.querySelectorAll("form")];
    const busy = part.contains(document.activeElement) || own.some(unsent);
    for (const late of part.querySelectorAll("[data-late]")) late.hidden = !busy;
    part.hidden = !busy;
  }
}

function take(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const incoming of page.querySelectorAll("[data-live]")) {
    const part = document.getElementById(incoming.id);
    if (!part || known.get(incoming.id) === incoming.innerHTML) continue;
    known.set(incoming.id, incoming.innerHTML);
    swap(part, incoming);
  }
}

function fell(words, again) {
  failures += 1;
  stopped = !again;
  say(words);
}

async function understand(response) {
  if (response.status === 304 || (response.ok && response.headers.has("ETag"))) {
    if (response.ok) {
      take(await response.text());
      tag = response.headers.get("ETag");
    }
    failures = 0;
    updated = new Date();
    close();
    say("What the others do appears by itself.");
  } else if (response.status === 401 || response.type === "opaqueredirect") {
    fell(`Not following, ${behind()}: you are signed out. Sign in in another tab, then come back.`);
  } else if (response.status === 403 || response.status === 404) {
    fell(`Not following, ${behind()}: this page is not open to you any more.`);
  } else {
    fell(`Not following, ${behind()}. It is tried again.`, true);
  }
}

async function ask() {
  if (asking || document.hidden) return;
  asking = new AbortController();
  const late = setTimeout(() => asking.abort(), GIVEN_UP_AFTER);
  const headers = tag ? { "If-None-Match": tag } : {};
  const how = { headers, cache: "no-store", redirect: "manual", signal: asking.signal };
  try {
    await understand(await fetch(line.dataset.follow, how));
  } catch {
    if (!document.hidden) fell(`Not following, ${behind()}. It is tried again.`, true);
  }
  clearTimeout(late);
  asking = null;
  next();
}

function next() {
  clearTimeout(timer);
  const over = document.querySelector("[data-phase]")?.dataset.phase === "closed";
  if (over) say("");
  if (stopped || over || document.hidden) return;
  timer = setTimeout(ask, failures ? Math.min(PAUSE * 2 ** failures, LONGEST) : PAUSE);
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  if (document.hidden) return asking?.abort();
  stopped = false;
  if (!("closed" in line.dataset)) ask();
});

let sending = false;
document.addEventListener("submit", () => (sending = true));
window.addEventListener("pageshow", () => (sending = false));
window.addEventListener("beforeunload", (event) => {
  if (!sending && forms().some(unsent)) event.preventDefault();
});

if (!("closed" in line.dataset)) ask();
