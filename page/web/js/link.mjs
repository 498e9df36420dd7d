// The connection to the broker: MQTT 5 over a WebSocket. It comes back by itself, each time with a client of its own, so
// that nothing that was asked for before is ever sent late.

/* global mqtt */

const KEEP_ALIVE_S = 10;
const CONNECT_MS = 5000;
const LARGEST_PACKET = 64 * 1024;

/** Sooner back than the devices, which tell a minute later what was missed. */
const MOST_WAIT_MS = 2000;

const TAKEN_OVER = 0x8e;
const BAD_CREDENTIALS = [0x86, 0x87];
const TAKEN_OVER_WAIT_MS = 30_000;

/**
 * Events: `up`, `down` (with `why`, for people, and `againMs`), `refused` (with `known`: whether a name was given),
 * `message`, `denied`.
 */
export class Link {
  #address;
  #filters;
  #tell;
  #client = null;
  #tries = 0;
  #timer = 0;
  #credentials;
  #id = `page-${randomWord(8)}`;

  constructor(address, filters, credentials, tell) {
    this.#address = address;
    this.#filters = filters;
    this.#credentials = credentials;
    this.#tell = tell;
  }

  /** @param credentials {username, password}, or null */
  connect(credentials = this.#credentials) {
    this.#credentials = credentials;
    clearTimeout(this.#timer);
    this.#leave();
    const client = mqtt.connect(this.#address, {
      protocolVersion: 5,
      clientId: this.#id,
      clean: true,
      keepalive: KEEP_ALIVE_S,
      connectTimeout: CONNECT_MS,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      timerVariant: "native",
      properties: { maximumPacketSize: LARGEST_PACKET },
      ...(credentials ?? {}),
    });
    this.#client = client;
    let why = "the broker does not answer";
    let wait = null;
    const ours = (act) => (...what) => client === this.#client && act(...what);
    client.on("connect", ours(() => this.#subscribe(client)));
    client.on("message", ours((topic, payload, packet) => this.#tell("message", received(topic, payload, packet))));
    client.on("disconnect", ours((packet) => {
      if (packet.reasonCode === TAKEN_OVER) {
        why = "another page, or a device, has taken this one's place at the broker";
        wait = TAKEN_OVER_WAIT_MS;
      }
    }));
    client.on("error", ours((error) => {
      if (BAD_CREDENTIALS.includes(error.code)) {
        this.#leave();
        this.#tell("refused", { known: credentials !== null });
      }
    }));
    client.on("close", ours(() => this.#lost(why, wait)));
  }

  /**
   * Publishes a command, with a life, so that it never acts late. Resolves when the broker has it.
   * @throws if there is no connection, or the broker does not allow it
   */
  ask(topic, text, qos, lifeS) {
    const client = this.#client;
    if (!client?.connected) return Promise.reject(new Error("there is no connection"));
    return new Promise((done, failed) => {
      const properties = { messageExpiryInterval: lifeS };
      client.publish(topic, text, { qos, retain: false, properties }, (error) => (error ? failed(error) : done()));
    });
  }

  #subscribe(client) {
    client.subscribe(this.#filters, { qos: 1, rap: false, rh: 0 }, (error, granted) => {
      if (client !== this.#client) return;
      if (error || granted.some((one) => one.qos >= 128)) {
        this.#tell("denied");
      }
      if (error && !client.connected) return;
      this.#tries = 0;
      this.#tell("up");
    });
  }

  #lost(why, wait) {
    this.#leave();
    const againMs = wait ?? Math.round(Math.min(MOST_WAIT_MS, 500 * 2 ** this.#tries) * (0.75 + Math.random() / 2));
    this.#tries++;
    this.#timer = setTimeout(() => this.connect(), againMs);
    this.#tell("down", { why, againMs });
  }

  #leave() {
    const client = this.#client;
    this.#client = null;
    client?.on("error", () => {}); // Whatever else it says is about a connection that is over.
    client?.end(true);
  }
}

function received(topic, payload, packet) {
  const properties = packet.properties ?? {};
  const told = properties.userProperties?.lifetime_s;
  return {
    topic,
    payload,
    retained: packet.retain,
    lifetimeS: typeof told === "string" && /^[0-9]{1,10}$/.test(told) ? Number(told) : null,
    leftS: properties.messageExpiryInterval ?? null,
  };
}

/** Works where `crypto.randomUUID` does not: on a page that came over plain HTTP. */
export function randomWord(length) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => "abcdefghijklmnopqrstuvwxyz234567"[byte % 32]).join("");
}
