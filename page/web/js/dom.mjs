// The only way to put anything on the page: as text. No module uses innerHTML, and the page's Trusted Types policy blocks it.

export const $ = (id) => document.getElementById(id);

/** Sets a text if it differs, so that the browser and a screen reader have nothing to do if nothing changed. */
export function setText(target, words) {
  if (target.textContent !== words) target.textContent = words;
}

export function setVisible(target, visible) {
  if (target.hidden === visible) target.hidden = !visible;
}

/** A new element that contains texts or elements. */
export function element(tag, className, ...children) {
  const created = document.createElement(tag);
  if (className) created.className = className;
  created.append(...children);
  return created;
}

/** A copy of the first element of a template. */
export function cloneTemplate(id) {
  return $(id).content.firstElementChild.cloneNode(true);
}

/** Enables or disables a button. A disabled button keeps the focus, and screen readers read that it is disabled. */
export function enable(button, enabled) {
  const disabled = enabled ? "false" : "true";
  if (button.getAttribute("aria-disabled") !== disabled) button.setAttribute("aria-disabled", disabled);
}

export const isEnabled = (button) => button.getAttribute("aria-disabled") !== "true";

const COLLECTED_MS = 150;
let waiting = [];

/** Has a screen reader speak a text. Texts that come within 150 ms are spoken together; a repeated text is spoken again. */
export function announce(words) {
  if (waiting.push(words) > 1) return;
  setTimeout(() => {
    const all = waiting.join(". ");
    waiting = [];
    $("announcement").textContent = $("announcement").textContent === all ? `${all}\u00a0` : all;
  }, COLLECTED_MS);
}
