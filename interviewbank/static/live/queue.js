// Sends the entries of one scorecard, one request at a time, and says what became of them.
// `link` is what stands between here and the server:
//   up · waiting (for a connection) · signed-out · other (somebody else is signed in)
//   stopped (`reason`: submitted, closed or erased) · held (another tab writes)
// What is due is counted from when the page opened: a clock that is set back holds nothing up.
import { batchOf, bytes, MOST_BYTES, wire } from "./batch.js";
import { Entries } from "./entries.js";

const SHORTEST = 500;
const LONGEST = 30_000;
const TOO_LONG = "The text is too long to be sent. 20,000 characters fit; nothing was cut off.";
const UNREADABLE = "The server could not read this answer. Change it, and it is sent again.";
const OUTCOMES = ["applied", "noop", "conflict", "rejected"];

export class Queue {
  // `savedAt`: when the server last took something, as far as is known.
  constructor({ api, changed, savedAt = null, random = Math.random, ...rest }) {
    Object.assign(this, { api, changed, savedAt, random, user: rest.user });
    this.entries = new Entries({ ...rest, written: () => this.touched() });
    this.link = "held";
    this.reason = null;
    this.failures = 0;
    this.most = undefined; // operations in a request; fewer after one that was too big
    this.refetched = false;
    this.running = null;
  }

  get sends() {
    return this.link === "up" || this.link === "waiting";
  }

  touched() {
    this.changed();
    this.schedule();
  }

  // This tab writes from now on.
  async hold() {
    await this.entries.load();
    this.link = "up";
    this.touched();
  }

  // Another tab writes from now on. What is under way is the other tab's to repeat.
  async release() {
    this.link = "held";
    clearTimeout(this.timer);
    this.changed();
    await this.entries.allWritten();
  }

  edit(field, value, pace) {
    if (this.reason === "erased") return;
    if (this.entries.edit(field, value, pace)) this.touched();
  }

  choose(field, keep) {
    this.entries.choose(field, keep);
    this.touched();
  }

  discard(field) {
    this.entries.drop(field);
    this.touched();
  }

  ready(all) {
    const now = performance.now();
    const kept = (entry) => !this.entries.keeps || entry.sent || entry.kept === entry.first.op;
    return this.entries
      .waiting()
      .filter((entry) => (all || entry.sent || entry.due <= now) && kept(entry));
  }

  schedule() {
    clearTimeout(this.timer);
    const open = this.entries.waiting();
    if (this.running || !this.sends) return;
    if (open.length === 0) return this.lookAgain();
    let at = Math.min(...open.map((entry) => (entry.sent ? 0 : entry.due)));
    if (this.link === "waiting") at = Math.max(at, this.retryAt);
    // Due, but not written yet: the write calls back.
    if (at <= performance.now() && this.ready(false).length === 0) return;
    this.timer = setTimeout(() => this.flush(), Math.max(0, Math.ceil(at - performance.now())));
  }

  // Nothing waits to be sent, but the last look found no connection.
  lookAgain() {
    if (this.link !== "waiting") return;
    const pause = Math.max(SHORTEST, this.random() * LONGEST);
    this.timer = setTimeout(() => this.resume(), pause);
  }

  // Send what is ready; with `all` also what is still being typed.
  flush({ all = false } = {}) {
    if (!this.sends) return Promise.resolve();
    if (this.running) return all ? this.running.then(() => this.flush({ all })) : this.running;
    this.running = this.once(all).then((more) => {
      this.running = null;
      this.touched();
      return more && this.link === "up" ? this.flush({ all }) : undefined;
    });
    return this.running;
  }

  async once(all) {
    if (all) await this.entries.allWritten();
    const batch = batchOf(this.fitting(this.ready(all)), this.most);
    if (batch.length === 0) return false;
    for (const entry of batch) entry.sent = true;
    this.changed();
    await this.take(batch, await this.api.send(batch.map(wire)));
    return all;
  }

  // The page goes away: one last try that outlives it. Nobody hears the answer; the store has it all.
  leave() {
    if (!this.sends) return;
    const batch = batchOf(this.fitting(this.entries.waiting()), this.most);
    for (const entry of batch) entry.sent = true;
    if (batch.length > 0) this.api.send(batch.map(wire), { keepalive: true });
  }

