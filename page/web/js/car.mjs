// The card of a car: its distance from home, and whether it is coming home. A car does not publish its position.

import { cloneTemplate, setText } from "./dom.mjs";
import { title } from "./words.mjs";
import { showFaults } from "./faults.mjs";

const PRESENCE = { home: "At home.", approaching: "On its way home.", away: "Away." };
const MIN_ROAD_KM = 10;

export class Car {
  #page;
  #roadKm = MIN_ROAD_KM;

  constructor(page, name) {
    this.#page = page;
    this.name = name;
    this.element = cloneTemplate("car-template");
    const find = (selector) => this.element.querySelector(selector);
    const heading = find("h2");
    heading.id = `car-${name}`;
    this.element.setAttribute("aria-labelledby", heading.id);
    setText(heading, title(name));
    this.state = find(".state");
    this.road = find(".road");
    this.distance = find(".distance");
    this.fault = find(".fault");
  }

  /** Minutes until the car is home: the published time less the time since then. Null if it is not coming. */
  minutes() {
    const { nodes, time } = this.#page;
    const approach = nodes.last(nodes.byName.get(this.name), "approach");
    if (!approach || approach.old || approach.value.cancelled || approach.ageMs === null) return null;
    return Math.max(0, Math.round((approach.value.etaS - (approach.ageMs / 1000) * time.speed) / 60));
  }

  render() {
    const { nodes, time } = this.#page;
    const node = nodes.byName.get(this.name);
    const presence = nodes.last(node, "presence");
    const distance = nodes.last(node, "distance");
    const minutes = this.minutes();
    const old = !presence || presence.old;
    const coming = minutes === null || presence?.value === "home" ? "" : minutes === 0 ? " Home within a minute." : ` Home in ${minutes} min.`;
    const age = presence?.ageMs == null ? "" : ` (${time.ago(presence.ageMs)})`;
    const last = presence ? PRESENCE[presence.value] : "";
    setText(this.state, !presence ? "Not known yet." : old ? `No current data. Last known${age}: ${last}` : last + coming);
    this.state.classList.toggle("old", old);
    const km = distance?.value ?? null;
    if (km !== null) this.#roadKm = Math.max(this.#roadKm, km);
    const fraction = km === null ? 1 : Math.min(1, km / this.#roadKm);
    this.road.style.setProperty("--fraction", fraction.toFixed(3));
    this.road.classList.toggle("old", !distance || distance.old);
    this.road.classList.toggle("coming", coming !== "");
    const words = km === null ? "distance unknown" : km === 0 ? "less than 1 km from home" : `${km} km from home`;
    setText(this.distance, presence?.value === "home" && !old ? "" : distance?.old ? `Last known: ${words}` : words);
    this.road.setAttribute("aria-label", `${title(this.name)}: ${words}`);
    showFaults(this.fault, this.#page, [this.name]);
  }
}
