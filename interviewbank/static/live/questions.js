// All questions are in the page, so going to another one needs no connection. Each keeps its own
// <main>, with what was typed in it; only the one that is asked is in the document.
const IN_DOCK = [".ib-prev", ".ib-thumb", ".ib-next"];

export class Questions {
  // `shown(question)` is called when a question comes into view.
  constructor(form, list, { shown }) {
    Object.assign(this, { form, list, shown });
    for (const question of list) {
      const ready = document.querySelector(`template[data-question="${question.slug}"]`);
      const from = ready ? document.importNode(ready.content, true) : form;
      question.main = from.querySelector("main");
      question.dock = IN_DOCK.map((part) => from.querySelector(`.ib-dock ${part}`));
      if (!ready) this.current = question;
    }
  }

  at(slug) {
    return this.list.find((question) => question.slug === slug);
  }

  of(version) {
    return this.list.find((question) => question.version === version);
  }

  beside(step) {
    return this.list[this.list.indexOf(this.current) + step];
  }

  segment(question) {
    return this.form.querySelector(`.ib-seg[href="?q=${question.slug}"]`);
  }

  // `record`: as a step that the browser's Back returns from.
  show(question, { record = true } = {}) {
    if (question !== this.current) {
      this.swap(this.current, question);
      this.current = question;
      this.shown(question);
      if (record) history.pushState(null, "", `?q=${question.slug}`);
      window.scrollTo(0, 0);
    }
    const heading = question.main.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  swap(before, question) {
    this.segment(before).removeAttribute("aria-current");
    this.segment(question).setAttribute("aria-current", "step");
    before.main.replaceWith(question.main);
    const dock = this.form.querySelector(".ib-dock");
    question.dock.forEach((part, place) => {
      const old = dock.querySelector(IN_DOCK[place]);
      if (old && part) old.replaceWith(part);
      else if (old) old.remove();
      else if (part && place === 0) dock.prepend(part);
      else if (part) dock.append(part);
    });
  }
}
