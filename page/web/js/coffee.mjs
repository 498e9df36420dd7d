// A coffee machine: how far it is, and a button.

import { copy, enable, isOn, make, say } from "./dom.mjs";
import { PHASE_WORDS, title } from "./words.mjs";
import { showFault } from "./fault.mjs";
import { answerWords } from "./answer.mjs";

const STEPS = { idle: "Idle", waiting: "Waiting", brewing: "Brewing", "keeping-warm": "Kept warm", done: "Done" };

export class Coffee {
  #page;

  constructor(page, name) {
    this.#page = page;
    this.name = name;
    this.element = copy("coffee-template");
    const at = (selector) => this.element.querySelector(selector);
    const heading = at("h2");
    heading.id = `coffee-${name}`;
    this.element.setAttribute("aria-labelledby", heading.id);
    say(heading, title(name));
    this.says = at(".says");
    this.fault = at(".fault");
    this.answer = at(".answer");
    this.brew = at(".brew");
    this.cancel = at(".cancel");
    this.steps = Object.entries(STEPS).map(([phase, words]) => {
      const step = make("li", "", words);
      step.dataset.phase = phase;
      return step;
    });
    at(".steps").append(...this.steps);
    this.brew.addEventListener("click", () => this.#press(this.brew, "brew/set", "A coffee"));
    this.cancel.addEventListener("click", () => this.#press(this.cancel, "cancel/set", this.cancel.textContent));
  }

  render() {
    const { house, time } = this.#page;
    const node = house.nodes.get(this.name);
    const phase = house.last(node, "phase");
    const there = phase !== null && !phase.old;
    const age = phase?.ageMs == null ? "" : `, ${time.ago(phase.ageMs)}`;
    say(this.says, !phase ? "It has not said how it is." : there ? PHASE_WORDS[phase.value] : `Not heard now. Last: ${STEPS[phase.value] ?? phase.value}${age}.`);
    this.says.classList.toggle("old", !there);
    for (const step of this.steps) {
      const current = phase?.value === step.dataset.phase;
      if (current && there) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
      step.classList.toggle("old", current && !there);
    }
    enable(this.brew, there && ["idle", "waiting", "done", "interrupted", "locked"].includes(phase.value));
    say(this.cancel, phase?.value === "keeping-warm" ? "Stop keeping warm" : "Cancel");
    enable(this.cancel, there && ["waiting", "brewing", "keeping-warm"].includes(phase.value));
    showFault(this.fault, this.#page, [this.name]);
  }

  #press(button, command, words) {
    if (!isOn(button)) return;
    this.#page.asking.ask({
      prefix: this.#page.house.prefix,
      node: this.name,
      command,
      value: "PRESS",
      qos: 2,
      slow: command === "brew/set",
      told: (answer) => answerWords(this.#page, this.answer, words, answer, { whose: title(this.name) }),
    });
  }
}
