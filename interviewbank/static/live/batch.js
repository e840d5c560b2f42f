// What fits into one request: 50 operations and 256 KiB, with a little room for what surrounds them.
const MOST_OPS = 50;
export const MOST_BYTES = 255 * 1024;

const encoder = new TextEncoder();

export function bytes(op) {
  return encoder.encode(JSON.stringify(op)).length + 1;
}

// The first of `entries` that fit together; at least one, whatever its size.
export function batchOf(entries, most = MOST_OPS) {
  const batch = [];
  let size = 0;
  for (const entry of entries) {
    size += bytes(wire(entry));
    if (batch.length > 0 && (batch.length >= most || size > MOST_BYTES)) break;
    batch.push(entry);
  }
  return batch;
}

export function wire({ field, first: { op, base, value } }) {
  return { op, field, base, value };
}
