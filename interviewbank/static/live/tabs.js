// One tab of a browser writes to a scorecard; the others read. A tab that wants to write asks the
// one that does to let go, and takes over after a second from one that does not answer.
const POLITELY = 1000;
const nothing = () => {};
const people = new BroadcastChannel("interviewbank-person");

// The tabs of one browser share who is signed in.
export function tellPerson(user) {
  if (user) people.postMessage(user);
}

export function hearPerson(heard) {
  people.addEventListener("message", ({ data }) => heard(data));
}

export class Tab {
  // Nobody else writes until `lost()` is done, unless this tab sleeps.
  constructor(name, { gained, lost }) {
    Object.assign(this, { name, gained, lost, letGo: nothing });
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = () => this.letGo();
  }

  // At the start: write if nobody else does. The page that one came from may take a moment to go.
  async begin() {
    if (await this.take({ ifAvailable: true })) return;
    await this.lost();
    await this.wait();
  }

  async insist() {
    this.patience?.abort();
    this.channel.postMessage("let go");
    if (!(await this.wait())) await this.take({ steal: true });
  }

  // Whether this tab has it within a second.
  async wait() {
    const patience = new AbortController();
    this.patience = patience;
    const timer = setTimeout(() => patience.abort(), POLITELY);
    try {
      return await this.take({ signal: patience.signal });
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  // Resolves with whether this tab has the lock, and keeps it until it lets go or is robbed.
  take(options) {
    return new Promise((resolve, reject) => {
      let mine = false;
      const hold = async (lock) => {
        mine = lock !== null;
        resolve(mine);
        if (!mine) return;
        await this.gained();
        await new Promise((done) => {
          this.letGo = () => this.lost().then(done);
        });
      };
      navigator.locks
        .request(this.name, options, hold)
        .catch((error) => (mine ? this.lost() : reject(error)))
        .finally(() => (this.letGo = nothing));
    });
  }
}
