// How long each question was in view, by the clock of the interview: it stands when that stands.
// A log is {begun, spent: {slug: ms}, asked: slug, from}; `from` and `gone` are where the clock was
// when the question came into view, and where it is now.

export function begin(now) {
  return { begun: now, spent: {}, asked: null, from: 0 };
}

export function spentOn({ spent, asked, from }, slug, gone) {
  return (spent[slug] ?? 0) + (slug === asked ? Math.max(0, gone - from) : 0);
}

// The log from when `slug` is in view; the same one when it was already. Where the clock is behind
// `from`, it was set back: then the question counts on from there.
export function turned(log, slug, gone) {
  const { begun, spent, asked, from } = log;
  if (slug === asked && gone >= from) return log;
  const before = asked === null ? {} : { [asked]: spentOn(log, asked, gone) };
  return { begun, spent: { ...spent, ...before }, asked: slug, from: gone };
}
