// The keys of the live scorecard. Each does what the page's own controls do, by pressing them, so
// that saving follows by itself. Only for people who have single keys on in their account, never in
// a text field, never with Ctrl, Alt or Meta, and never while a dialog is open.
const TYPED_IN =
  'input:not([type="checkbox"], [type="radio"], [type="submit"], [type="button"]), textarea, ' +
  'select, [contenteditable]';
const TICKED = '.ib-live-main input:is([type="radio"], [type="checkbox"])';
const REASONS = '[value="not_reached"], [value="no_evidence"], [value="not_applicable"]';

const sheet = document.querySelector("[data-keys-sheet]");
const said = document.querySelector("[data-keys-said]");

// The current question is the one that can be seen.
const all = (selector) =>
  [...document.querySelectorAll(selector)].filter(
    (one) => one.checkVisibility() && !one.matches(":disabled") && !one.closest("[inert]"),
  );
const first = (selector) => all(selector)[0];

function say(words) {
  said.textContent = words;
}

const wordsOf = (input) =>
  (input.labels[0]?.querySelector(".n") ?? input.labels[0])?.textContent
    .trim()
    .replace(/\s+/g, " ");

// Undo: what was chosen or ticked on this page, last first.
const done = [];
let undoing = false;
const chosen = new WeakMap();
const groupOf = (radio) => radio.closest("fieldset");

function lookAgain() {
  for (const input of document.querySelectorAll('.ib-live-main input[type="radio"]:checked')) {
    chosen.set(groupOf(input), input);
  }
}

function note({ target }) {
  if (!target.matches?.(TICKED)) return;
  if (!undoing) {
    const before = target.type === "radio" ? chosen.get(groupOf(target)) : null;
    done.push({ input: target, before, segment: document.querySelector(".ib-seg[aria-current]") });
  }
  lookAgain();
}

function clear(input) {
  input.checked = false;
  chosen.delete(groupOf(input));
  for (const type of ["input", "change"]) {
    input.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

function undo() {
  const last = done.at(-1);
  if (!last) return say("Nothing to undo.");
  const { input, before, segment } = last;
  if (input.disabled) return say("This can only be read here.");
  done.pop();
  if (!segment?.hasAttribute("aria-current")) segment?.click();
  undoing = true;
  if (input.type === "checkbox" || before) (before ?? input).click();
  else clear(input);
  undoing = false;
  say(`Undone: ${wordsOf(input)}`);
}

function rate(level) {
  const radio = first(`[data-testid^="rating-"] input[value="${level}"]`);
  if (!radio) return;
  if (!radio.checked) radio.click();
  say(`Rated ${wordsOf(radio)}`);
}

function toReasons() {
  const reasons = all('[data-testid^="rating-"] input[type="radio"]').filter((one) =>
    one.matches(REASONS),
  );
  const reason = reasons.find((one) => one.checked) ?? reasons[0];
  reason?.focus();
}

function tickNextProbe() {
  const probes = all('.ib-probes input[type="checkbox"]');
  const next = probes.find((one) => !one.checked);
  next?.click();
  if (probes.length) say(next ? `Asked: ${wordsOf(next)}` : "All probes are ticked.");
}

// To the first of the list; from there to the next one, and round.
function toSignals(kind) {
  const signals = all(`[data-signals="${kind}"] input`);
  const at = signals.indexOf(document.activeElement);
  signals[(at + 1) % signals.length]?.focus();
}

function toNotes() {
  const notes = first('textarea[data-testid^="evidence-"]');
  if (!notes) return;
  notes.focus();
  notes.setSelectionRange(notes.value.length, notes.value.length);
  intoView(notes);
}

// A browser shows the cursor of a text field and is content; the field may still be under the dock.
const intoView = (field) => field.scrollIntoView({ block: "nearest" });

function leaveNotes(field) {
  field.blur();
  const heading = first(".ib-live-main h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

function move(step) {
  const segments = all(".ib-seg:has(b)");
  const to = segments[segments.findIndex((one) => one.hasAttribute("aria-current")) + step];
  if (to) first(step > 0 ? ".ib-next" : ".ib-prev")?.click();
  else say(step > 0 ? "This is the last question." : "This is the first question.");
}

function toReview() {
  const review = document.querySelector(".ib-live-bar [data-review]");
  if (review?.disabled) say(review.innerText.trim());
  else review?.click();
}

// The sheet with all keys is a <details>: this adds the focus, and Esc.
let cameFrom = null;

function toggleSheet() {
  if (!sheet.open) cameFrom = document.activeElement;
  sheet.open = !sheet.open;
}

function closeSheet() {
  if (sheet?.open) sheet.open = false;
}

function sheetToggled() {
  if (sheet.open) return sheet.querySelector("[data-keys-close]").focus();
  const back = cameFrom?.checkVisibility() ? cameFrom : sheet.querySelector("summary");
  cameFrom = null;
  if (sheet.contains(document.activeElement) || document.activeElement === document.body) {
    back.focus();
  }
}

function setUpSheet() {
  const close = sheet.querySelector("[data-keys-close]");
  close.hidden = false;
  close.addEventListener("click", closeSheet);
  sheet.addEventListener("toggle", sheetToggled);
  sheet.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !sheet.contains(relatedTarget)) closeSheet();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!sheet.contains(target)) closeSheet();
  });
}

const KEYS = {
  1: () => rate(1),
  2: () => rate(2),
  3: () => rate(3),
  4: () => rate(4),
  0: toReasons,
  j: () => move(1),
  k: () => move(-1),
  n: toNotes,
  p: tickNextProbe,
  s: () => toSignals("strong"),
  w: () => toSignals("weak"),
  u: undo,
  t: () => first("[data-clock-button]")?.click(),
  g: toReview,
  "?": toggleSheet,
  "/": toggleSheet,
};

function escape(event) {
  if (sheet?.open) closeSheet();
  else if (event.target.matches?.(".ib-live-main textarea")) leaveNotes(event.target);
}

function press(event) {
  if (event.isComposing) return;
  if (event.key === "Escape") return escape(event);
  const key = event.shiftKey ? event.key : event.key.toLowerCase();
  if (!("singleKeys" in document.body.dataset) || !Object.hasOwn(KEYS, key)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest?.(TYPED_IN) || document.querySelector("dialog[open]")) return;
  if (sheet?.open && KEYS[key] !== toggleSheet) return;
  event.preventDefault();
  KEYS[key]();
}

// The thumb's way to the reasons, without a step in the history of the browser.
function thumbed(event) {
  if (!event.target.closest?.(".ib-thumb a")) return;
  event.preventDefault();
  toReasons();
}

if (sheet) setUpSheet();
document.addEventListener("click", thumbed);
lookAgain();
document.addEventListener("pointerdown", lookAgain, true);
document.addEventListener("keydown", lookAgain, true);
document.addEventListener("keydown", press);
document.addEventListener("change", note);
document.addEventListener("keyup", ({ key, target }) => {
  if (key === "Tab" && target.matches?.("textarea")) intoView(target);
});
