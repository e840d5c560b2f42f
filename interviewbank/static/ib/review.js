// The review page: what is opened keeps its place on the screen, and the links to its parts say
// where one is. Everything works without this.
const again = (id) => (id ? document.getElementById(id) : null);
let place = null;

// A new tab is the browser's.
document.addEventListener("click", (event) => {
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (elsewhere && event.target.closest("#areas a")) event.stopPropagation();
}, true);

document.addEventListener("htmx:beforeSwap", (event) => {
  const link = event.detail.requestConfig?.elt;
  place = link?.id ? { id: link.id, top: link.getBoundingClientRect().top } : null;
});

document.addEventListener("htmx:afterSwap", () => {
  const link = again(place?.id);
  if (link) scrollBy(0, link.getBoundingClientRect().top - place.top);
  place = null;
});

function mark() {
  const links = [...document.querySelectorAll(".ib-jump a")];
  const passed = links.filter((link) => again(link.hash.slice(1))?.getBoundingClientRect().top < 160);
  for (const link of links) {
    if (link === (passed.at(-1) ?? links[0])) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

document.addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
document.addEventListener("htmx:historyRestore", mark);
mark();
