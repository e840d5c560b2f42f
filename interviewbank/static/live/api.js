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

async function understood(response) {
  const { status } = response;
  const json = (response.headers.get("Content-Type") || "").startsWith("application/json");
  if (response.type === "opaqueredirect") return { kind: "redirect" };
  if (status === 401) return { kind: "signed-out" };
  if (status === 403) return { kind: "forbidden" };
  if (status === 404 || status === 409 || status === 410) {
    const code = json ? (await response.json()).error : "";
    return { kind: "stop", status, code };
  }
  if (status === 413) return { kind: "too-big" };
  if (status === 400) return { kind: "malformed" };
  if (status !== 200) return { kind: "again" };
  const body = json ? await response.json() : null; // broken JSON throws, and is tried again
  return body && typeof body === "object" ? { kind: "answer", body } : { kind: "again" };
}
