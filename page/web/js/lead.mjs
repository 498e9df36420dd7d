// The house in a sentence or two.

import { $, make } from "./dom.mjs";
import { degrees } from "./words.mjs";

const COFFEE = {
  waiting: "The coffee waits for the right moment.",
  brewing: "Coffee is brewing.",
  "keeping-warm": "There is fresh coffee.",
  done: "There is coffee.",
};

/** Writes it anew if it differs. What is old is not in it. */
export function lead(page) {
  const parts = [];
  if (page.house.nodes.size === 0) {
    parts.push(page.house.connected ? "Nobody has said anything yet." : "Listening for the house.");
  } else if (!page.house.connected) {
    parts.push("This page hears nothing now. Below is how the house was.");
  } else {
    if (page.rooms.length === 1) parts.push(...ofRoom(page.rooms[0]));
    else page.rooms.forEach((room, i) => parts.push(...inShort(room, i === page.rooms.length - 1)));
    for (const car of page.cars) parts.push(...ofCar(car, page));
    for (const coffee of page.coffees) {
      const phase = page.house.now(page.house.nodes.get(coffee.name), "phase");
      if (phase !== null && Object.hasOwn(COFFEE, phase)) parts.push(` ${COFFEE[phase]}`);
    }
  }
  const key = parts.map((part) => (typeof part === "string" ? part : part.join("|"))).join("");
  const element = $("lead");
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  element.replaceChildren(...parts.map((part) => (typeof part === "string" ? part : make("em", part[1], part[0]))));
}

/** One of several: its name and how warm it is. */
function inShort(room, last) {
  const now = room.temperature();
  const doing = room.airco("action");
  const end = last ? ". " : ", ";
  if (!now || now.old) return [`${room.plan.name} unknown${end}`];
  const inked = doing && !doing.old && ["heating", "cooling"].includes(doing.value) ? doing.value : "";
  return [`${room.plan.name} `, [degrees(now.value), inked], end];
}

function ofRoom(room) {
  const now = room.temperature();
  if (!now || now.old) return ["How warm it is nobody can say. "];
  const action = room.airco("action");
  const target = room.airco("target");
  const warm = ["It is ", [degrees(now.value), ""]];
  if (!action || action.old || !target || target.old) return [...warm, ". "];
  const goal = degrees(target.value).replace(/\.0 °C| °C/, "");
  if (action.value === "heating") return [...warm, ", and ", ["heating", "heating"], ` to ${goal}. `];
  if (action.value === "cooling") return [...warm, ", and ", ["cooling", "cooling"], ` to ${goal}. `];
  return [...warm, action.value === "off" ? ", and the airco is off. " : ". "];
}

function ofCar(car, page) {
  const node = page.house.nodes.get(car.name);
  const presence = page.house.now(node, "presence");
  const km = page.house.now(node, "distance");
  if (presence === null) return [];
  const minutes = car.minutes();
  if (presence === "home") return ["The car is home."];
  if (minutes !== null) return ["The car is coming, ", [minutes === 0 ? "any moment" : `home in ${minutes} min`, ""], "."];
  return km === null ? ["The car is away."] : ["The car is ", [`${km} km`, ""], " away."];
}
