// The controls of the simulation that `bin/demo` runs. They are hidden unless the simulator publishes.

import { $, enable, isEnabled, setText, setVisible } from "./dom.mjs";
import { ANNOUNCEMENTS, readSimulation } from "./topics.mjs";
import { Malformed } from "./payload.mjs";
import { showResult } from "./result.mjs";

const PREFIX = "demo";
const CAR_WORDS = {
  "at-work": "It is at work.",
  "driving-home": "It is driving home.",
  "at-home": "It is at home.",
  "driving-to-work": "It is driving to work.",
};

export class Demo {
  #page;
  #simulation = null;
  #expiresAt = 0;

  constructor(page) {
    this.#page = page;
    for (const button of document.querySelectorAll("[data-command]")) {
      button.addEventListener("click", () => isEnabled(button) && this.#send(button));
    }
  }

  /** Returns true if the message was for the demo, well-formed or not. */
  receive({ topic, payload, leftS }) {
    if (!topic.startsWith(`${PREFIX}/`)) return false;
    try {
      if (topic === `${PREFIX}/house` && payload.length > 0) {
        this.#simulation = readSimulation(payload);
        this.#expiresAt = this.#page.clock() + (leftS ?? 10) * 1000;
        if (this.#page.time.simulate(this.#simulation.epochMs, this.#simulation.speed)) this.#page.simulated(this.#simulation.run);
      } else if (topic === `${PREFIX}/result`) {
        this.#page.commands.resultReceived(null, ANNOUNCEMENTS.result(payload));
      }
    } catch (e) {
      if (!(e instanceof Malformed)) throw e;
      this.#page.nodes.malformedMessages++;
    }
    return true;
  }

  render() {
    setVisible($("demo"), this.#simulation !== null);
    if (!this.#simulation) return;
    const current = this.#page.nodes.connected && this.#page.clock() < this.#expiresAt;
    const car = this.#simulation.car;
    for (const button of document.querySelectorAll("[data-command]")) {
      const { command, value } = button.dataset;
      if (command === "sensor/set") {
        button.setAttribute("aria-pressed", String(value === this.#simulation.sensor));
        enable(button, current);
      } else if (command === "car/set") {
        enable(button, current && car === (value === "out" ? "at-home" : "at-work"));
      } else {
        enable(button, current && this.#simulation.stoppable);
      }
    }
    setText($("demo-car-now"), current ? CAR_WORDS[car] : "");
  }

  #send(button) {
    const { command, value, words } = button.dataset;
    this.#page.commands.send({
      prefix: PREFIX,
      node: null,
      command,
      value,
      onState: (result) => showResult(this.#page, $("demo-result"), words, result, { logsDone: true }),
    });
  }
}
