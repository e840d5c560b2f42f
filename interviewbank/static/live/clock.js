// The clock of the room. It counts the planned minutes down from the planned start, or from when the
// interviewer pressed start, and stands still when neither is near; and beside the planned minutes of
// the question it counts up those that were spent on it. It never shouts: no colour, no flash, no
// sound. Kept on this device are the id of the scorecard, times, and which question each is of.
import { forgetOld, keep, recall } from "./runs.js";
import { begin, spentOn, turned } from "./spent.js";

const MINUTE = 60_000;
// So long past its planned end nobody is in the room any more: the clock stands again.
const LONG_OVER = 60 * MINUTE;
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

const rehearsing = document.querySelector("[data-rehearsal]") !== null;
// How long each question was in view: see spent.js. Null until it is known what was kept.
let log = null;

async function remember() {
  run = (await recall(key)) ?? run;
  log = (!rehearsing && (await recall(`${key} questions`))) || log || begin(Date.now());
  last = null;
  show();
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
  if (!one) [run, log] = [{ begun: now, paused: 0, since: null }, begin(now)];
  else if (one.since === null) run = { ...one, since: now };
  else run = { ...one, paused: one.paused + now - one.since, since: null };
  keep(key, run);
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

// "3:10 of 8 min" where it said "8 min".
function showSpent(one, now) {
  const words = document.querySelector(".ib-live-main [data-spent]");
  const segment = document.querySelector(".ib-seg[aria-current]");
  if (!words || !segment || !log) return;
  const slug = new URLSearchParams(segment.search).get("q");
  const planned = `${words.dataset.spent} min`;
  if (!one) return write(words, planned);
  const next = turned(log, slug, gone(one, now));
  if (next !== log && !rehearsing) keep(`${key} questions`, next);
  log = next;
  const seconds = Math.floor(spentOn(log, slug, gone(one, now)) / 1000);
  write(words, `${digits(seconds)} of ${planned}`);
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
  showSpent(one, now);
  box.toggleAttribute("data-over", one !== null && gone(one, now) > planned);
  // At the next full second of the face; a clock that stands looks whether its time has come.
  timer = setTimeout(show, one?.since === null ? 1000 - (gone(one, now) % 1000) : 1000);
}

face.setAttribute("role", "timer");
face.setAttribute("aria-label", "Time left in this interview");
const ribbon = document.querySelector(".ib-ribbon");
ribbon?.append(line);
button.addEventListener("click", toggle);
// Another question came into view.
const turn = new MutationObserver(() => show());
if (ribbon) turn.observe(ribbon, { subtree: true, attributeFilter: ["aria-current"] });
// Another tab may have paused it meanwhile.
document.addEventListener("visibilitychange", () => document.hidden || remember());
await remember();
await forgetOld();
