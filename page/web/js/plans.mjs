// What belongs together. Topics do not say which thermometer an airco follows, so: as house.json has it; else, with one
// airco, every thermometer is in its room; with several, each node is a room of its own. What was never understood does not
// count: nobody puts a card onto the page by talking nonsense.

import { title } from "./words.mjs";

const AIRCO = ["action", "target", "mode", "reason"];

/** @returns {{rooms: {name: string, thermometers: string[], airco: ?string}[], coffees: string[], cars: string[]}} */
export function plans(house, settings) {
  const has = (what) => [...house.nodes.values()].filter((node) => what.some((one) => node.spoken.has(one))).map((node) => node.name);
  const thermometers = has(["temperature"]);
  const aircos = has(AIRCO);
  const rooms = settings.rooms.filter((room) => house.nodes.has(room.airco) || room.thermometers.some((name) => house.nodes.has(name)));
  const placed = new Set(rooms.flatMap((room) => [room.airco, ...room.thermometers]));
  const loose = (names) => names.filter((name) => !placed.has(name));
  if (rooms.length === 0 && aircos.length === 1) {
    const sensors = thermometers.filter((name) => name !== aircos[0]);
    const own = thermometers.filter((name) => name === aircos[0]);
    const name = sensors.length === 0 ? title(aircos[0]) : "The room";
    rooms.push({ name, thermometers: [...sensors, ...own], airco: aircos[0] });
  } else {
    for (const airco of loose(aircos)) {
      rooms.push({ name: title(airco), thermometers: thermometers.filter((name) => name === airco), airco });
    }
    for (const sensor of loose(thermometers).filter((name) => !aircos.includes(name))) {
      rooms.push({ name: title(sensor), thermometers: [sensor], airco: null });
    }
  }
  return { rooms, coffees: has(["phase"]), cars: has(["presence", "distance", "approach"]) };
}
