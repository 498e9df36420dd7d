// The only way anything gets onto the page: as text. There is no innerHTML here, and the page's Trusted Types policy
// would refuse it.

export const $ = (id) => document.getElementById(id);

/** Writes only what differs, so that a screen reader and the browser have nothing to do if nothing changed. */
export function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

export function show(element, shown) {
  if (element.hidden === shown) element.hidden = !shown;
}

/** A new element with text, or elements, in it. */
export function make(tag, className, ...inside) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...inside);
  return element;
}

/** A copy of a template's one element. */
export function copy(template) {
  return $(template).content.firstElementChild.cloneNode(true);
}

/** A button that is off says so to everybody, and keeps the focus it has. */
export function enable(button, on) {
  const off = on ? "false" : "true";
  if (button.getAttribute("aria-disabled") !== off) button.setAttribute("aria-disabled", off);
}

export const isOn = (button) => button.getAttribute("aria-disabled") !== "true";

const GATHERED_MS = 150;
let waiting = [];

/** What a screen reader says at once. What comes together is said together; the same words twice are said twice. */
export function announce(words) {
  if (waiting.push(words) > 1) return;
  setTimeout(() => {
    const all = waiting.join(". ");
    waiting = [];
    $("spoken").textContent = $("spoken").textContent === all ? `${all}\u00a0` : all;
  }, GATHERED_MS);
}
