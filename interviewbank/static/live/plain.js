// While the script of the page is still on its way, or when it never comes, the page is the plain form
// that its buttons save: so the line does not go on saying Saved, and leaving asks.
const form = document.querySelector("form[data-scorecard]:not([data-rehearsal]), form[data-submits]");
const line = document.querySelector('[data-testid="save-status"]');
let typed = false;

const plain = () => !("live" in form.dataset);

function note() {
  if (!plain() || typed) return;
  typed = true;
  const shown = line.querySelector("span:not([data-spoken])");
  line.dataset.standing = shown.textContent;
  line.dataset.state = "saving";
  shown.textContent = "Not saved yet";
}

if (form) {
  form.addEventListener("input", note);
  form.addEventListener("submit", () => (typed = false));
  window.addEventListener("beforeunload", (event) => {
    if (plain() && typed) event.preventDefault();
  });
}
