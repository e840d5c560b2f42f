// What the clock of an interview keeps on this device: times, under the id of a scorecard. Where a
// browser keeps nothing, or does not answer within a second, there is nothing, and the clock runs.
const RUNS = "runs";
const PATIENCE = 1000;
const DAY = 24 * 60 * 60_000;

let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("interviewbank-clock", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(RUNS);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

// Null when nothing is known.
async function ask(mode, act) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const asked = async () => {
    const runs = (await database()).transaction(RUNS, mode).objectStore(RUNS);
    return new Promise((resolve) => act(runs, resolve));
  };
  try {
    return await Promise.race([asked(), late]);
  } catch {
    return null;
  }
}

export function recall(key) {
  return ask("readonly", (runs, resolve) => {
    const request = runs.get(key);
    request.onsuccess = () => resolve(request.result ?? null);
    request.onerror = () => resolve(null);
  });
}

export function keep(key, run) {
  return ask("readwrite", (runs, resolve) => {
    runs.put(run, key);
    resolve();
  });
}

export function forgetOld() {
  return ask("readwrite", (runs, resolve) => {
    const request = runs.openCursor();
    request.onerror = resolve;
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return resolve();
      if (Date.now() - cursor.value.begun > DAY) cursor.delete();
      cursor.continue();
    };
  });
}
