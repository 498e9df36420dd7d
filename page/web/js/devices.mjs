// Every node, learned from what it says, and how it is doing.

import { $, make, say, show } from "./dom.mjs";
import { duration } from "./clock.mjs";
import { FAULTS, title } from "./words.mjs";

const COUNTS = ["connections", "switchings", "dropped", "rejected"];

export class Devices {
  #page;
  #rows = new Map();

  constructor(page) {
    this.#page = page;
  }

  render() {
    const { house } = this.#page;
    const names = [...house.nodes.keys()];
    if (names.join() !== [...this.#rows.keys()].join()) {
      this.#rows = new Map(names.map((name) => [name, this.#rows.get(name) ?? row(name)]));
      $("devices").replaceChildren(...[...this.#rows.values()].map((one) => one.tr));
    }
    for (const [name, one] of this.#rows) this.#renderRow(house.nodes.get(name), one);
    const odd = house.misunderstood;
    show($("misunderstood"), odd > 0);
    say($("misunderstood"), `${odd === 1 ? "One message was" : `${odd} messages were`} not what a device says, and passed over.`);
  }

  #renderRow(node, { status, fault, up, counts, version }) {
    const { house, time } = this.#page;
    const online = house.online(node);
    const last = house.last(node, "status");
    say(status.lastElementChild, online ? "online" : !house.connected ? "not heard" : last?.value === "offline" ? "offline" : "not heard");
    status.dataset.state = online ? "online" : "offline";
    const wrong = house.last(node, "fault");
    say(fault, !wrong ? "–" : faultWords(wrong.value) + (wrong.old ? ", when last heard" : ""));
    fault.dataset.state = !wrong || wrong.value === "none" ? "" : wrong.old ? "was" : "wrong";
    const health = house.last(node, "health");
    const since = health?.ageMs == null ? 0 : (health.ageMs / 1000) * time.speed;
    say(up, !health ? "–" : online ? `${health.ageMs === null ? "over " : ""}${duration((health.value.uptimeS + since) * 1000)}` : "–");
    COUNTS.forEach((count, i) => say(counts[i], health?.value[count] == null ? "–" : String(health.value[count])));
    say(version, health?.value.version ?? "–");
  }
}

function faultWords(code) {
  return Object.hasOwn(FAULTS, code) ? FAULTS[code] : code;
}

function row(name) {
  const status = make("span", "status", make("span", "lamp"), make("span"));
  const fault = make("td", "what-fault");
  const up = make("td");
  const counts = COUNTS.map(() => make("td", "number"));
  const version = make("td");
  const head = make("th", "", title(name));
  head.scope = "row";
  return { tr: make("tr", "", head, make("td", "", status), fault, up, ...counts, version), status, fault, up, counts, version };
}
