// house.json, beside the page: the address of the broker, and the rooms. Only the owner of the page can change this file, so
// a link to the page cannot make it send a password to another broker.

const NAME = /^[a-z0-9-]{1,32}$/;

/** @returns {{prefix: string, broker: string, rooms: {name: string, thermometers: string[], airco: ?string}[]}} */
export async function readSettings(get = () => fetch("house.json", { cache: "no-cache" })) {
  let file = {};
  try {
    const response = await get();
    if (response.ok) file = await response.json();
  } catch {
    file = {}; // Without the file, or with a broken one, the defaults apply.
  }
  const rooms = Array.isArray(file?.rooms) ? file.rooms : [];
  return {
    prefix: NAME.test(file?.prefix) ? file.prefix : "home",
    broker: typeof file?.broker === "string" && /^wss?:\/\//.test(file.broker) ? file.broker : "",
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

/** Default: the server of the page, which is Mosquitto or the demo. */
export function brokerAddress({ broker }, here = location) {
  return broker || `${here.protocol === "https:" ? "wss" : "ws"}://${here.host}/mqtt`;
}
