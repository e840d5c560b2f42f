// What was typed and is not confirmed yet, on this device. IndexedDB with strict durability,
// because a killed browser keeps it. Keys are [user, card, field]: one person's copy is nobody else's.
const NAME = "interviewbank-live";
const ENTRIES = "entries";
const DEVICE = "device";
// A disk that does not answer is as good as none: the page goes on without it, and says so.
const PATIENCE = 5000;

function within(promise) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error("The disk does not answer.")), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ENTRIES, { keyPath: ["user", "card", "field"] });
    request.result.createObjectStore(DEVICE).put(crypto.randomUUID(), "id");
  };
  return answer(request);
}

function answer(request) {
  return within(
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }),
  );
}

// Every key that begins like this: an array sorts after any text.
function beginning(...parts) {
  return IDBKeyRange.bound(parts, [...parts, []]);
}

export class Store {
  constructor(db) {
    this.db = db;
    db.onversionchange = () => db.close();
  }

  change(act) {
    return within(
      new Promise((resolve, reject) => {
        const change = this.db.transaction(ENTRIES, "readwrite", { durability: "strict" });
        change.oncomplete = () => resolve();
        change.onabort = () => reject(change.error);
        act(change.objectStore(ENTRIES));
      }),
    );
  }

  put(entry) {
    return this.change((entries) => entries.put(entry));
  }

  remove(user, card, field) {
    return this.change((entries) => entries.delete([user, card, field]));
  }

  forget(user, card) {
    return this.change((entries) => entries.delete(beginning(user, card)));
  }

  // All of a person's, or those of one scorecard.
  entries(user, ...card) {
    const entries = this.db.transaction(ENTRIES).objectStore(ENTRIES);
    return answer(entries.getAll(beginning(user, ...card)));
  }

  // A random name for this browser.
  device() {
    return answer(this.db.transaction(DEVICE).objectStore(DEVICE).get("id"));
  }
}

export async function openStore() {
  return new Store(await opened());
}
