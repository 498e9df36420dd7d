// The card of a room: temperature, action with its reason, controls and chart.

import { RoomHistory } from "./history.mjs";
import { Chart } from "./chart.mjs";
import { countdown } from "./clock.mjs";
import { cloneTemplate, element, enable, isEnabled, setText, setVisible } from "./dom.mjs";
import { ACTION_WORDS, MODE_WORDS, PRESET_WORDS, degrees, reasonWords } from "./words.mjs";
import { MODES, PRESETS } from "./topics.mjs";
import { showFaults } from "./faults.mjs";
import { showResult } from "./result.mjs";

const TYPING_MS = 900;
const DRAWN_EVERY_MS = 250;

export class Room {
  #page;
  #drawnAt = -Infinity;
  #history = new RoomHistory();
  #typing = 0;
  #entered = null;

  /** @param layout {name, thermometers: [node name…], airco: node name or null} */
  constructor(page, layout) {
    this.#page = page;
    this.layout = layout;
    this.element = cloneTemplate("room-template");
    const find = (selector) => this.element.querySelector(selector);
    this.heading = find("h2");
    this.value = find(".value");
    this.age = find(".age");
    this.action = find(".action");
    this.reason = find(".reason");
    this.fault = find(".fault");
    this.controls = find(".controls");
    this.input = find("input");
    this.result = find(".result");
    this.plot = find(".plot");
    this.readout = find(".readout");
    setText(this.heading, layout.name);
    const id = `room-${layout.airco ?? layout.thermometers[0]}`;
    this.heading.id = id;
    this.element.setAttribute("aria-labelledby", id);
    this.#buildControls(id);
    this.chart = new Chart(this.plot, this.#history, page.time, layout.thermometers, (words) => setText(this.readout, words));
    this.#buildLegend();
    const periods = this.element.querySelectorAll("[data-hours]");
    for (const button of periods) {
      button.addEventListener("click", () => {
        this.chart.setHours(Number(button.dataset.hours));
        for (const one of periods) one.setAttribute("aria-pressed", String(one === button));
        this.#drawnAt = -Infinity;
      });
    }
  }

  get nodeNames() {
    return [...new Set([...this.layout.thermometers, ...(this.layout.airco ? [this.layout.airco] : [])])];
  }

  /** Continues the history that an earlier page stored. */
  restore(stored) {
    this.#history = RoomHistory.fromStored(stored, this.#page.time.at(this.#page.clock()));
    this.chart.setHistory(this.#history);
  }

  toStored() {
    return this.#history.toStored();
  }

  /** With several thermometers, names the line of each. */
  #buildLegend() {
    const [first, ...others] = this.layout.thermometers;
    const key = this.element.querySelector(".key.line");
    if (others.length === 0) return;
    setText(key, first);
    key.after(...others.map((name) => element("span", "key other", name)));
  }

  /** A message from one of the room's nodes was received. */
  update({ node, topic, value, malformed }) {
    const { time, clock, nodes } = this.#page;
    const now = clock();
    if (topic === "temperature" && value !== null && nodes.current(node, "temperature") !== null) {
      const { publishedAt, expiresAt } = node.states.get(topic);
      this.#history.addReading(node.name, time.at(publishedAt), value, ((expiresAt - publishedAt) / 1000) * time.speed);
    } else if (topic === "history" && value.ageS !== null && value.ageS * 1000 / time.speed < 24 * 3600_000) {
      this.#history.addReading(node.name, time.at(now) - value.ageS, value.celsius);
    }
    if (malformed && topic === "temperature") this.#drawnAt = -Infinity;
  }

  /**
   * The temperature of the room: {name, value, old, ageMs}, or null. It is from the first thermometer with a current reading,
   * else the latest known.
   */
  temperature() {
    const { nodes } = this.#page;
    const readings = this.layout.thermometers
      .map((name) => ({ name, node: nodes.byName.get(name) }))
      .filter(({ node }) => node)
      .map(({ name, node }) => ({ name, ...nodes.last(node, "temperature") }))
      .filter((one) => one.value !== undefined);
    const age = (one) => one.ageMs ?? Infinity;
    return readings.find((one) => !one.old) ?? readings.sort((a, b) => age(a) - age(b))[0] ?? null;
  }

  /** The last known state of the airco on a topic, or null. */
  climate(topic) {
    const node = this.#page.nodes.byName.get(this.layout.airco);
    return node ? this.#page.nodes.last(node, topic) : null;
  }

  render() {
    this.#renderTemperature();
    this.#renderAirco();
    showFaults(this.fault, this.#page, this.nodeNames);
    this.#record();
    const now = this.#page.clock();
    if (now - this.#drawnAt >= DRAWN_EVERY_MS && !document.hidden) {
      this.#drawnAt = now;
      this.chart.draw(this.#page.time.at(now));
      this.plot.setAttribute("aria-label", this.#chartWords());
    }
  }

  #renderTemperature() {
    const now = this.temperature();
    setText(this.value, now ? degrees(now.value) : "–");
    this.value.classList.toggle("old", !now || now.old);
    const age = now?.ageMs == null ? "age unknown" : `received ${this.#page.time.ago(now.ageMs)}`;
    setText(this.age, !now ? "no temperature received" : now.old ? `old: ${age}` : `measured by ${now.name}`);
    this.age.classList.toggle("warn", !now || now.old);
  }

  #renderAirco() {
    const action = this.climate("action");
    setVisible(this.action, action !== null);
    setVisible(this.reason, action !== null);
    setVisible(this.controls, this.layout.airco !== null);
    this.#renderControls();
    if (!action) return;
    this.action.dataset.action = action.old ? "old" : action.value;
    setText(this.action.lastElementChild, action.old ? `${ACTION_WORDS[action.value]} (last known)` : ACTION_WORDS[action.value]);
    const reason = this.climate("reason");
    setText(this.reason, reason && !reason.old ? reasonWords(reason.value, this.#current("mode"), this.#current("preset")) + this.#timeLeft(reason) : "");
  }

  #current(topic) {
    const state = this.climate(topic);
    return state && !state.old ? state.value : null;
  }

  /** How long the reason still applies, counted from its publication; unknown for a retained one. */
  #timeLeft({ value, ageMs }) {
    if (value.forS === null || ageMs === null) return "";
    const left = Math.ceil(value.forS - (ageMs / 1000) * this.#page.time.speed);
    return left > 0 ? (value.doing === "idle" ? ` Time left: ${countdown(left)}.` : ` At most ${countdown(left)} more.`) : "";
  }

  #renderControls() {
    const target = this.climate("target");
    const mode = this.climate("mode");
    const preset = this.climate("preset");
    const usable = this.#page.nodes.connected && target !== null && !target.old;
    if (target && this.#entered === null && document.activeElement !== this.input) {
      const words = target.value.toFixed(1);
      if (this.input.value !== words) this.input.value = words;
    }
    for (const button of this.controls.querySelectorAll("button")) enable(button, usable);
    this.input.readOnly = !usable;
    for (const [state, selector] of [[mode, ".modes"], [preset, ".presets"]]) {
      const group = this.element.querySelector(selector);
      setVisible(group, state !== null);
      for (const button of group.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(state?.value === button.dataset.value));
      }
    }
  }

  #buildControls(id) {
    const find = (selector) => this.element.querySelector(selector);
    const label = find(".target label");
    this.input.id = `${id}-target`;
    label.htmlFor = this.input.id;
    setText(label, "Set point, °C");
    find(".target").setAttribute("aria-label", `Set point of ${this.layout.name}`);
    find(".less").setAttribute("aria-label", "Half a degree colder");
    find(".more").setAttribute("aria-label", "Half a degree warmer");
    find(".less").addEventListener("click", (e) => this.#step(e.currentTarget, -0.5));
    find(".more").addEventListener("click", (e) => this.#step(e.currentTarget, 0.5));
    this.input.addEventListener("change", () => this.#typed());
    this.input.addEventListener("keydown", (e) => {
      if (e.key === "Enter") this.#typed();
    });
    this.#buildChoice(".modes", MODES, MODE_WORDS, "mode/set", "Mode");
    this.#buildChoice(".presets", PRESETS, PRESET_WORDS, "preset/set", "Preset");
  }

  #buildChoice(selector, values, words, command, name) {
    const group = this.element.querySelector(selector);
    group.setAttribute("aria-label", `${name}: ${this.layout.name}`);
    for (const value of values) {
      const button = element("button", "", words[value]);
      button.type = "button";
      button.dataset.value = value;
      button.addEventListener("click", () => isEnabled(button) && this.#send(command, value, `${name} ${words[value].toLowerCase()}`));
      group.lastElementChild.append(button);
    }
  }

  #step(button, by) {
    if (!isEnabled(button)) return;
    const from = this.#entered ?? this.climate("target")?.value;
    if (from == null) return;
    this.#setTarget(Math.min(30, Math.max(5, Math.round((from + by) * 2) / 2)), TYPING_MS);
  }

  #typed() {
    const value = this.input.valueAsNumber;
    if (this.input.readOnly || this.#entered !== null || value === this.climate("target")?.value) return;
    if (Number.isFinite(value)) this.#setTarget(value, 0); // The airco itself rejects a value out of bounds, with its reason.
  }

  /** Sends the set point once no key was pressed for `waitMs`. */
  #setTarget(value, waitMs) {
    this.#entered = value;
    this.input.value = value.toFixed(1);
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#send("target/set", value, `Set point ${degrees(value)}`), waitMs);
  }

  #send(command, value, words) {
    this.#page.commands.send({
      prefix: this.#page.nodes.prefix,
      node: this.layout.airco,
      command,
      value,
      onState: (result) => {
        if (command === "target/set" && result.state !== "sending" && result.state !== "sent") this.#entered = null;
        showResult(this.#page, this.result, words, result, { whose: this.layout.name });
      },
    });
  }

  /** Adds the present action and set point of the airco to the history, as unknown if they are old. */
  #record() {
    const at = this.#page.time.at(this.#page.clock());
    this.#history.setAction(this.#current("action"), at);
    this.#history.setTarget(this.#current("target"), at);
  }

  #chartWords() {
    const now = this.temperature();
    const all = this.layout.thermometers.flatMap((name) => this.#history.readings.get(name)?.celsius ?? []);
    if (all.length === 0) return `Temperature of ${this.layout.name}: none received yet`;
    let min = all[0];
    let max = all[0];
    for (const celsius of all) {
      min = Math.min(min, celsius);
      max = Math.max(max, celsius);
    }
    const last = now && !now.old ? `now ${degrees(now.value)}` : "now unknown";
    return `Temperature of ${this.layout.name}: from ${degrees(min)} to ${degrees(max)}, ${last}`;
  }
}
