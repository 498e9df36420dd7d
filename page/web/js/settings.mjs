// house.json, beside the page: where the broker is, and what belongs together. Only the owner of the page writes it; a link
// to the page cannot make it ask for a password for somebody else's broker.

const NAME = /^[a-z0-9-]{1,32}$/;

/** @returns {{prefix: string, broker: string, rooms: {name: string, thermometers: string[], airco: ?string}[]}} */
export async function readSettings(get = () => fetch("house.json", { cache: "no-cache" })) {
  let told = {};
  try {
    const answer = await get();
    if (answer.ok) told = await answer.json();
  } catch {
    told = {}; // A page without it is a page with its defaults.
  }
  const rooms = Array.isArray(told?.rooms) ? told.rooms : [];
  return {
    prefix: NAME.test(told?.prefix) ? told.prefix : "home",
    broker: typeof told?.broker === "string" && /^wss?:\/\//.test(told.broker) ? told.broker : "",
    rooms: rooms
      .filter((room) => typeof room?.name === "string" && Array.isArray(room.thermometers))
      .map((room) => ({
        name: room.name.slice(0, 64),
        thermometers: room.thermometers.filter((name) => NAME.test(name)),
        airco: NAME.test(room.airco) ? room.airco : null,
      }))
      .filter((room) => room.airco !== null || room.thermometers.length > 0),
  };
}

/** The broker's, by default where the page came from: a Mosquitto that serves it, or the demo. */
export function brokerAddress({ broker }, here = location) {
  return broker || `${here.protocol === "https:" ? "wss" : "ws"}://${here.host}/mqtt`;
}
