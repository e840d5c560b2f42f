// The clock of the room. It counts the planned minutes down from the planned start, or from when the
// interviewer pressed start, and stands still when neither is near. It never shouts: no colour, no
// flash, no sound. Kept on this device are the id of the scorecard and four times, nothing else.
const MINUTE = 60_000;
// So long past its planned end nobody is in the room any more: the clock stands again.
const LONG_OVER = 60 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const SPOKEN = [
  [10 * MINUTE, "10 minutes left."],
  [0, "The planned time is over."],
];

const box = document.querySelector("[data-clock]");
const face = box.querySelector(".ib-clock");
const beside = box.querySelector("[data-clock-beside]");
const button = box.querySelector("[data-clock-button]");
const said = box.querySelector("[data-clock-said]");
const planned = Number(box.dataset.minutes) * MINUTE;
const starts = Date.parse(box.dataset.starts);
const key = `${box.dataset.clock} ${starts}`;
const line = box.querySelector("[data-clock-line]").content.firstElementChild.cloneNode(true);
const standing = [face.textContent, beside.textContent];

// { begun, paused: ms of all pauses that ended, since: when the pause of now began, or null }
let run = null;
let last = null;
let timer = 0;

// Storage. Where a browser keeps nothing, the clock runs all the same and only forgets its pauses.
let opened = null;

function database() {
  opened ??= new Promise((resolve) => {
    const request = indexedDB.open("interviewbank-clock", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("runs");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  return opened;
}

async function runs(mode) {
  return (await database())?.transaction("runs", mode).objectStore("runs");
}

async function recall() {
  const store = await runs("readonly");
  const request = store?.get(key);
  if (request) {
    await new Promise((resolve) => {
      request.onsuccess = resolve;
      request.onerror = resolve;
    });
  }
  run = (request?.error ? null : request?.result) ?? null;
  show();
}

async function keep() {
  (await runs("readwrite"))?.put(run, key);
}

async function forgetOld() {
  const request = (await runs("readwrite"))?.openCursor();
  if (!request) return;
  request.onsuccess = () => {
    const cursor = request.result;
    if (!cursor) return;
    if (Date.now() - cursor.value.begun > DAY) cursor.delete();
    cursor.continue();
  };
}

const gone = (one, now) => (one.since ?? now) - one.begun - one.paused;

// The run that counts now: one's own start and pauses, or else the planned start; null: it stands.
function current(now) {
  const planly = { begun: starts, paused: 0, since: null };
  const counts = (one) => one && gone(one, now) >= 0 && gone(one, now) < planned + LONG_OVER;
  return [run, planly].find(counts) ?? null;
}

function toggle() {
  const now = Date.now();
  const one = current(now);
  if (!one) run = { begun: now, paused: 0, since: null };
  else if (one.since === null) run = { ...one, since: now };
  else run = { ...one, paused: one.paused + now - one.since, since: null };
  keep();
  show();
}

function digits(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function drawLine(share) {
  const percent = `${(Math.min(share, 1) * 100).toFixed(2)}%`;
  line.querySelector("[data-gone]").setAttribute("width", percent);
  line.querySelector("[data-now]").setAttribute("cx", percent);
  line.hidden = false;
}

// Each is said once: when it is passed while one looks on.
function speak(left) {
  const passed = SPOKEN.filter(([at]) => last !== null && last > at && left <= at).at(-1);
  if (passed) said.textContent = passed[1];
  last = left;
}

function showButton(one) {
  const runs = one?.since === null;
  const name = runs ? "Pause the clock" : one ? "Let the clock go on" : "Start the clock";
  button.setAttribute("aria-label", name);
  button.querySelector("[data-pause]").hidden = !runs;
  button.querySelector("[data-play]").hidden = runs;
  button.hidden = false;
}

function showRun(one, now) {
  const left = planned - gone(one, now);
  const seconds = Math.ceil(left / 1000);
  const of = `${seconds < 0 ? "the" : "left of"} ${box.dataset.minutes} min`;
  write(face, digits(Math.abs(seconds)) + (seconds < 0 ? " over" : ""));
  write(beside, one.since === null ? of : `${of}, paused`);
  drawLine(1 - left / planned);
  speak(left);
}

function showStanding() {
  write(face, standing[0]);
  write(beside, standing[1]);
  line.hidden = true;
  last = null;
}

function show() {
  clearTimeout(timer);
  const now = Date.now();
  const one = current(now);
  showButton(one);
  if (one) showRun(one, now);
  else showStanding();
  box.toggleAttribute("data-over", one !== null && gone(one, now) > planned);
  // At the next full second of the face; a clock that stands looks whether its time has come.
  timer = setTimeout(show, one?.since === null ? 1000 - (gone(one, now) % 1000) : 1000);
}

face.setAttribute("role", "timer");
face.setAttribute("aria-label", "Time left in this interview");
document.querySelector(".ib-ribbon")?.append(line);
button.addEventListener("click", toggle);
// Another tab may have paused it meanwhile.
document.addEventListener("visibilitychange", () => document.hidden || recall());
await recall();
await forgetOld();
