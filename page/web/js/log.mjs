// The events since the page was opened, newest first.

import { $, announce, element, setVisible } from "./dom.mjs";

const MAX_LINES = 200;

export class Log {
  #time;
  #clock;

  constructor(time, clock) {
    this.#time = time;
    this.#clock = clock;
  }

  /**
   * Adds a line. All kinds but `result` are announced to screen readers.
   *
   * @param kind `change`, `result`, `heating`, `cooling`, `coffee`, `bad` or `good`
   * @param moment when it happened, by the page's clock
   */
  add(words, kind = "change", moment = this.#clock()) {
    const line = element("li", "", element("time", "", this.#time.hour(this.#time.at(moment))), element("span", "", words));
    line.dataset.kind = kind;
    line.dataset.moment = moment;
    const log = $("log");
    log.insertBefore(line, [...log.children].find((one) => Number(one.dataset.moment) <= moment) ?? null);
    while (log.childElementCount > MAX_LINES) log.lastElementChild.remove();
    setVisible($("log-empty"), false);
    if (kind !== "result") announce(words); // A result is announced beside its button.
  }
}
