// Shows what happened to a command.

import { setText } from "./dom.mjs";

/** A success disappears after this time. A failure stays until the next command. */
const SUCCESS_SHOWN_MS = 30_000;

/**
 * Shows the state of a command beside its button. A failure is also logged, after the name `whose`. A success is logged only
 * with `logsDone`, because a device publishes its new state, which is logged anyway.
 */
export function showResult(page, element, what, result, { whose = "", logsDone = false } = {}) {
  const { state } = result;
  const words = resultWords(what, result);
  element.dataset.state = state;
  setText(element, words);
  if (state === "done") setTimeout(() => element.textContent === words && setText(element, ""), SUCCESS_SHOWN_MS);
  const isOpen = state === "sending" || state === "sent";
  if (!isOpen && (state !== "done" || logsDone)) page.log.add(whose ? `${whose}: ${words}` : words, state === "done" ? "result" : "bad");
}

function resultWords(what, { state, because, slow }) {
  const reason = because ? `: ${withoutValue(because, what)}` : "";
  return {
    sending: `${what} …`,
    sent: `${what}: sent, ${slow ? "the result follows when the brew is over" : "no result yet"}`,
    done: `${what}: done`,
    rejected: `${what}: rejected${reason}`,
    expired: `${what}: arrived too late and was not executed`,
    superseded: `${what}: superseded${reason}`,
    unanswered: `${what}: no result${reason}. The current state is shown above`,
    failed: `${what}: not sent${reason}`,
  }[state];
}

/** A device begins its reason with the rejected value, which `what` already contains. */
function withoutValue(because, what) {
  const [value, ...more] = because.split(": ");
  return more.length > 0 && what.endsWith(` ${value}`) ? more.join(": ") : because;
}
