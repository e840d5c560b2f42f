// Counts what is ticked in a list whose form compares, and takes it along to the other pages of the
// list: the address, its links and its filters name who is ticked (`a`). Without this the bar says
// what to do, and the page that the form opens leads back to the list with the same boxes ticked.
const form = document.querySelector("[data-selection]");
const said = form.querySelector("[data-selected]");
const filters = document.querySelector("form.ib-filters");
const hint = said.textContent;

function count(ticked) {
  const words = ticked > 5 ? `${ticked} selected, five at most` : `${ticked} selected`;
  const next = ticked ? words : hint;
  // Said again only when it changed: it is a live region.
  if (said.textContent !== next) said.textContent = next;
}

function picking(address, ids) {
  const url = new URL(address, location.href);
  url.searchParams.delete("a");
  for (const id of ids) url.searchParams.append("a", id);
  return url;
}

function keep() {
  const ids = [...form.querySelectorAll('input[name="a"]:checked')].map((box) => box.value);
  count(ids.length);
  history.replaceState(history.state, "", picking(location.href, ids));
  for (const link of document.querySelectorAll('a[href^="?"]:not([data-unpicks])')) {
    link.setAttribute("href", picking(link.getAttribute("href"), ids).search || "?");
  }
  for (const hidden of filters.querySelectorAll('input[name="a"]')) hidden.remove();
  for (const id of ids) {
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "a" });
    hidden.value = id;
    filters.append(hidden);
  }
}

form.addEventListener("change", keep);
// Back from the comparison the browser has ticked what was ticked before.
window.addEventListener("pageshow", keep);
