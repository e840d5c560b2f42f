// Two versions of a field, side by side. The interview goes on meanwhile.
import { joinable } from "./values.js";

const outer = document.querySelector("template[data-clashes]");
const inner = document.querySelector("template[data-clash]");

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// One fieldset for each field; they stay while they are filled in anew, so the focus stays, too.
function clashOf(box, { field, trouble }, page) {
  let clash = box.querySelector(`[data-field="${field}"]`);
  if (!clash) {
    clash = document.importNode(inner.content, true).firstElementChild;
    clash.dataset.field = field;
    put(clash.querySelector("legend"), page.nameOf(field));
    clash.querySelector('[data-keep="both"]').hidden = !joinable(field);
    clash.addEventListener("click", ({ target }) => {
      const keep = target.closest("[data-keep]")?.dataset.keep;
      if (keep) page.queue.choose(field, keep);
    });
    box.querySelector("[data-fields]").append(clash);
  }
  put(clash.querySelector("[data-mine]"), page.inWords(field, page.queue.entries.mine(field)));
  put(clash.querySelector("[data-theirs]"), page.inWords(field, trouble.value));
}

// In `host`, those of the fields that `shows` is true of. `back` gets the focus when the last is gone.
export function showClashes({ host, back, shows }, page) {
  const clashes = page.queue.entries.troubled("conflict").filter(({ field }) => shows(field));
  let box = host.querySelector('[data-testid="conflict"]');
  if (clashes.length === 0) {
    const focused = box?.contains(document.activeElement);
    box?.remove();
    if (focused) back.focus();
    return;
  }
  if (!box) {
    box = document.importNode(outer.content, true).firstElementChild;
    host.append(box);
  }
  for (const old of box.querySelectorAll("[data-field]")) {
    if (!clashes.some(({ field }) => field === old.dataset.field)) old.remove();
  }
  for (const entry of clashes) clashOf(box, entry, page);
}
