// The live scorecard. Everything that is typed goes to the queue; what the queue says is shown.
// Without this, or in a browser that lacks what it needs, the page is the plain form that it is.
import { Api } from "./api.js";
import { Bands } from "./band.js";
import { showClashes } from "./conflict.js";
import { allow, differs, fieldOf, fill, KINDS, read } from "./controls.js";
import { Queue } from "./queue.js";
import { Questions } from "./questions.js";
import { Rehearsal } from "./rehearsal.js";
import { showRibbon } from "./ribbon.js";
import { StatusLine } from "./status.js";
import { openStore } from "./store.js";
import { hearPerson, Tab, tellPerson } from "./tabs.js";
import { joinable, joined } from "./values.js";
import { allNotes, copy } from "./words.js";

const TEXT = { rest: 800, most: 3000 };
const form = document.querySelector("form[data-scorecard]");
const rehearsing = "rehearsal" in (form?.dataset ?? {});

class Page {
  constructor(data, store, device) {
    Object.assign(this, { data, labels: data.labels, title: document.title });
    const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: data.zone });
    const time = (at) => clock.format(at);
    this.questions = new Questions(form, data.questions, {
      shown: (question) => this.fillIn(question),
    });
    this.line = new StatusLine(form.querySelector('[data-testid="save-status"]'), time);
    this.bands = new Bands(form, {
      labels: data.labels,
      questions: this.questions,
      clock: time,
      go: (question, kind) => this.go(question, kind),
      discard: (field) => this.queue.discard(field),
    });
    const csrf = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const { opsUrl, stateUrl, todayUrl } = form.dataset;
    this.queue = new Queue({
      api: rehearsing ? new Rehearsal(data) : new Api({ opsUrl, stateUrl, todayUrl, csrf, device }),
      store,
      user: data.user,
      card: data.card,
      known: data.answers,
      changed: () => this.changed(),
      arrived: (field) => this.arrived(field),
    });
    this.tab = new Tab(`interviewbank-live ${data.user} ${data.card}`, {
      gained: () => this.gained(),
      lost: () => this.lost(),
    });
    this.early = new Map(); // typed before this was ready
  }

  async gained() {
    await this.queue.hold();
    this.allow(true);
    for (const [field, value] of this.early) this.retype(field, value);
    this.early.clear();
    this.ready = true;
    this.queue.resume();
  }

  // What was typed while this was being loaded stands in the controls.
  readEarly() {
    const { main, version } = this.questions.current;
    for (const kind of KINDS) {
      const field = fieldOf(kind, version);
      if (differs(main, kind, this.queue.entries.mine(field))) this.note(field, read(main, kind));
    }
  }

  note(field, value) {
    this.early.set(field, value);
    this.line.leaveSaved();
  }

  // What was typed while the copy of an earlier page was still being read is put below it.
  retype(field, value) {
    const text = this.queue.entries.open.has(field) && typeof value === "string" && joinable(field);
    this.queue.edit(field, text ? joined(this.queue.entries.mine(field), value) : value, TEXT);
    this.arrived(field);
  }

  async lost() {
    this.allow(false);
    await this.queue.release();
  }

  allow(may) {
    for (const { main } of this.data.questions) allow(main, may);
  }

  fillIn({ main, version }) {
    for (const kind of KINDS) fill(main, kind, this.queue.entries.mine(fieldOf(kind, version)));
    this.changed();
  }

  arrived(field) {
    const [kind, version] = field.split(":");
    const { current } = this.questions;
    const question = version ? this.questions.of(version) : current;
    if (question && KINDS.includes(kind)) {
      fill(question.main, kind, this.queue.entries.mine(field));
    }
  }

  typed({ target, type }) {
    const kind = target.name;
    if (!KINDS.includes(kind) || !target.closest("main")) return;
    const { main, version } = this.questions.current;
    const field = fieldOf(kind, version);
    const value = read(main, kind);
    if (!this.ready) this.note(field, value);
    else {
      this.queue.edit(field, value, target.matches("textarea") ? TEXT : {});
      if (type === "change") this.queue.flush({ all: true });
    }
  }

  changed() {
    if (!rehearsing) {
      this.line.show(this.queue);
      this.bands.show(this.queue);
    }
    showRibbon(this.questions, this.queue);
    showClashes(this.questions.current, this);
    const { link, entries } = this.queue;
    const erased = this.queue.reason === "erased";
    const away = erased || link === "other";
    if (erased) for (const { main } of this.data.questions) main.replaceChildren();
    document.title = away ? "interviewbank" : this.title;
    for (const part of form.querySelectorAll("main, .ib-dock, .ib-ribbon, .ib-live-who")) {
      part.hidden = away;
    }
    const review = form.querySelector("[data-review]");
    const waits = link === "waiting" && entries.waiting().length > 0;
    review.disabled = waits || link === "signed-out" || link === "stopped";
    review.querySelector("[data-now]").hidden = waits;
    review.querySelector("[data-later]").hidden = !waits;
  }

  go(question, kind) {
    this.questions.show(question ?? this.questions.current);
    const { main } = this.questions.current;
    const control = main.querySelector(`[name="${kind}"]:is(textarea, :checked), [name="${kind}"]`);
    control?.closest("details")?.setAttribute("open", "");
    control?.focus();
  }

  step(step) {
    const question = this.questions.beside(step);
    if (question) this.questions.show(question);
    return question;
  }

  // Every button that leaves a question, in place of sending the plain form.
  async pressed(go) {
    this.queue.flush({ all: true });
    if (go === "previous") this.step(-1);
    if (go === "today") await this.leave(form.dataset.todayUrl);
    const last = go === "next" && !this.step(1);
    if (go === "review" || last) await this.review();
  }

  async review() {
    await this.queue.flush({ all: true });
    const { open } = this.queue.entries;
    const [troubled] = [...open.values()].filter((entry) => entry.trouble);
    if (this.queue.link === "held" || open.size === 0) location.assign(form.dataset.submitUrl);
    else if (troubled) {
      const [kind, version] = troubled.field.split(":");
      this.go(this.questions.of(version), kind);
    }
  }

  async leave(address) {
    await this.queue.flush({ all: true });
    location.assign(address);
  }

  async copyNotes(button) {
    const { heading, questions } = this.data;
    const box = form.querySelector("[data-copied]");
    const done = await copy(allNotes(heading, questions, this.queue.entries), box);
    button.textContent = done ? "Copied" : "Copy it from below";
  }
}

