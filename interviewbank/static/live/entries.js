// What was typed into one scorecard and is not confirmed, in memory and in the store. An entry is
// one field:
//   first    {op, base, value}  the operation that is sent next, or was sent and has no answer yet
//   next     {value} or null    what was typed since; it waits for the answer to `first`
//   trouble  null, {kind: "conflict", rev, value} or {kind: "rejected", message}
//   ceded    null, or {rev, value} that was chosen in place of `first`, which goes on record as a
//            version that was not kept: its base is old, so that it can't be stored as the newest
//   sent     whether `first` may have reached the server: then it is never changed again
//   kept     the operation that the store is known to hold
// An entry leaves the store when the server has named its operation, and not before.
import { emptyOf, joined, same } from "./values.js";

export class Entries {
  // `known`: field → {rev, value} of the server. `arrived(field, value)`: a control is out of date.
  constructor({ store, user, card, known, arrived, written }) {
    Object.assign(this, { store, user, card, arrived, written });
    this.known = new Map(Object.entries(known));
    this.newest = new Map(); // the same, of a field that is open here
    this.open = new Map();
    this.writes = new Map(); // field: the write that is under way
    this.keeps = store !== null; // whether this browser can keep a copy
  }

  // What is in the store may have been sent by a page that is gone. Without a store that can be
  // read, what this page has stays.
  async load() {
    const kept = this.keeps && (await this.stored());
    if (!kept) return;
    this.open.clear();
    const since = performance.now();
    for (const entry of kept) this.open.set(entry.field, { ...entry, sent: true, due: 0, since });
    for (const { field } of kept) this.arrived(field, this.mine(field));
  }

  async stored() {
    try {
      return await this.store.entries(this.user, this.card);
    } catch {
      this.keeps = false;
      return null;
    }
  }

  base(field) {
    return this.known.get(field) || { rev: 0, value: emptyOf(field) };
  }

  mine(field) {
    const entry = this.open.get(field);
    return entry ? (entry.next || entry.ceded || entry.first).value : this.base(field).value;
  }

  waiting() {
    return [...this.open.values()].filter((entry) => !entry.trouble);
  }

  troubled(kind) {
    return [...this.open.values()].filter((entry) => entry.trouble?.kind === kind);
  }

  // `rest`: how long to wait for the next key; `most`: and how long at most. True when it is new.
  edit(field, value, { rest = 0, most = 0 } = {}) {
    const entry = this.open.get(field);
    const rejected = entry?.trouble?.kind === "rejected";
    if (same(this.mine(field), value)) return false;
    const now = performance.now();
    let since = now;
    if (!entry) this.begin(field, this.base(field).rev, value);
    else if (rejected || !(entry.sent || entry.trouble || entry.ceded)) {
      if (!rejected) since = entry.since;
      this.begin(field, entry.first.base, value);
    } else {
      if (entry.next) since = entry.since;
      entry.next = { value };
    }
    Object.assign(this.open.get(field), { since, due: Math.min(now + rest, since + most) });
    this.write(field);
    return true;
  }

  begin(field, base, value, more = {}) {
    const first = { op: crypto.randomUUID(), base, value };
    const fresh = { field, first, next: null, trouble: null, ceded: null, sent: false, due: 0 };
    this.open.set(field, { ...fresh, ...more });
  }

  // One write at a time for a field, always of what it is by then.
  write(field) {
    if (!this.keeps || this.writes.has(field)) return;
    this.writes.set(
      field,
      this.persist(field).then(() => this.written()),
    );
  }

  async persist(field) {
    let done;
    do {
      const entry = this.open.get(field);
      done = content(entry);
      try {
        await this.keep(field, entry);
      } catch {
        this.keeps = false; // full, or closed by the browser: the status line says so
        break;
      }
      if (entry) entry.kept = entry.first.op;
    } while (done !== content(this.open.get(field)));
    // In the same breath as the last look: what changes after it begins a write of its own.
    this.writes.delete(field);
  }

