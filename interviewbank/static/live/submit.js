// Handing a scorecard in: once, while somebody looks on, and only with all of its answers. What is
// typed here goes the way of the live scorecard first; the form is sent when all of it is saved.
// Without this the page is a plain form, and the server says the same.
import { Api } from "./api.js";
import { able, Client, opened } from "./client.js";
import { showClashes } from "./conflict.js";
import { differs } from "./controls.js";
import { openNotes } from "./words.js";

const form = document.querySelector("form[data-submits]");
const note = document.querySelector('[data-testid="not-sent"]');

class Review extends Client {
  constructor(data, api, store) {
    super(form, data, { api, store });
    this.state = "idle";
    // The controls of each field; a question without a rating has a list of reasons.
    this.controls = new Map();
    for (const name of ["summary", "recommendation"]) {
      this.controls.set(name, [...form.querySelectorAll(`[name="${name}"]`)]);
    }
    for (const { slug, version } of data.questions) {
      const mark = form.elements[`mark_${slug}`];
      if (mark) this.controls.set(`rating:${version}`, [mark]);
    }
  }

  read(field) {
    const [one, ...more] = this.controls.get(field);
    if (more.length === 0) return field === "summary" ? one.value : one.value || null;
    return [one, ...more].find((radio) => radio.checked)?.value ?? null;
  }

  fill(field) {
    const value = this.mine(field);
    const controls = this.controls.get(field);
    const takes = ({ options }) => !options || [...options].some((one) => one.value === (value ?? ""));
    if (!controls?.every(takes)) return this.outdate();
    for (const control of controls) {
      if (control.type === "radio") control.checked = control.value === value;
      else if (control.value !== (value ?? "")) control.value = value ?? "";
    }
    this.mark(field);
  }

  // A rating, or words behind one, that this page shows otherwise.
  outdate() {
    this.outdated = true;
    if (note.hidden) this.explain("changed");
  }

  mark(field) {
    if (!field.startsWith("rating:")) return;
    const [mark] = this.controls.get(field);
    mark.closest("li").toggleAttribute("data-missing", !mark.value);
  }

  // What was typed before this was ready. In a page that is older than the scorecard it is based on
  // nothing, so that it can't win over what was saved elsewhere without a word.
  readEarly() {
    const { entries } = this.queue;
    for (const field of this.controls.keys()) {
      const value = this.read(field);
      if (!differs(value, entries.mine(field))) continue;
      if (this.data.stale) entries.known.delete(field);
      this.note(field, value);
    }
  }

  allow(may) {
    for (const control of [...this.controls.values()].flat()) {
      if (control.matches("textarea")) control.readOnly = !may;
      else control.disabled = !may;
    }
  }

  shows(field) {
    return this.controls.has(field);
  }

  nameOf(field) {
    const [kind, version] = field.split(":");
    const question = this.data.questions.find((one) => one.version === version);
    return question ? `Question ${question.number}, ${question.title}` : this.labels[kind];
  }

  inWords(field, value) {
    if (field === "summary") return value || "Empty";
    if (typeof value === "number") return `Rated ${value}`;
    const controls = this.controls.get(field);
    const chosen = [...(controls[0].options ?? controls)].find((one) => one.value === (value ?? ""));
    const label = chosen?.labels?.[0].querySelector("strong") ?? chosen;
    return label?.textContent.trim() || "None";
  }

  go(field) {
    const [control] = this.controls.get(field) ?? [];
    if (control) return control.focus();
    const question = this.data.questions.find(({ version }) => field.endsWith(`:${version}`));
    location.assign(`${form.dataset.liveUrl}${question ? `?q=${question.slug}` : ""}`);
  }

  notes() {
    return openNotes(this.data.heading, this.queue.entries, (field) => this.nameOf(field));
  }

  changed() {
    super.changed();
    const host = form.querySelector("[data-versions]");
    showClashes({ host, back: form.elements.summary, shows: (field) => this.shows(field) }, this);
    const { link, reason } = this.queue;
    const away = link === "other" || reason === "erased";
    for (const part of document.querySelectorAll("[data-own]")) part.hidden = away;
    if (away) document.title = "interviewbank";
  }

  input(event) {
    for (const [field, controls] of this.controls) {
      if (!controls.includes(event.target)) continue;
      this.typed(field, this.read(field), event);
      this.mark(field);
    }
  }

  explain(why) {
    for (const one of note.querySelectorAll("[data-why]")) one.hidden = one.dataset.why !== why;
    note.hidden = false;
  }

  // Why nothing can be sent now; null when all is there and this page shows it.
  hindrance() {
    const { link, entries } = this.queue;
    if (link === "held" || link === "signed-out") return link;
    if (link === "stopped" || link === "other") return "closed";
    if ([...entries.open.values()].some((entry) => entry.trouble)) return "trouble";
    if (link === "waiting" || entries.open.size > 0) return "offline";
    return this.outdated ? "changed" : null;
  }

  // Twice: what the first one sends is part of the state that the second one asks for, and that is
  // what is submitted.
  async ask(button) {
    const { queue } = this;
    await queue.resume();
    await queue.resume();
    const why = this.hindrance();
    const back = button?.value === "questions" && (!why || why === "trouble" || why === "changed");
    if (back) return location.assign(form.dataset.liveUrl);
    if (why) {
      this.become("idle");
      this.explain(why);
      return note.focus();
    }
    note.hidden = true;
    form.elements.revision.value = queue.revision;
    form.elements.csrfmiddlewaretoken.value = queue.api.csrf;
    this.become("cleared");
    form.requestSubmit(button);
  }

  // idle, asking, cleared, sent: however often it is pressed, one form goes out.
  become(next) {
    this.state = next;
    for (const button of form.querySelectorAll('button[type="submit"]')) {
      button.setAttribute("aria-disabled", String(next !== "idle"));
    }
    // What is typed after the answers were counted would come too late.
    for (const part of form.querySelectorAll("[data-own]")) part.inert = next !== "idle";
  }

  listen() {
    super.listen();
    form.addEventListener("input", (event) => this.input(event));
    form.addEventListener("change", (event) => this.input(event));
    form.addEventListener("submit", (event) => {
      if (this.state === "cleared") return this.become("sent");
      event.preventDefault();
      if (this.state !== "idle") return;
      this.become("asking");
      this.ask(event.submitter);
    });
    // The browser's Back may bring this page again as it was left.
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.become("idle"));
  }
}

async function start() {
  const { store, device } = await opened();
  const data = JSON.parse(document.getElementById("live-data").textContent);
  const { opsUrl, stateUrl, todayUrl } = form.dataset;
  const csrf = form.elements.csrfmiddlewaretoken.value;
  const page = new Review(data, new Api({ opsUrl, stateUrl, todayUrl, csrf, device }), store);
  page.readEarly();
  page.listen();
  form.dataset.live = "";
  await page.tab.begin();
}

if (form && able()) await start();
