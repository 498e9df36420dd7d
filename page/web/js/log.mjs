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

  /**
   * @param kind `news`, `asked`, `heating`, `cooling`, `coffee`, `bad` or `good`; all but small news are spoken
   * @param moment when it happened, by the page's clock
   */
  add(words, kind = "news", moment = this.#clock()) {
    const line = make("li", "", make("time", "", this.#time.hour(this.#time.at(moment))), make("span", "", words));
    line.dataset.kind = kind;
    line.dataset.moment = moment;
    const log = $("log");
    log.insertBefore(line, [...log.children].find((one) => Number(one.dataset.moment) <= moment) ?? null);
    while (log.childElementCount > MOST) log.lastElementChild.remove();
    show($("log-empty"), false);
    if (kind !== "asked") announce(words); // Answers are spoken where they were asked for.
  }
}
