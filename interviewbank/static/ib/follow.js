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
// Whom the chair was at when this page opened: who came here after that came by choice.
const passed = new Set([goal()?.href]);
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

function goal() {
  return document.querySelector("a[data-go]");
}

function writes() {
  const typing = document.activeElement?.matches("main textarea, main input, main select");
  return typing || forms().some(unsent);
}

// Where the chair moved to, once, and never away from words that were not sent.
function go() {
  const link = goal();
  if (!link || passed.has(link.href)) return false;
  if (writes()) {
    say("The chair moved on. This page stays while you write; the link goes there.");
    return true;
  }
  passed.add(link.href);
  location.assign(link.href);
  return true;
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
    if (!go()) say("quiet" in line.dataset ? "" : "What the others do appears by itself.");
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

// Nothing changes any more, unless a debrief hour goes on from here.
function over() {
  const closed = document.querySelector("[data-phase]")?.dataset.phase === "closed";
  return closed && !document.querySelector("#live-place > *");
}

function next() {
  clearTimeout(timer);
  if (over()) say("");
  if (stopped || over() || document.hidden) return;
  timer = setTimeout(ask, failures ? Math.min(PAUSE * 2 ** failures, LONGEST) : PAUSE);
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  if (document.hidden) return asking?.abort();
  stopped = false;
  if (!over()) ask();
});

let sending = false;
document.addEventListener("submit", () => (sending = true));
window.addEventListener("pageshow", () => (sending = false));
window.addEventListener("beforeunload", (event) => {
  if (!sending && forms().some(unsent)) event.preventDefault();
});

if (!over()) ask();
