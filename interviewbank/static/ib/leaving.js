// A plain form that holds something typed asks before it is left. What was refused by the server and
// is shown again counts as typed.
for (const form of document.querySelectorAll("form[data-asks-before-leaving]")) {
  const words = () => JSON.stringify([...new FormData(form)]);
  const before = words();
  const refused = form.querySelector(".ib-errors") !== null;
  let sent = false;
  form.addEventListener("submit", () => (sent = true));
  window.addEventListener("pageshow", ({ persisted }) => persisted && (sent = false));
  window.addEventListener("beforeunload", (event) => {
    if (!sent && (refused || words() !== before)) event.preventDefault();
  });
}
