// The live scorecard. What it shares with the page to submit is in client.js. Without this, or in a
// browser that lacks what it needs, the page is the plain form that it is.
import { Api } from "./api.js";
import { able, Client, opened } from "./client.js";
import { showClashes } from "./conflict.js";
import { allow, differs, fieldOf, fill, inWords, KINDS, read } from "./controls.js";
import { Questions } from "./questions.js";
import { Rehearsal } from "./rehearsal.js";
import { showRibbon } from "./ribbon.js";
import { allNotes } from "./words.js";

const form = document.querySelector("form[data-scorecard]");
const rehearsing = "rehearsal" in (form?.dataset ?? {});

class Page extends Client {
  constructor(data, api, store) {
    super(form, data, { api, store });
    this.title = document.title;
    this.questions = new Questions(form, data.questions, {
      shown: (question) => this.fillIn(question),
    });
  }

  readEarly() {
    const { main, version } = this.questions.current;
    for (const kind of KINDS) {
      const field = fieldOf(kind, version);
      const value = read(main, kind);
      if (differs(value, this.queue.entries.mine(field))) this.note(field, value);
    }
  }

  note(field, value) {
    if (rehearsing) this.early.set(field, value);
    else super.note(field, value);
  }

  allow(may) {
    for (const { main } of this.data.questions) allow(main, may);
  }

  fillIn({ main, version }) {
    for (const kind of KINDS) fill(main, kind, this.mine(fieldOf(kind, version)));
    this.changed();
  }

  // The question of a field, and what kind of field it is; private notes are at each question.
  placeOf(field) {
    const [kind, version] = field.split(":");
    const question = version ? this.questions.of(version) : this.questions.current;
    return { kind, question: KINDS.includes(kind) ? question : null };
  }

  fill(field) {
    const { kind, question } = this.placeOf(field);
    if (question) fill(question.main, kind, this.mine(field));
  }

  shows(field) {
    const { version } = this.questions.current;
    return KINDS.some((kind) => fieldOf(kind, version) === field);
  }

  nameOf(field) {
    return this.labels[field.split(":")[0]];
  }

  inWords(field, value) {
    return inWords(this.questions.current.main, field.split(":")[0], value);
  }

  notes() {
    return allNotes(this.data.heading, this.questions.list, this.queue.entries);
  }

  input(event) {
    const kind = event.target.name;
    if (!KINDS.includes(kind) || !event.target.closest("main")) return;
    const { main, version } = this.questions.current;
    this.typed(fieldOf(kind, version), read(main, kind), event);
  }

  changed() {
    if (!rehearsing) super.changed();
    showRibbon(this.questions, this.queue, (field) => this.mine(field));
    const { main } = this.questions.current;
    const place = { host: main.querySelector(".ib-ask"), back: main.querySelector("h1") };
    if (place.host) showClashes({ ...place, shows: (field) => this.shows(field) }, this);
    this.hide();
    const { link } = this.queue;
    const review = form.querySelector("[data-review]");
    const waits = link === "waiting";
    review.disabled = waits || link === "signed-out" || link === "stopped";
    review.querySelector("[data-now]").hidden = waits;
    review.querySelector("[data-later]").hidden = !waits;
    // At the last question the way on is the same way.
    form.querySelector(".ib-next").disabled = review.disabled && !this.questions.beside(1);
  }

  // Nothing of a scorecard is shown to somebody else, nor anything of a candidate who was erased.
  hide() {
    const erased = this.queue.reason === "erased";
    const away = erased || this.queue.link === "other";
    if (erased) for (const { main } of this.data.questions) main.replaceChildren();
    document.title = away ? "interviewbank" : this.title;
    for (const part of form.querySelectorAll("main, .ib-dock, .ib-ribbon, .ib-live-who")) {
      part.hidden = away;
    }
  }

  go(field) {
    const { kind, question } = this.placeOf(field);
    if (!question) return location.assign(form.dataset.submitUrl);
    this.questions.show(question);
    const { main } = question;
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
    if (this.queue.link === "held" || open.size === 0) await this.leave(form.dataset.submitUrl);
    else if (troubled) this.go(troubled.field);
  }

  // Without a connection there would be no page there, and no way back to the questions.
  async leave(address) {
    await this.queue.flush({ all: true });
    if (this.unsent || (await this.queue.reach())) location.assign(address);
  }

  listen() {
    super.listen();
    const { queue, questions } = this;
    form.addEventListener("input", (event) => this.input(event));
    form.addEventListener("change", (event) => this.input(event));
    form.addEventListener("click", (event) => {
      const segment = event.target.closest("a.ib-seg");
      if (!segment || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      queue.flush({ all: true });
      questions.show(questions.at(new URLSearchParams(segment.search).get("q")));
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.pressed(event.submitter?.value ?? "stay");
    });
    window.addEventListener("popstate", () => {
      const question = questions.at(new URLSearchParams(location.search).get("q"));
      if (question && queue.reason !== "erased") questions.show(question, { record: false });
    });
  }
}

async function start() {
  const { store, device } = rehearsing ? { store: null, device: null } : await opened();
  const data = JSON.parse(document.getElementById("live-data").textContent);
  const { opsUrl, stateUrl, todayUrl } = form.dataset;
  const csrf = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const api = rehearsing
    ? new Rehearsal(data)
    : new Api({ opsUrl, stateUrl, todayUrl, csrf, device });
  const page = new Page(data, api, store);
  page.readEarly();
  page.listen();
  form.dataset.live = ""; // the plain form's own words and buttons go
  await page.tab.begin();
}

if (form && able()) await start();
