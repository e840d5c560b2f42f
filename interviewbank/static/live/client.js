// What the live scorecard and the page to submit have in common: everything that is typed goes to the
// queue, what the queue says is shown, and one tab of a browser writes.
import { Bands } from "./band.js";
import { Queue } from "./queue.js";
import { clockIn, StatusLine } from "./status.js";
import { openStore } from "./store.js";
import { hearPerson, Tab, tellPerson } from "./tabs.js";
import { joinable, joined } from "./values.js";
import { copy } from "./words.js";

export const TEXT = { rest: 800, most: 3000 };

// A browser that lacks one of these has the plain form. Without a disk it works, and says so.
export const able = () => "indexedDB" in window && navigator.locks && crypto.randomUUID;

export async function opened() {
  try {
    const store = await openStore();
    return { store, device: await store.device() };
  } catch {
    return { store: null, device: crypto.randomUUID() };
  }
}

// A page says which controls are which field: it has allow(may), fill(field), shows(field), go(field)
// and notes(), and wires its own controls to typed().
export class Client {
  constructor(form, data, { api, store }) {
    Object.assign(this, { form, data, labels: data.labels });
    const clock = clockIn(data.zone);
    this.line = new StatusLine(document.querySelector('[data-testid="save-status"]'), clock);
    this.bands = new Bands(form, {
      labels: data.labels,
      of: (version) => data.questions.find((question) => question.version === version),
      shows: (field) => this.shows(field),
      clock,
      go: (field) => this.go(field),
      discard: (field) => this.queue.discard(field),
    });
    this.queue = new Queue({
      api,
      store,
      user: data.user,
      card: data.card,
      known: data.answers,
      savedAt: data.saved_at && new Date(data.saved_at),
      changed: () => this.changed(),
      arrived: (field) => this.fill(field),
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
    const early = [...this.early];
    this.early.clear();
    for (const [field, value] of early) this.retype(field, value);
    this.ready = true;
    this.queue.resume();
  }

  async lost() {
    this.allow(false);
    await this.queue.release();
  }

  // What this page has for a field: also what waits for the copy of an earlier page to be read.
  mine(field) {
    return this.early.has(field) ? this.early.get(field) : this.queue.entries.mine(field);
  }

  // What was typed before the script was there stands in the controls.
  note(field, value) {
    this.early.set(field, value);
    this.line.leaveSaved();
  }

  // What was typed while the copy of an earlier page was still being read is put below it.
  retype(field, value) {
    const text = this.queue.entries.open.has(field) && typeof value === "string" && joinable(field);
    this.queue.edit(field, text ? joined(this.queue.entries.mine(field), value) : value, TEXT);
    this.fill(field);
  }

  typed(field, value, { target, type }) {
    if (!this.ready) return this.note(field, value);
    this.queue.edit(field, value, target.matches("textarea") ? TEXT : {});
    if (type === "change") this.queue.flush({ all: true });
  }

  changed() {
    this.line.show(this.queue);
    this.bands.show(this.queue);
  }

  async copyNotes(button) {
    const box = this.form.querySelector("[data-copied]");
    const done = await copy(this.notes(), box);
    button.textContent = done ? "Copied" : "Copy it from below";
  }

  get unsent() {
    const { link, entries } = this.queue;
    return (link !== "held" || !entries.keeps) && entries.open.size > 0;
  }

  listen() {
    const { form, queue, tab } = this;
    const act = {
      retry: () => queue.resume(),
      copy: (button) => this.copyNotes(button),
      take: () => tab.insist(),
    };
    form.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-act]");
      if (button) act[button.dataset.act](button);
    });
    hearPerson((user) => queue.heard(user));
    tellPerson(queue.user);
    window.addEventListener("online", () => queue.resume());
    window.addEventListener("focus", () => this.back());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) queue.flush({ all: true });
      else queue.resume();
    });
    window.addEventListener("pagehide", () => queue.leave());
    window.addEventListener("beforeunload", (event) => {
      if (this.unsent) event.preventDefault();
    });
  }

  // They may have signed in elsewhere meanwhile, or be on another network.
  back() {
    if (["waiting", "signed-out", "other"].includes(this.queue.link)) this.queue.resume();
  }
}
