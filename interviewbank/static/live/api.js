// Talks to the server, and says what an answer is: a body that can be believed, or why it can't.
// A redirect, HTML, an empty or a broken body is never an answer to what was sent.
const PATIENCE = 20_000;

export class Api {
  constructor({ opsUrl, stateUrl, todayUrl, csrf, device }) {
    Object.assign(this, { opsUrl, stateUrl, todayUrl, csrf, device });
  }

  body(ops) {
    return JSON.stringify({ v: 1, device: this.device, ops });
  }

  // {kind: "answer", body} · again · redirect · signed-out · forbidden · stop · too-big · malformed
  async send(ops, { keepalive = false } = {}) {
    const answer = await this.ask(this.opsUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.csrf },
      body: this.body(ops),
      keepalive,
    });
    if (answer.kind === "answer" && !Array.isArray(answer.body.results)) return { kind: "again" };
    return answer;
  }

  async state() {
    const answer = await this.ask(this.stateUrl, {});
    if (answer.kind !== "answer") return answer;
    const { user, answers, csrf } = answer.body;
    if (!user || typeof answers !== "object" || answers === null) return { kind: "again" };
    if (csrf) this.csrf = csrf;
    return answer;
  }

  // Who is signed in: every page with a top bar says so. Null when that can't be known.
  async who() {
    try {
      const response = await fetch(this.todayUrl, { cache: "no-store", redirect: "manual" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      return page.querySelector("[data-sign-out]")?.dataset.signOut ?? null;
    } catch {
      return null;
    }
  }

  async ask(url, options) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const response = await fetch(url, {
        ...options,
        headers: { Accept: "application/json", ...options.headers },
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        signal: stop.signal,
      });
      return await understood(response);
    } catch {
      return { kind: "again" }; // no connection, or it took too long
    } finally {
      clearTimeout(timer);
    }
  }
}

// What the server refused: only its own {"error": code} says so. The same number on anybody else's
// page, as of a hotel's network that wants a room number first, says nothing of what was sent.
const REFUSALS = { 400: "malformed", 403: "forbidden", 404: "stop", 409: "stop", 410: "stop" };

// A body that can't be read throws, and what was sent is tried again.
async function understood(response) {
  const { status } = response;
  const json = (response.headers.get("Content-Type") || "").startsWith("application/json");
  if (response.type === "opaqueredirect") return { kind: "redirect" };
  if (status === 401) return { kind: "signed-out" };
  if (status === 413) return { kind: "too-big" };
  if (status in REFUSALS) {
    const code = (await response.json())?.error;
    return typeof code === "string" ? { kind: REFUSALS[status], status, code } : { kind: "again" };
  }
  const body = status === 200 && json ? await response.json() : null;
  return body && typeof body === "object" ? { kind: "answer", body } : { kind: "again" };
}
