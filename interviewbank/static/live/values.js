// Values as they are on the wire: text, a sorted list of ids, a rating or null.
export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// Both versions of a text, one below the other, or of ticks. As the server's plain form joins them.
export function joined(theirs, mine) {
  if (Array.isArray(theirs)) return [...new Set([...theirs, ...mine])].sort();
  if (theirs.includes(mine)) return theirs;
  return mine.includes(theirs) ? mine : `${theirs}\n\n${mine}`;
}

export function joinable(field) {
  return !field.startsWith("rating:") && field !== "recommendation";
}

export function emptyOf(field) {
  if (/^(probes|signals):/.test(field)) return [];
  return joinable(field) ? "" : null;
}
