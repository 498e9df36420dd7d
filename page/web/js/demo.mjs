// The simulated house of `bin/demo`, and what may be done to it. In a real house nothing of this is shown.

import { $, enable, isOn, say, show } from "./dom.mjs";
import { demoHouse } from "./topics.mjs";
import { ANNOUNCEMENTS } from "./topics.mjs";
import { Malformed } from "./payload.mjs";
import { answerWords } from "./answer.mjs";

const PREFIX = "demo";
const CAR_WORDS = {
  "at-work": "It is at work.",
  "driving-home": "It is driving home.",
  "at-home": "It is at home.",
  "driving-to-work": "It is driving to work.",
};

export class Demo {
  #page;
  #house = null;
  #diesAt = 0;

  constructor(page) {
    this.#page = page;
    for (const button of document.querySelectorAll("[data-wish]")) {
      button.addEventListener("click", () => isOn(button) && this.#wish(button));
    }
  }

  get run() {
    return this.#house?.run ?? null;
  }

  /** True if the message was for this, understood or not. */
  hear({ topic, payload, leftS }) {
    if (!topic.startsWith(`${PREFIX}/`)) return false;
    try {
      if (topic === `${PREFIX}/house` && payload.length > 0) {
        this.#house = demoHouse(payload);
        this.#diesAt = this.#page.clock() + (leftS ?? 10) * 1000;
        if (this.#page.time.is(this.#house.epochMs, this.#house.speed)) this.#page.simulated(this.#house.run);
      } else if (topic === `${PREFIX}/result`) {
        this.#page.asking.answered(null, ANNOUNCEMENTS.result(payload));
      }
    } catch (e) {
      if (!(e instanceof Malformed)) throw e;
      this.#page.house.misunderstood++;
    }
    return true;
  }

  render() {
    show($("demo"), this.#house !== null);
    if (!this.#house) return;
    const there = this.#page.house.connected && this.#page.clock() < this.#diesAt;
    const car = this.#house.car;
    for (const button of document.querySelectorAll("[data-wish]")) {
      const { wish, value } = button.dataset;
      if (wish === "sensor/set") {
        button.setAttribute("aria-pressed", String(value === this.#house.sensor));
        enable(button, there);
      } else if (wish === "car/set") {
        enable(button, there && car === (value === "out" ? "at-home" : "at-work"));
      } else {
        enable(button, there && this.#house.stoppable);
      }
    }
    say($("wish-car-now"), there ? CAR_WORDS[car] : "");
  }

  #wish(button) {
    const { wish, value } = button.dataset;
    this.#page.asking.ask({
      prefix: PREFIX,
      node: null,
      command: wish,
      value,
      told: (answer) => answerWords(this.#page, $("demo-answer"), button.dataset.words, answer, { logsDone: true }),
    });
  }
}
