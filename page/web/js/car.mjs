// A car: how far it is, and whether it is coming. It never says where it is.

import { copy, say } from "./dom.mjs";
import { title } from "./words.mjs";
import { showFault } from "./fault.mjs";

const PRESENCE = { home: "At home.", approaching: "On its way home.", away: "Away." };
const LEAST_ROAD_KM = 10;

export class Car {
  #page;
  #roadKm = LEAST_ROAD_KM;

  constructor(page, name) {
    this.#page = page;
    this.name = name;
    this.element = copy("car-template");
    const at = (selector) => this.element.querySelector(selector);
    const heading = at("h2");
    heading.id = `car-${name}`;
    this.element.setAttribute("aria-labelledby", heading.id);
    say(heading, title(name));
    this.says = at(".says");
    this.road = at(".road");
    this.far = at(".far");
    this.fault = at(".fault");
  }

  /** Minutes until it is home, by its own word less the time since; null if it is not coming. */
  minutes() {
    const { house, time } = this.#page;
    const coming = house.last(house.nodes.get(this.name), "approach");
    if (!coming || coming.old || coming.value.calledOff || coming.ageMs === null) return null;
    return Math.max(0, Math.round((coming.value.etaS - (coming.ageMs / 1000) * time.speed) / 60));
  }

  render() {
    const { house, time } = this.#page;
    const node = house.nodes.get(this.name);
    const presence = house.last(node, "presence");
    const distance = house.last(node, "distance");
    const minutes = this.minutes();
    const old = !presence || presence.old;
    const coming = minutes === null || presence?.value === "home" ? "" : minutes === 0 ? " Any moment now." : ` Home in ${minutes} min.`;
    const age = presence?.ageMs == null ? "" : ` (${time.ago(presence.ageMs)})`;
    say(this.says, !presence ? "It has not said where it is." : old ? `Not heard now. Last${age}: ${PRESENCE[presence.value]}` : PRESENCE[presence.value] + coming);
    this.says.classList.toggle("old", old);
    const km = distance?.value ?? null;
    if (km !== null) this.#roadKm = Math.max(this.#roadKm, km);
    const part = km === null ? 1 : Math.min(1, km / this.#roadKm);
    this.road.style.setProperty("--part", part.toFixed(3));
    this.road.classList.toggle("old", !distance || distance.old);
    this.road.classList.toggle("coming", coming !== "");
    const far = km === null ? "distance unknown" : km === 0 ? "less than a kilometre from home" : `${km} km from home`;
    say(this.far, presence?.value === "home" && !old ? "" : distance?.old ? `${far}, when last heard` : far);
    this.road.setAttribute("aria-label", `${title(this.name)}: ${far}`);
    showFault(this.fault, this.#page, [this.name]);
  }
}
