// A room: how warm it is, what is done about it and why, and how it was.

import { Curve } from "./curve.mjs";
import { Chart } from "./chart.mjs";
import { countdown } from "./clock.mjs";
import { copy, enable, isOn, make, say, show } from "./dom.mjs";
import { ACTION_WORDS, MODE_WORDS, PRESET_WORDS, degrees, reasonWords } from "./words.mjs";
import { MODES, PRESETS } from "./topics.mjs";
import { showFault } from "./fault.mjs";
import { answerWords } from "./answer.mjs";

const TYPING_MS = 900;
const DRAWN_EVERY_MS = 250;

export class Room {
  #page;
  #hasDrawnAt = -Infinity;
  #curve = new Curve();
  #typing = 0;
  #wanted = null;

  /** @param plan {name, thermometers: [node name…], airco: node name or null} */
  constructor(page, plan) {
    this.#page = page;
    this.plan = plan;
    this.element = copy("room-template");
    const at = (selector) => this.element.querySelector(selector);
    this.heading = at("h2");
    this.value = at(".value");
    this.age = at(".age");
    this.doing = at(".doing");
    this.why = at(".why");
    this.fault = at(".fault");
    this.controls = at(".controls");
    this.input = at("input");
    this.answer = at(".answer");
    this.plot = at(".plot");
    this.readout = at(".readout");
    say(this.heading, plan.name);
    const id = `room-${plan.airco ?? plan.thermometers[0]}`;
    this.heading.id = id;
    this.element.setAttribute("aria-labelledby", id);
    this.#buildControls(id);
    const tell = (words) => say(this.readout, words);
    this.chart = new Chart(this.plot, this.#curve, page.time, plan.thermometers, tell);
    this.#legend();
    for (const button of this.element.querySelectorAll("[data-hours]")) {
      button.addEventListener("click", () => {
        this.chart.show(Number(button.dataset.hours));
        for (const one of this.element.querySelectorAll("[data-hours]")) one.setAttribute("aria-pressed", String(one === button));
        this.#hasDrawnAt = -Infinity;
      });
    }
  }

  get nodes() {
    return [...new Set([...this.plan.thermometers, ...(this.plan.airco ? [this.plan.airco] : [])])];
  }

  /** Takes up what an earlier page kept. */
  remember(kept) {
    this.#curve = Curve.from(kept, this.#page.time.at(this.#page.clock()));
    this.chart.of(this.#curve);
  }

  /** Which line is whose, if there are several. */
  #legend() {
    const [first, ...others] = this.plan.thermometers;
    const key = this.element.querySelector(".key.line");
    if (others.length === 0) return;
    say(key, `by ${first}`);
    key.after(...others.map((name) => make("span", "key other", `by ${name}`)));
  }

  kept() {
    return this.#curve.kept();
  }

  /** Something was heard of one of its nodes. */
  heard({ node, what, value, malformed }) {
    const { time, clock, house } = this.#page;
    const now = clock();
    if (what === "temperature" && value !== null && house.now(node, "temperature") !== null) {
      const { bornAt, diesAt } = node.said.get(what);
      this.#curve.sample(node.name, time.at(bornAt), value, ((diesAt - bornAt) / 1000) * time.speed);
    } else if (what === "history" && value.ageS !== null && value.ageS * 1000 / time.speed < 24 * 3600_000) {
      this.#curve.sample(node.name, time.at(now) - value.ageS, value.celsius);
    }
    if (malformed && what === "temperature") this.#hasDrawnAt = -Infinity;
  }

  /** The freshest word on the temperature: {value, old, ageMs, node}, or null. The first thermometer that is fresh counts. */
  temperature() {
    const { house } = this.#page;
    const said = this.plan.thermometers
      .map((name) => ({ name, node: house.nodes.get(name) }))
      .filter(({ node }) => node)
      .map(({ name, node }) => ({ name, ...house.last(node, "temperature") }))
      .filter((one) => one.value !== undefined);
    const age = (one) => one.ageMs ?? Infinity;
    return said.find((one) => !one.old) ?? said.sort((a, b) => age(a) - age(b))[0] ?? null;
  }

  /** Of the airco: what it said last on a topic. */
  airco(what) {
    const node = this.#page.house.nodes.get(this.plan.airco);
    return node ? this.#page.house.last(node, what) : null;
  }

  render() {
    this.#renderTemperature();
    this.#renderAirco();
    showFault(this.fault, this.#page, this.nodes);
    this.#follow();
    const now = this.#page.clock();
    if (now - this.#hasDrawnAt >= DRAWN_EVERY_MS && !document.hidden) {
      this.#hasDrawnAt = now;
      this.chart.draw(this.#page.time.at(now));
      this.plot.setAttribute("aria-label", this.#chartWords());
    }
  }

  #renderTemperature() {
    const now = this.temperature();
    say(this.value, now ? degrees(now.value) : "–");
    this.value.classList.toggle("old", !now || now.old);
    const heard = now?.ageMs == null ? "nobody knows how old this is" : `last heard ${this.#page.time.ago(now.ageMs)}`;
    say(this.age, !now ? "no temperature was heard" : now.old ? `not now: ${heard}` : `measured by ${now.name}`);
    this.age.classList.toggle("warn", !now || now.old);
  }

  #renderAirco() {
    const action = this.airco("action");
    show(this.doing, action !== null);
    show(this.why, action !== null);
    show(this.controls, this.plan.airco !== null);
    this.#renderControl();
    if (!action) return;
    this.doing.dataset.action = action.old ? "old" : action.value;
    say(this.doing.lastElementChild, action.old ? `${ACTION_WORDS[action.value]}, when last heard` : ACTION_WORDS[action.value]);
    const reason = this.airco("reason");
    say(this.why, reason && !reason.old ? reasonWords(reason.value, this.#setTo("mode"), this.#setTo("preset")) + this.#left(reason) : "");
  }

  #setTo(what) {
    const said = this.airco(what);
    return said && !said.old ? said.value : null;
  }

  /** How long a reason will hold; it counts from when it was first said, which nobody knows of one in store. */
  #left({ value, ageMs }) {
    if (value.forS === null || ageMs === null) return "";
    const left = Math.ceil(value.forS - (ageMs / 1000) * this.#page.time.speed);
    return left > 0 ? ` ${countdown(left)} more${value.doing === "idle" ? "" : " at most"}.` : "";
  }

  #renderControl() {
    const target = this.airco("target");
    const mode = this.airco("mode");
    const preset = this.airco("preset");
    const can = this.#page.house.connected && target !== null && !target.old;
    if (target && this.#wanted === null && document.activeElement !== this.input) {
      const words = target.value.toFixed(1);
      if (this.input.value !== words) this.input.value = words;
    }
    for (const element of this.controls.querySelectorAll("button")) enable(element, can);
    this.input.readOnly = !can;
    for (const [said, group] of [[mode, ".modes"], [preset, ".presets"]]) {
      const box = this.element.querySelector(group);
      show(box, said !== null);
      for (const button of box.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(said?.value === button.dataset.value));
      }
    }
  }

  #buildControls(id) {
    const label = this.element.querySelector(".target label");
    this.input.id = `${id}-target`;
    label.htmlFor = this.input.id;
    say(label, "Set point, °C");
    this.element.querySelector(".target").setAttribute("aria-label", `Set point of ${this.plan.name}`);
    this.element.querySelector(".less").setAttribute("aria-label", "Half a degree colder");
    this.element.querySelector(".more").setAttribute("aria-label", "Half a degree warmer");
    this.element.querySelector(".less").addEventListener("click", (e) => this.#step(e.currentTarget, -0.5));
    this.element.querySelector(".more").addEventListener("click", (e) => this.#step(e.currentTarget, 0.5));
    this.input.addEventListener("change", () => this.#type());
    this.input.addEventListener("keydown", (e) => {
      if (e.key === "Enter") this.#type();
    });
    this.#choices(".modes", MODES, MODE_WORDS, "mode/set", "Mode", "Mode");
    this.#choices(".presets", PRESETS, PRESET_WORDS, "preset/set", "Set for when you are", "Set for");
  }

  #choices(group, values, words, command, name, asked) {
    const box = this.element.querySelector(group);
    box.setAttribute("aria-label", `${name}: ${this.plan.name}`);
    for (const value of values) {
      const button = make("button", "", words[value]);
      button.type = "button";
      button.dataset.value = value;
      button.addEventListener("click", () => isOn(button) && this.#ask(command, value, `${asked} ${words[value].toLowerCase()}`));
      box.lastElementChild.append(button);
    }
  }

  #step(button, by) {
    if (!isOn(button)) return;
    const from = this.#wanted ?? this.airco("target")?.value;
    if (from == null) return;
    this.#want(Math.min(30, Math.max(5, Math.round((from + by) * 2) / 2)), TYPING_MS);
  }

  #type() {
    const value = this.input.valueAsNumber;
    if (this.input.readOnly || this.#wanted !== null || value === this.airco("target")?.value) return;
    if (Number.isFinite(value)) this.#want(value, 0); // What is out of bounds the airco itself refuses, and says why.
  }

  /** Asks once the fingers rest. */
  #want(value, waitMs) {
    this.#wanted = value;
    this.input.value = value.toFixed(1);
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#ask("target/set", value, `Set point ${degrees(value)}`), waitMs);
  }

  #ask(command, value, words) {
    this.#page.asking.ask({
      prefix: this.#page.house.prefix,
      node: this.plan.airco,
      command,
      value,
      told: (answer) => {
        if (command === "target/set" && answer.state !== "asked" && answer.state !== "taken") this.#wanted = null;
        answerWords(this.#page, this.answer, words, answer, { whose: this.plan.name });
      },
    });
  }

  /** The chart follows what the airco does and is set to, while that is known. */
  #follow() {
    const { time, clock } = this.#page;
    const at = time.at(clock());
    const action = this.airco("action");
    const target = this.airco("target");
    this.#curve.doing(action && !action.old ? action.value : null, at);
    this.#curve.target(target && !target.old ? target.value : null, at);
  }

  #chartWords() {
    const now = this.temperature();
    const all = this.plan.thermometers.flatMap((name) => this.#curve.samples.get(name)?.celsius ?? []);
    if (all.length === 0) return `Temperature of ${this.plan.name}: nothing was heard yet`;
    let least = all[0];
    let most = all[0];
    for (const one of all) {
      least = Math.min(least, one);
      most = Math.max(most, one);
    }
    const last = now && !now.old ? `now ${degrees(now.value)}` : "now unknown";
    return `Temperature of ${this.plan.name}: from ${degrees(least)} to ${degrees(most)}, ${last}`;
  }
}
