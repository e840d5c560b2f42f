// Counts what is ticked in a list whose form compares. Without this the bar says what to do, and the
// page that the form opens says what is wrong with the choice.
const form = document.querySelector("[data-selection]");
const said = form.querySelector("[data-selected]");
const hint = said.textContent;

function count() {
  const ticked = form.querySelectorAll('input[name="a"]:checked').length;
  const words = ticked > 5 ? `${ticked} selected, five at most` : `${ticked} selected`;
  const next = ticked ? words : hint;
  // Said again only when it changed: it is a live region.
  if (said.textContent !== next) said.textContent = next;
}

form.addEventListener("change", count);
// Back from the comparison the browser has ticked what was ticked before.
window.addEventListener("pageshow", count);
