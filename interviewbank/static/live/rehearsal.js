// A rehearsal: every answer is given here, in memory. Nothing is kept, and no request is made.
export class Rehearsal {
  constructor({ user }) {
    this.user = user;
  }

  async send(ops) {
    const results = ops.map(({ op, base }) => ({ op, outcome: "applied", rev: base + 1 }));
    return { kind: "answer", body: { results } };
  }

  async state() {
    return { kind: "answer", body: { user: this.user, state: "draft", answers: {} } };
  }
}