  keep(field, entry) {
    const { user, card } = this;
    if (!entry) return this.store.remove(user, card, field);
    const { first, next, trouble, ceded } = entry;
    return this.store.put({ user, card, field, first, next, trouble, ceded });
  }

  allWritten() {
    return Promise.all(this.writes.values());
  }

  settle(entry, { outcome, rev, current, message }) {
    const { field, first, next, due, since } = entry;
    if (this.open.get(field) !== entry) return; // read anew from the store meanwhile
    if (entry.ceded) return this.onRecord(entry, { outcome, rev, current, message });
    if (outcome === "conflict") return this.clash(entry, rev, current);
    if (outcome === "rejected" && !next) return this.refuse(entry, message);
    if (outcome !== "rejected") this.known.set(field, { rev, value: first.value });
    if (!next && this.isOlder(field, rev)) return this.catchUp(field);
    if (!next || same(next.value, this.base(field).value)) return this.drop(field);
    this.begin(field, outcome === "rejected" ? first.base : rev, next.value, { due, since });
    this.write(field);
  }

  // An operation that was repeated is confirmed as it was then; somebody may have written since.
  isOlder(field, rev) {
    return this.newest.has(field) && this.newest.get(field).rev > rev;
  }

  catchUp(field) {
    this.known.set(field, this.newest.get(field));
    this.drop(field);
    this.arrived(field, this.mine(field));
  }

  clash(entry, rev, value) {
    const { field } = entry;
    if (same(this.mine(field), value)) {
      this.known.set(field, { rev, value });
      return this.drop(field);
    }
    Object.assign(entry, { trouble: { kind: "conflict", rev, value }, sent: false });
    this.write(field);
  }

  // A version that was given up is kept by the server. What was typed on the other one since goes on.
  onRecord(entry, { outcome, rev, current, message }) {
    const { field, first, next, ceded, due, since } = entry;
    if (outcome === "rejected") {
      this.refuse(entry, message);
      return this.arrived(field, this.mine(field));
    }
    if (next) {
      this.begin(field, ceded.rev, next.value, { due, since });
      return this.write(field);
    }
    this.known.set(field, { rev, value: outcome === "conflict" ? current : first.value });
    this.drop(field);
    this.arrived(field, this.mine(field));
  }

  refuse(entry, message) {
    Object.assign(entry, { trouble: { kind: "rejected", message }, ceded: null, sent: false });
    this.write(entry.field);
  }

  drop(field) {
    this.open.delete(field);
    this.write(field);
  }

  async forget() {
    this.open.clear();
    if (!this.keeps) return;
    await this.allWritten();
    await this.store.forget(this.user, this.card);
  }

  // What the server has by now. What is open here stays as it is; a conflict shows the newest.
  merge(answers) {
    for (const [field, { rev, value }] of Object.entries(answers)) {
      const entry = this.open.get(field);
      this.newest.set(field, { rev, value });
      if (entry?.trouble?.kind === "conflict" && rev > entry.trouble.rev) {
        this.clash(entry, rev, value);
      } else if (!entry && rev > this.base(field).rev) {
        this.known.set(field, { rev, value });
        this.arrived(field, value);
      }
    }
  }

  // What to keep of two versions: "mine", "theirs" or "both". The server has the version that was
  // sent; what was typed after it is sent as well when theirs is kept, so that it can be found again.
  choose(field, keep) {
    const { first, next, trouble } = this.open.get(field);
    const { rev, value } = trouble;
    const mine = this.mine(field);
    const kept = { mine, theirs: value, both: keep === "both" ? joined(value, mine) : null }[keep];
    this.known.set(field, { rev, value });
    if (next && keep === "theirs") {
      this.begin(field, first.base, mine, { ceded: { rev, value } });
      this.write(field);
    } else if (same(kept, value)) this.drop(field);
    else {
      this.begin(field, rev, kept);
      this.write(field);
    }
    this.arrived(field, kept);
  }
}

function content(entry) {
  return entry && JSON.stringify([entry.first, entry.next, entry.trouble, entry.ceded]);
}
