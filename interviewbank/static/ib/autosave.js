// Saves the form [data-autosave] one second after the last key. The plain Save button works without.
// Only JSON that names the new token means saved; anything else is said in words.
const PAUSE = 1000;
const RETRY = 5000;
const form = document.querySelector("form[data-autosave]");
const status = document.querySelector("[data-autosave-status]");
let timer = 0;
let dirty = false;
let stopped = false;
let running = null;

function say(state, words) {
  status.dataset.state = state;
  if (status.textContent !== words) status.textContent = words;
}

function later(pause) {
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(save, pause);
}

function changed() {
  dirty = true;
  if (!stopped) later(PAUSE);
}

function show(answer) {
  for (const box of document.querySelectorAll("[data-advice]")) {
    const texts = answer.advice[box.dataset.advice] || [];
    box.querySelector("span").textContent = texts.join(" ");
    box.hidden = texts.length === 0;
  }
  const time = document.querySelector("[data-reading-time]");
  if (time && answer.reading_time) time.textContent = answer.reading_time;
}

// Every form of the page that says what was seen has now seen this.
function renew(token) {
  for (const field of document.querySelectorAll("input[name=seen]")) field.value = token;
}

function failed(words, again) {
  dirty = true;
  say("offline", `Not saved: ${words}`);
  if (again) later(RETRY);
}

async function understood(response) {
  const json = (response.headers.get("Content-Type") || "").startsWith("application/json");
  try {
    return json ? await response.json() : null;
  } catch {
    return null;
  }
}

function take(response, answer) {
  if (response.type === "opaqueredirect" || response.status === 401) {
    failed("you are signed out. Sign in in another tab, then go on here.", false);
  } else if (!answer) {
    failed(`the server's answer (${response.status}) says nothing of the draft.`, true);
  } else if (answer.conflict) {
    stopped = dirty = true;
    say("conflict", "Somebody else changed this draft. Press “Save draft” to compare.");
  } else if (response.ok && typeof answer.token === "string" && answer.token) {
    renew(answer.token);
    show(answer);
    for (const link of document.querySelectorAll("[data-with-draft]")) link.hidden = !answer.draft;
    const words = answer.draft ? `Draft saved ${answer.saved}` : "No changes, so no draft";
    if (!dirty) say("saved", words);
  } else {
    if (answer.advice) show(answer);
    failed(answer.error || "the server did not say why.", false);
  }
}

async function post() {
  const sent = { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true };
  try {
    const response = await fetch(form.dataset.autosave, sent);
    take(response, await understood(response));
  } catch {
    failed("no connection. It is tried again.", true);
  }
}

async function save() {
  clearTimeout(timer);
  if (stopped || !dirty || running) return;
  dirty = false;
  say("saving", "Saving");
  running = post();
  await running;
  running = null;
  if (dirty && status.dataset.state === "saving") later(PAUSE);
}

if (form && status) {
  stopped = "stopped" in form.dataset;
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  // A save that is under way would make the one of the button come too late: wait for its token.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    dirty = false; // what is sent now holds all of it
    if (!running) return;
    event.preventDefault();
    await running;
    form.requestSubmit(event.submitter);
  });
  if ("unsaved" in form.dataset) changed();
}