function listen(page) {
  const { queue, questions, tab } = page;
  const act = {
    retry: () => queue.resume(),
    copy: (button) => page.copyNotes(button),
    take: () => tab.insist(),
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button) act[button.dataset.act](button);
    const segment = event.target.closest("a.ib-seg");
    if (!segment || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    queue.flush({ all: true });
    questions.show(questions.at(new URLSearchParams(segment.search).get("q")));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    page.pressed(event.submitter?.value ?? "stay");
  });
  window.addEventListener("popstate", () => {
    const question = questions.at(new URLSearchParams(location.search).get("q"));
    if (question && queue.reason !== "erased") questions.show(question, { record: false });
  });
  hearPerson((user) => queue.heard(user));
  tellPerson(queue.user);
  window.addEventListener("online", () => queue.resume());
  window.addEventListener("focus", () => back(queue));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) queue.flush({ all: true });
    else queue.resume();
  });
  window.addEventListener("pagehide", () => queue.leave());
  window.addEventListener("beforeunload", (event) => {
    if (queue.link !== "held" && queue.entries.open.size > 0) event.preventDefault();
  });
}

// They may have signed in elsewhere meanwhile, or be on another network.
function back(queue) {
  if (["waiting", "signed-out", "other"].includes(queue.link)) queue.resume();
}

async function opened() {
  if (rehearsing) return { store: null, device: null };
  try {
    const store = await openStore();
    return { store, device: await store.device() };
  } catch {
    return { store: null, device: crypto.randomUUID() };
  }
}

async function start() {
  const { store, device } = await opened();
  const data = JSON.parse(document.getElementById("live-data").textContent);
  const page = new Page(data, store, device);
  page.readEarly();
  form.addEventListener("input", (event) => page.typed(event));
  form.addEventListener("change", (event) => page.typed(event));
  listen(page);
  form.dataset.live = ""; // the plain form's own words and buttons go
  await page.tab.begin();
}

if (form && "indexedDB" in window && navigator.locks && crypto.randomUUID) await start();
