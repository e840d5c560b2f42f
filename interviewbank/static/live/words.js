// All notes as one text, for the clipboard.
import { inWords } from "./controls.js";

const NEITHER = ["No rating", "Empty"];

function notesOf({ number, title, version, main }, entries) {
  const told = (kind) => inWords(main, kind, entries.mine(`${kind}:${version}`));
  const lines = [told("rating"), told("evidence")].filter((line) => !NEITHER.includes(line));
  return lines.length > 0 ? [`${number}. ${title}`, ...lines].join("\n") : "";
}

// What belongs to a question that this interview no longer asks.
function others(questions, entries) {
  const asked = new Set(questions.map(({ version }) => version));
  return [...entries.open.values()]
    .filter(({ field }) => field.includes(":") && !asked.has(field.split(":")[1]))
    .map(({ field }) => String(entries.mine(field)));
}

export function allNotes(heading, questions, entries) {
  const scratch = entries.mine("scratch");
  const parts = questions.map((question) => notesOf(question, entries));
  parts.push(...others(questions, entries));
  return [heading, ...parts, scratch && `Private notes\n${scratch}`].filter(Boolean).join("\n\n");
}

// What only this device has, where the notes themselves are not on the page.
export function openNotes(heading, entries, nameOf) {
  const parts = [...entries.open.keys()]
    .filter((field) => typeof entries.mine(field) === "string")
    .map((field) => `${nameOf(field)}\n${entries.mine(field)}`);
  return [heading, ...parts].join("\n\n");
}

// To the clipboard, or where that is refused into a box to copy from. True when it was copied.
export async function copy(text, box) {
  try {
    await navigator.clipboard.writeText(text);
    box.hidden = true;
    return true;
  } catch {
    box.hidden = false;
    box.value = text;
    box.focus();
    box.select();
    return false;
  }
}