  fitting(entries) {
    return entries.filter((entry) => {
      const fits = bytes(wire(entry)) <= MOST_BYTES;
      if (!fits) this.entries.refuse(entry, TOO_LONG);
      return fits;
    });
  }

  async take(batch, answer) {
    if (this.link === "held") return;
    const { kind } = answer;
    if (kind === "answer") this.confirm(batch, answer.body.results);
    else if (kind === "signed-out") this.link = kind;
    else if (kind === "stop") await this.refused(answer);
    else if (kind === "forbidden") await this.forbidden();
    else if (kind === "too-big" || kind === "malformed") this.split(batch, kind);
    else {
      if (kind === "redirect") await this.check();
      if (this.sends) this.backOff();
    }
  }

  // An operation is confirmed by its name, and by nothing else.
  confirm(batch, results) {
    const named = new Map(results.map((result) => [result?.op, result]));
    const told = batch.filter((entry) => believable(named.get(entry.first.op)));
    for (const entry of told) {
      const result = named.get(entry.first.op);
      this.entries.settle(entry, { ...result, message: result.message || UNREADABLE });
    }
    if (told.length > 0) this.savedAt = new Date();
    if (!this.sends) return; // somebody else signed in meanwhile
    if (told.length < batch.length) return this.backOff();
    Object.assign(this, { most: undefined, refetched: false, failures: 0, link: "up" });
  }

  // A request that was refused as a whole is taken apart until the one at fault stands alone.
  split(batch, kind) {
    this.most = Math.ceil(batch.length / 2);
    if (batch.length > 1) return;
    this.entries.refuse(batch[0], kind === "too-big" ? TOO_LONG : UNREADABLE);
    this.most = undefined;
  }

  backOff() {
    const ceiling = Math.min(LONGEST, SHORTEST * 2 ** this.failures);
    this.failures += 1;
    this.link = "waiting";
    this.retryAt = performance.now() + this.random() * ceiling;
  }

  // A token may have been replaced: the state brings the new one, and it is tried once more.
  async forbidden() {
    if (this.refetched) return this.stop({ status: 403 });
    await this.check();
    this.refetched = this.link === "up";
    if (this.link === "waiting") this.backOff();
  }

  // To whoever is not its author a scorecard does not exist: then nothing of it may be shown, either.
  async refused(answer) {
    if (answer.status === 404 && (await this.api.who()) !== this.user) this.link = "other";
    else await this.stop(answer);
  }

  async stop({ status, code }) {
    const reason = status === 410 ? "erased" : code === "submitted" ? code : "closed";
    Object.assign(this, { link: "stopped", reason });
    if (reason === "erased") await this.entries.forget();
  }

  // Who is signed in, and what the server has. After it things go on, or the link says why not.
  async check() {
    const before = this.link;
    const answer = await this.api.state();
    if (this.link === "held") return;
    if (answer.kind === "answer") await this.understand(answer.body);
    else if (answer.kind === "signed-out") this.link = "signed-out";
    else if (answer.kind === "forbidden") await this.stop({ status: 403 });
    else if (answer.kind === "stop") await this.refused(answer);
    else if (before === "up") this.link = "waiting";
  }

  async understand({ user, state, answers, revision }) {
    if (String(user) !== this.user) this.link = "other";
    else if (state !== "draft") await this.stop({ status: 409, code: state });
    else {
      Object.assign(this, { link: "up", revision });
      this.entries.merge(answers);
    }
  }

  // Another tab says who is signed in now.
  heard(user) {
    if (user === this.user && !this.sends) this.resume();
    if (user === this.user || this.link === "held" || this.link === "stopped") return;
    this.link = "other";
    this.touched();
  }

  // Whether the server can be reached, so that another page would open.
  async reach() {
    if (this.sends) await this.check();
    this.touched();
    return this.link !== "waiting";
  }

  // The connection or the person may be back.
  async resume() {
    if (this.link === "held" || this.link === "stopped") return;
    await this.check();
    if (this.link === "waiting") this.retryAt = performance.now();
    this.touched();
    await this.flush({ all: true });
  }
}

function believable(result) {
  if (!result || !OUTCOMES.includes(result.outcome)) return false;
  if (result.outcome === "conflict" && result.current === undefined) return false;
  return result.outcome === "rejected" || Number.isInteger(result.rev);
}
