// The bands under the ribbon: what the state means and what can be done about it. All of them are in
// the page, hidden; this shows the ones that apply.

function bandsOf({ link, reason, entries }, shows) {
  const wanted = new Set();
  if (link === "held") wanted.add("held");
  else if (link === "stopped") wanted.add(reason);
  else if (link === "signed-out" || link === "other") wanted.add(link);
  else if (link === "waiting") wanted.add(entries.waiting().length > 0 ? "device" : "away");
  if (link === "other" || reason === "erased") return wanted;
  if (!entries.keeps) wanted.add("unkept");
  if (entries.troubled("rejected").length > 0) wanted.add("quarantine");
  if (entries.troubled("conflict").some(({ field }) => !shows(field))) wanted.add("conflict");
  return wanted;
}

export class Bands {
  // `of(version)`: the question. `shows(field)`: two versions of it stand on the page already.
  constructor(form, { labels, of, shows, clock, go, discard }) {
    Object.assign(this, { labels, of, shows, clock, go, discard });
    this.bands = [...form.querySelectorAll("[data-band]")];
  }

  show(queue) {
    const wanted = bandsOf(queue, this.shows);
    for (const band of this.bands) {
      band.hidden = !wanted.has(band.dataset.band);
      for (const words of band.querySelectorAll("[data-kept], [data-unkept]")) {
        words.hidden = "kept" in words.dataset !== queue.entries.keeps;
      }
    }
    for (const kind of ["rejected", "conflict"]) this.list(kind, queue.entries.troubled(kind));
    clearTimeout(this.timer);
    if (wanted.has("device")) this.count(queue);
  }

  count(queue) {
    const { savedAt, retryAt, running } = queue;
    const seconds = Math.max(0, Math.ceil((retryAt - performance.now()) / 1000));
    const last = savedAt ? `Last sent ${this.clock(savedAt)}. ` : "";
    const next = running || seconds === 0 ? "Trying now." : `Trying again in ${seconds} s.`;
    const [box] = this.bands.map((band) => band.querySelector("[data-retry]")).filter(Boolean);
    box.textContent = last + next;
    this.timer = setTimeout(() => this.count(queue), 1000);
  }

  // A link to each field that waits for its writer.
  list(kind, entries) {
    const list = this.bands.map((band) => band.querySelector(`[data-${kind}]`)).find(Boolean);
    const wanted = entries.map(({ field, trouble }) => [field, trouble.message ?? ""]);
    const key = JSON.stringify(wanted);
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    list.replaceChildren(...wanted.map(([field, message]) => this.item(field, message)));
  }

  item(field, message) {
    const [kind, version] = field.split(":");
    const question = this.of(version);
    const item = document.createElement("li");
    const link = document.createElement("button");
    link.type = "button";
    item.append(link, message && `: ${message}`);
    if (version && !question) {
      link.textContent = `Discard ${this.labels[kind].toLowerCase()} of a question not asked here`;
      link.addEventListener("click", () => this.discard(field));
    } else {
      link.textContent = (question ? `Question ${question.number}: ` : "") + this.labels[kind];
      link.addEventListener("click", () => this.go(field));
    }
    return item;
  }
}
