// Keys of a list: j and k move from row to row, Enter opens, x ticks, c compares what is ticked, / goes
// to the search, ? opens the list of keys. Only for people who have single keys on in their account,
// and never while they type. Links, boxes and buttons do the same.
const TYPED_IN =
  'input:not([type="checkbox"], [type="radio"], [type="submit"]), textarea, select, [contenteditable]';
const table = document.querySelector("[data-list-keys]");
const links = () => [...table.querySelectorAll("tbody th a")];
const rowOf = (element) => element.closest("tbody tr");

function move(step) {
  const all = links();
  const from = all.findIndex((link) => "cursor" in rowOf(link).dataset);
  const to = from < 0 ? 0 : Math.min(Math.max(from + step, 0), all.length - 1);
  // The link takes the focus: so Enter opens it, and a screen reader says it.
  all[to]?.focus({ preventScroll: true });
  all[to]?.scrollIntoView({ block: "nearest" });
}

function tick() {
  // A click, so that whoever counts the boxes hears of it.
  table.querySelector('tr[data-cursor] input[type="checkbox"]')?.click();
}

function keys() {
  const list = document.querySelector("[data-keys]");
  list.open = !list.open;
  list.querySelector("summary").focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  x: tick,
  c: () => table.closest("form")?.requestSubmit(),
  "?": keys,
  "/": () => document.querySelector('input[type="search"]')?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (!("singleKeys" in document.body.dataset) || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
  if (event.target.closest?.(TYPED_IN)) return;
  event.preventDefault();
  KEYS[event.key]();
});

// Also where the focus came by Tab: that row is where j goes on from.
table?.addEventListener("focusin", (event) => {
  const row = rowOf(event.target);
  if (!row) return;
  for (const link of links()) delete rowOf(link).dataset.cursor;
  row.dataset.cursor = "";
});
