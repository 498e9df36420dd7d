// The table of all nodes, with their faults and their health.

import { $, element, setText, setVisible } from "./dom.mjs";
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
    const { nodes } = this.#page;
    const names = [...nodes.byName.keys()];
    if (names.join() !== [...this.#rows.keys()].join()) {
      this.#rows = new Map(names.map((name) => [name, this.#rows.get(name) ?? newRow(name)]));
      $("devices").replaceChildren(...[...this.#rows.values()].map((row) => row.tr));
    }
    for (const [name, row] of this.#rows) this.#renderRow(nodes.byName.get(name), row);
    const count = nodes.malformedMessages;
    setVisible($("malformed"), count > 0);
    setText($("malformed"), `${count === 1 ? "One malformed message was" : `${count} malformed messages were`} ignored.`);
  }

  #renderRow(node, { status, fault, uptime, counts, version }) {
    const { nodes, time } = this.#page;
    const online = nodes.isOnline(node);
    const last = nodes.last(node, "status");
    setText(status.lastElementChild, online ? "online" : nodes.connected && last?.value === "offline" ? "offline" : "unknown");
    status.dataset.state = online ? "online" : "offline";
    const lastFault = nodes.last(node, "fault");
    setText(fault, !lastFault ? "–" : faultWords(lastFault.value) + (lastFault.old ? " (last known)" : ""));
    fault.dataset.state = !lastFault || lastFault.value === "none" ? "" : lastFault.old ? "old" : "current";
    const health = nodes.last(node, "health");
    const sinceS = health?.ageMs == null ? 0 : (health.ageMs / 1000) * time.speed;
    setText(uptime, !health || !online ? "–" : `${health.ageMs === null ? "over " : ""}${duration((health.value.uptimeS + sinceS) * 1000)}`);
    COUNTS.forEach((count, i) => setText(counts[i], health?.value[count] == null ? "–" : String(health.value[count])));
    setText(version, health?.value.version ?? "–");
  }
}

function faultWords(code) {
  return Object.hasOwn(FAULTS, code) ? FAULTS[code] : code;
}

function newRow(name) {
  const status = element("span", "status", element("span", "lamp"), element("span"));
  const fault = element("td", "fault-cell");
  const uptime = element("td");
  const counts = COUNTS.map(() => element("td", "number"));
  const version = element("td");
  const heading = element("th", "", title(name));
  heading.scope = "row";
  return { tr: element("tr", "", heading, element("td", "", status), fault, uptime, ...counts, version), status, fault, uptime, counts, version };
}
