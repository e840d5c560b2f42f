// The segments of the ribbon: the rating as it is here, and a dot on what only this device has.
function glyph(rating) {
  const name = rating === null ? "open" : typeof rating === "number" ? String(rating) : "na";
  return document.querySelector(`template[data-glyph="${name}"]`);
}

export function showRibbon(questions, { link, entries }, mine) {
  const away = link !== "up" && link !== "held";
  const open = [...entries.open.values()];
  for (const question of questions.list) {
    const segment = questions.segment(question);
    const rating = mine(`rating:${question.version}`);
    const shown = glyph(rating);
    if (segment.dataset.rated !== shown.dataset.glyph) {
      segment.dataset.rated = shown.dataset.glyph;
      segment.querySelector(".ib-rate").replaceWith(document.importNode(shown.content, true));
    }
    const waits = open.some(
      ({ field, trouble }) => field.endsWith(`:${question.version}`) && (away || trouble),
    );
    segment.querySelector(".q").hidden = !waits;
  }
}
