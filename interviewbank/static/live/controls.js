// The page's own controls: which field each is, what it says, and how to make it say something else.
export const KINDS = ["rating", "evidence", "probes", "signals", "scratch"];

export function fieldOf(kind, version) {
  return kind === "scratch" ? kind : `${kind}:${version}`;
}

function named(main, kind) {
  return [...main.querySelectorAll(`[name="${kind}"]`)];
}

export function read(main, kind) {
  const controls = named(main, kind);
  if (controls[0]?.matches("textarea")) return controls[0].value;
  const values = controls.filter((one) => one.checked).map((one) => one.value);
  if (kind !== "rating") return values.sort();
  return /^[1-4]$/.test(values[0]) ? Number(values[0]) : values[0] || null;
}

export function fill(main, kind, value) {
  for (const control of named(main, kind)) {
    if (control.matches("textarea")) {
      if (control.value !== value) control.value = value;
    } else if (kind === "rating") control.checked = control.value === String(value ?? "");
    else control.checked = value.includes(control.value);
  }
}

// Whether it says something else than the page's data: typed early, or refused by the plain form.
export function differs(shown, value) {
  const line = (one) => JSON.stringify(one).replaceAll("\\r\\n", "\\n");
  return line(shown) !== line(value);
}

export function allow(main, may) {
  for (const control of main.querySelectorAll("textarea")) control.readOnly = !may;
  for (const control of main.querySelectorAll("input")) control.disabled = !may;
}

// A value in the words of the page's labels.
export function inWords(main, kind, value) {
  const label = (one) => words(named(main, kind).find((it) => it.value === String(one ?? "")));
  if (Array.isArray(value)) return value.map(label).join("\n") || "No ticks";
  if (kind !== "rating") return value || "Empty";
  if (value === null) return "No rating";
  return typeof value === "number" ? label(value) : `Not assessed: ${label(value).toLowerCase()}`;
}

function words(control) {
  const label = control?.nextElementSibling;
  return ((label?.querySelector(".n") ?? label)?.textContent ?? "").trim().replace(/\s+/g, " ");
}
