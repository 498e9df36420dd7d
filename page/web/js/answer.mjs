// What became of what was asked for.

import { say } from "./dom.mjs";

/** So long a success is shown where it was asked for. What went wrong stays until the next. */
const SHOWN_MS = 30_000;

/**
 * Shows the answer where it was asked for. What went wrong is put into the log as well, after `whose`; what was done the
 * devices tell by themselves, unless it was done to the house (`logsDone`).
 */
export function answerWords(page, element, what, answer, { whose = "", logsDone = false } = {}) {
  const { state } = answer;
  const words = wordsOf(what, answer);
  element.dataset.state = state;
  say(element, words);
  if (state === "done") setTimeout(() => element.textContent === words && say(element, ""), SHOWN_MS);
  const isOpen = state === "asked" || state === "taken";
  if (!isOpen && (state !== "done" || logsDone)) page.log.add(whose ? `${whose}: ${words}` : words, state === "done" ? "asked" : "bad");
}

function wordsOf(what, { state, because, slow }) {
  const reason = because ? `: ${unrepeated(because, what)}` : "";
  return {
    asked: `${what} …`,
    taken: `${what}: asked, ${slow ? "and answered when it is over" : "no answer yet"}`,
    done: `${what}: done`,
    rejected: `${what}: refused${reason}`,
    expired: `${what}: came too late, and was not done`,
    superseded: `${what}: gave way${reason}`,
    unanswered: `${what}: no answer${reason}. What is so now is shown above`,
    failed: `${what}: not sent${reason}`,
  }[state];
}

/** A device begins its reason with the value it was given, which stands before it already. */
function unrepeated(because, what) {
  const [value, ...more] = because.split(": ");
  return more.length > 0 && what.endsWith(` ${value}`) ? more.join(": ") : because;
}
