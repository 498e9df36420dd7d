// Groups the nodes into rooms, coffee machines and cars. No topic contains which thermometer belongs to which airco. So the
// rooms are those of house.json. Without them, and with one airco, all thermometers are in its room; with several, each node
// is a room of its own. A node without any well-formed message is not shown: malformed messages cannot add a card.

import { title } from "./words.mjs";

const AIRCO_TOPICS = ["action", "target", "mode", "reason"];

/** @returns {{rooms: {name: string, thermometers: string[], airco: ?string}[], coffees: string[], cars: string[]}} */
export function layoutOf(nodes, settings) {
  const publishing = (topics) => [...nodes.byName.values()].filter((node) => topics.some((topic) => node.understood.has(topic))).map((node) => node.name);
  const thermometers = publishing(["temperature"]);
  const aircos = publishing(AIRCO_TOPICS);
  const rooms = settings.rooms.filter((room) => nodes.byName.has(room.airco) || room.thermometers.some((name) => nodes.byName.has(name)));
  const assigned = new Set(rooms.flatMap((room) => [room.airco, ...room.thermometers]));
  const unassigned = (names) => names.filter((name) => !assigned.has(name));
  if (rooms.length === 0 && aircos.length === 1) {
    const sensors = thermometers.filter((name) => name !== aircos[0]);
    const own = thermometers.filter((name) => name === aircos[0]);
    const name = sensors.length === 0 ? title(aircos[0]) : "The room";
    rooms.push({ name, thermometers: [...sensors, ...own], airco: aircos[0] });
  } else {
    for (const airco of unassigned(aircos)) {
      rooms.push({ name: title(airco), thermometers: thermometers.filter((name) => name === airco), airco });
    }
    for (const sensor of unassigned(thermometers).filter((name) => !aircos.includes(name))) {
      rooms.push({ name: title(sensor), thermometers: [sensor], airco: null });
    }
  }
  return { rooms, coffees: publishing(["phase"]), cars: publishing(["presence", "distance", "approach"]) };
}
