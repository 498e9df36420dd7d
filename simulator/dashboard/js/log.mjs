// What happened, newest first, since the page was opened.

import { $, make, announce, show } from "./dom.mjs";

const MOST = 200;

export class Log {
  #time;
  #clock;

  constructor(time, clock) {
    this.#time = time;
    this.#clock = clock;
  }

  /** @param kind `news`, `asked`, `heating`, `cooling`, `coffee`, `bad` or `good`; all but small news are spoken */
  add(words, kind = "news") {
    const at = make("time", "", this.#time.words(this.#time.at(this.#clock()), { hour: "2-digit", minute: "2-digit" }));
    const line = make("li", "", at, make("span", "", words));
    line.dataset.kind = kind;
    const log = $("log");
    log.prepend(line);
    while (log.childElementCount > MOST) log.lastElementChild.remove();
    show($("log-empty"), false);
    if (kind !== "asked") announce(words); // Answers are spoken where they were asked for.
  }
}
