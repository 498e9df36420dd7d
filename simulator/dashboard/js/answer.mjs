// What became of what was asked for.

import { say } from "./dom.mjs";

/** So long a success is shown where it was asked for; the log keeps it. What went wrong stays until the next. */
const SHOWN_MS = 30_000;

/** Shows the answer where it was asked, and puts how it ended into the log. */
export function answerWords(page, element, what, { state, because }) {
  const reason = because ? `: ${because}` : "";
  const words = {
    asked: `${what} …`,
    taken: `${what}: asked, no answer yet`,
    done: `${what}: done`,
    rejected: `${what}: refused${reason}`,
    expired: `${what}: came too late, and was not done`,
    superseded: `${what}: gave way${reason}`,
    unanswered: `${what}: no answer${reason}. What is so now is shown above`,
    failed: `${what}: not sent${reason}`,
  }[state];
  element.dataset.state = state;
  say(element, words);
  if (state === "done") setTimeout(() => element.textContent === words && say(element, ""), SHOWN_MS);
  if (state !== "asked" && state !== "taken") page.log.add(words, state === "done" ? "asked" : "bad");
}
