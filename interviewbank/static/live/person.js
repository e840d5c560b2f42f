// Who is signed in. Scorecards that are open in other tabs hear of it at once; and signing out asks
// first when something of this person is on this device only.
import { openStore } from "./store.js";
import { tellPerson } from "./tabs.js";

async function unsent(user) {
  try {
    return (await (await openStore()).entries(user)).length;
  } catch {
    return 0; // a browser that keeps nothing has nothing to ask about
  }
}

function ask(form, count) {
  const note = form.querySelector("[data-unsent]");
  note.querySelector("strong").textContent =
    count === 1 ? "One change is not sent yet." : `${count} changes are not sent yet.`;
  form.querySelector("[data-sign-out-button]").textContent = "Sign out anyway";
  note.hidden = false;
  note.focus();
}

tellPerson(document.querySelector("form[data-sign-out]")?.dataset.signOut);
for (const form of document.querySelectorAll("form[data-sign-out]")) {
  let asked = false;
  form.addEventListener("submit", async (event) => {
    if (asked) return;
    event.preventDefault();
    const count = await unsent(form.dataset.signOut);
    asked = true;
    if (count > 0) ask(form, count);
    else form.requestSubmit(event.submitter);
  });
}
