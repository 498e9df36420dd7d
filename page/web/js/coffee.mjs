// The card of a coffee machine: its progress, and the buttons.

import { cloneTemplate, enable, element, isEnabled, setText } from "./dom.mjs";
import { PHASE_WORDS, title } from "./words.mjs";
import { showFaults } from "./faults.mjs";
import { showResult } from "./result.mjs";

const STEPS = { idle: "Idle", waiting: "Waiting", brewing: "Brewing", "keeping-warm": "Kept warm", done: "Done" };

export class Coffee {
  #page;

  constructor(page, name) {
    this.#page = page;
    this.name = name;
    this.element = cloneTemplate("coffee-template");
    const find = (selector) => this.element.querySelector(selector);
    const heading = find("h2");
    heading.id = `coffee-${name}`;
    this.element.setAttribute("aria-labelledby", heading.id);
    setText(heading, title(name));
    this.state = find(".state");
    this.fault = find(".fault");
    this.result = find(".result");
    this.brew = find(".brew");
    this.cancel = find(".cancel");
    this.steps = Object.entries(STEPS).map(([phase, words]) => {
      const step = element("li", "", words);
      step.dataset.phase = phase;
      return step;
    });
    find(".steps").append(...this.steps);
    this.brew.addEventListener("click", () => this.#press(this.brew, "brew/set", this.brew.textContent));
    this.cancel.addEventListener("click", () => this.#press(this.cancel, "cancel/set", this.cancel.textContent));
  }

  render() {
    const { nodes, time } = this.#page;
    const node = nodes.byName.get(this.name);
    const phase = nodes.last(node, "phase");
    const current = phase !== null && !phase.old;
    const age = phase?.ageMs == null ? "" : ` (${time.ago(phase.ageMs)})`;
    const last = phase ? (STEPS[phase.value] ?? phase.value) : "";
    setText(this.state, !phase ? "Not known yet." : current ? PHASE_WORDS[phase.value] : `No current data. Last known${age}: ${last}.`);
    this.state.classList.toggle("old", !current);
    for (const step of this.steps) {
      const isThis = phase?.value === step.dataset.phase;
      if (isThis && current) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
      step.classList.toggle("old", isThis && !current);
    }
    enable(this.brew, current && ["idle", "waiting", "done", "interrupted", "locked"].includes(phase.value));
    setText(this.cancel, phase?.value === "keeping-warm" ? "Stop keeping warm" : "Cancel");
    enable(this.cancel, current && ["waiting", "brewing", "keeping-warm"].includes(phase.value));
    showFaults(this.fault, this.#page, [this.name]);
  }

  #press(button, command, words) {
    if (!isEnabled(button)) return;
    this.#page.commands.send({
      prefix: this.#page.nodes.prefix,
      node: this.name,
      command,
      value: "PRESS",
      qos: 2,
      slow: command === "brew/set",
      onState: (result) => showResult(this.#page, this.result, words, result, { whose: title(this.name) }),
    });
  }
}
