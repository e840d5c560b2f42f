// Two versions of a field, side by side, under the prompt of its question. The interview goes on meanwhile.
import { fieldOf, inWords, KINDS } from "./controls.js";
import { joinable } from "./values.js";

const outer = document.querySelector("template[data-clashes]");
const inner = document.querySelector("template[data-clash]");

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// One fieldset for each field; they stay while they are filled in anew, so the focus stays, too.
function clashOf(box, main, entry, { queue, labels }) {
  const { field, trouble } = entry;
  const kind = field.split(":")[0];
  let clash = box.querySelector(`[data-field="${field}"]`);
  if (!clash) {
    clash = document.importNode(inner.content, true).firstElementChild;
    clash.dataset.field = field;
    put(clash.querySelector("legend"), labels[kind]);
    clash.querySelector('[data-keep="both"]').hidden = !joinable(field);
    clash.addEventListener("click", ({ target }) => {
      const keep = target.closest("[data-keep]")?.dataset.keep;
      if (keep) queue.choose(field, keep);
    });
    box.querySelector("[data-fields]").append(clash);
  }
  put(clash.querySelector("[data-mine]"), inWords(main, kind, queue.entries.mine(field)));
  put(clash.querySelector("[data-theirs]"), inWords(main, kind, trouble.value));
}

export function isOf({ version }, { field }) {
  return KINDS.some((kind) => fieldOf(kind, version) === field);
}

export function showClashes({ main, version }, { queue, labels }) {
  const clashes = queue.entries.troubled("conflict").filter((entry) => isOf({ version }, entry));
  let box = main.querySelector('[data-testid="conflict"]');
  if (clashes.length === 0) {
    const focused = box?.contains(document.activeElement);
    box?.remove();
    if (focused) main.querySelector("h1").focus();
    return;
  }
  if (!box) {
    box = document.importNode(outer.content, true).firstElementChild;
    main.querySelector(".ib-ask").append(box);
  }
  for (const old of box.querySelectorAll("[data-field]")) {
    if (!clashes.some(({ field }) => field === old.dataset.field)) old.remove();
  }
  for (const entry of clashes) clashOf(box, main, entry, { queue, labels });
}
