// One honest line, and the band under it. The line is visible at once; it is spoken when the state
// has changed and stayed so for a second, since every pause in typing is a save.
const SPEAK_AFTER = 1000;
const STOPPED = { submitted: "Submitted", closed: "Closed to you", erased: "Erased" };

// What stands in the line: {state, words}. Never "saved" while something is unsent.
export function lineOf({ link, reason, entries, savedAt }, clock) {
  const rejected = entries.troubled("rejected");
  const unsent = entries.open.size;
  if (link === "held") return { state: "locked", words: "Open in another tab" };
  if (link === "stopped") return { state: "locked", words: STOPPED[reason] };
  if (link === "signed-out") return { state: link, words: signedOut(entries) };
  if (link === "other") return { state: "signed-out", words: "Somebody else is signed in" };
  if (entries.troubled("conflict").length > 0) {
    return { state: "conflict", words: "Two versions, choose" };
  }
  if (rejected.length > 0) return { state: "quarantine", words: cannot(rejected) };
  if (unsent > 0 && link === "waiting") return { state: "device", words: waiting(entries, unsent) };
  if (unsent > 0) return { state: "saving", words: "Saving" };
  return { state: "saved", words: savedAt ? `Saved ${clock(savedAt)}` : null };
}

function cannot(rejected) {
  if (rejected.length > 1) return `${rejected.length} answers can't be stored`;
  return `One answer can't be stored: ${rejected[0].trouble.message}`;
}

function signedOut({ keeps, open }) {
  const lose = !keeps && open.size > 0;
  return lose ? "Signed out, keep this page open" : "Signed out, your notes are kept";
}

function waiting({ keeps }, unsent) {
  const where = keeps ? "On this device only" : "On this page only, keep it open";
  return `${where}, waiting for connection (${unsent})`;
}

// 14:02, or 18 Nov, 14:02 on another day; in the person's zone. As the server's `local_lately`.
export function clockIn(timeZone) {
  const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone });
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone });
  return (at) => {
    const today = day.format(at) === day.format(new Date());
    return today ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
  };
}

export class StatusLine {
  constructor(element, clock) {
    Object.assign(this, { element, clock });
    this.spoken = element.querySelector("[data-spoken]");
    this.shown = element.querySelector("span:not([data-spoken])");
    this.shown.ariaHidden = "true";
    this.spoken.textContent = this.shown.textContent;
    // Where it is not known when something was saved.
    this.standing = element.dataset.standing ?? this.shown.textContent;
    this.state = "saved";
    this.heard = null;
  }

  show(queue) {
    const { state, words } = lineOf(queue, this.clock);
    this.element.dataset.state = state;
    const said = words ?? this.standing;
    if (this.shown.textContent !== said) {
      this.shown.textContent = said;
      this.element.title = said;
    }
    if (state === this.state) return;
    this.state = state;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.speak(), SPEAK_AFTER);
  }

  // Something was typed that the queue does not have yet.
  leaveSaved() {
    this.element.dataset.state = "saving";
    this.shown.textContent = "Saving";
  }

  speak() {
    if (this.heard === this.state) return;
    this.heard = this.state;
    // Without what changes meanwhile, the time and the number.
    this.spoken.textContent = this.shown.textContent.replace(/ (\(\d+\)|[\d:]{5})$/, "");
  }
}
