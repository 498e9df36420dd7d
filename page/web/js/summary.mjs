// The summary at the top of the page, in one or two sentences.

import { $, element } from "./dom.mjs";
import { degrees } from "./words.mjs";

const COFFEE = {
  waiting: "The coffee machine waits for the right moment.",
  brewing: "Coffee is brewing.",
  "keeping-warm": "There is fresh coffee.",
  done: "There is coffee.",
};

/** Writes the summary if it changed. It contains current values only. */
export function showSummary(page) {
  const parts = [];
  if (page.nodes.byName.size === 0) {
    parts.push(page.nodes.connected ? "No device has published anything yet." : "Waiting for the devices.");
  } else if (!page.nodes.connected) {
    parts.push("This page is offline. Below is the last known state.");
  } else {
    if (page.rooms.length === 1) parts.push(...ofOneRoom(page.rooms[0]));
    else page.rooms.forEach((room, i) => parts.push(...ofSeveralRooms(room, i === page.rooms.length - 1)));
    for (const car of page.cars) parts.push(...ofCar(car, page));
    for (const coffee of page.coffees) {
      const phase = page.nodes.current(page.nodes.byName.get(coffee.name), "phase");
      if (phase !== null && Object.hasOwn(COFFEE, phase)) parts.push(` ${COFFEE[phase]}`);
    }
  }
  const key = parts.map((part) => (typeof part === "string" ? part : part.join("|"))).join("");
  const summary = $("summary");
  if (summary.dataset.key === key) return;
  summary.dataset.key = key;
  summary.replaceChildren(...parts.map((part) => (typeof part === "string" ? part : element("em", part[1], part[0]))));
}

/** One of several rooms: its name and its temperature. */
function ofSeveralRooms(room, last) {
  const now = room.temperature();
  const action = room.climate("action");
  const end = last ? ". " : ", ";
  if (!now || now.old) return [`${room.layout.name} unknown${end}`];
  const colour = action && !action.old && ["heating", "cooling"].includes(action.value) ? action.value : "";
  return [`${room.layout.name} `, [degrees(now.value), colour], end];
}

function ofOneRoom(room) {
  const now = room.temperature();
  if (!now || now.old) return ["The temperature is unknown. "];
  const action = room.climate("action");
  const target = room.climate("target");
  const temperature = ["It is ", [degrees(now.value), ""]];
  if (!action || action.old || !target || target.old) return [...temperature, ". "];
  const goal = degrees(target.value).replace(/\.0 °C| °C/, "");
  if (action.value === "heating") return [...temperature, ", ", ["heating", "heating"], ` to ${goal}. `];
  if (action.value === "cooling") return [...temperature, ", ", ["cooling", "cooling"], ` to ${goal}. `];
  return [...temperature, action.value === "off" ? ", and the airco is off. " : ". "];
}

function ofCar(car, page) {
  const node = page.nodes.byName.get(car.name);
  const presence = page.nodes.current(node, "presence");
  const km = page.nodes.current(node, "distance");
  if (presence === null) return [];
  const minutes = car.minutes();
  if (presence === "home") return ["The car is home."];
  if (minutes !== null) return ["The car is coming, ", [minutes === 0 ? "home within a minute" : `home in ${minutes} min`, ""], "."];
  return km === null ? ["The car is away."] : ["The car is ", [`${km} km`, ""], " away."];
}
