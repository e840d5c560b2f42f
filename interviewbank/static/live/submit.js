// Handing a scorecard in: once, while somebody looks on, and only with all of its answers. Without
// this the page is a plain form, and the server says the same.
import { openStore } from "./store.js";

const form = document.querySelector("form[data-submits]");
const note = document.querySelector('[data-testid="not-sent"]');
let state = "idle";

// Answers of this scorecard that only this device has. Where a browser keeps nothing there are none.
async function unsent() {
  try {
    const store = await openStore();
    return (await store.entries(form.dataset.user, form.dataset.card)).length;
  } catch {
    return 0;
  }
}

function explain(why) {
  for (const one of note.querySelectorAll("[data-why]")) one.hidden = one.dataset.why !== why;
  note.hidden = false;
}

// Asks for this page again: a POST that fails on its way would take what was typed with it. After
// signing in again in another tab, the new page has the token that the old one lacks.
async function hindrance() {
  let response;
  try {
    response = await fetch(form.action, { cache: "no-store" });
  } catch {
    return "offline";
  }
  if (response.status === 401) return "signed-out";
  if (!response.ok) return "refused";
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = page.querySelector("[name=csrfmiddlewaretoken]");
  if (token) form.elements.csrfmiddlewaretoken.value = token.value;
  return null;
}

async function ask(button) {
  const handsIn = button?.value === "submit";
  const why = handsIn && (await unsent()) > 0 ? "unsent" : await hindrance();
  if (why) {
    become("idle");
    explain(why);
    note.focus();
    return;
  }
  note.hidden = true;
  become("cleared");
  form.requestSubmit(button);
}

// idle, asking, cleared, sent: however often it is pressed, one form goes out.
function become(next) {
  state = next;
  for (const button of form.querySelectorAll('button[type="submit"]')) {
    button.setAttribute("aria-disabled", String(next !== "idle"));
  }
}

form.addEventListener("submit", (event) => {
  if (state === "cleared") return become("sent");
  event.preventDefault();
  if (state !== "idle") return;
  become("asking");
  ask(event.submitter);
});
// The browser's Back may bring this page again as it was left.
window.addEventListener("pageshow", () => become("idle"));
if ((await unsent()) > 0) explain("unsent");
