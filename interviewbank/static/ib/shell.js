// Closes the menus of the top bar on Escape and on a click elsewhere, opens the search by "/", and
// shows the buttons that print. The rest works without this.
const menus = () => document.querySelectorAll(".ib-top details[open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Lists use the key for their own search: see list-keys.js.
const TYPED_IN = "input, textarea, select, [contenteditable]";
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!("singleKeys" in document.body.dataset) || event.target.closest?.(TYPED_IN)) return;
  if (document.querySelector("[data-list-keys]")) return;
  const search = document.querySelector(".ib-find");
  if (!search) return;
  event.preventDefault();
  search.click();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
  button.hidden = false;
}
