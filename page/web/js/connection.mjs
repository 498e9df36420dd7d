// The connection to the broker: MQTT 5 over a WebSocket. It reconnects by itself, each time with a new MQTT client, so that a
// command from before is never sent late.

/* global mqtt */

const KEEP_ALIVE_S = 10;
const CONNECT_TIMEOUT_MS = 5000;
const MAX_PACKET_BYTES = 64 * 1024;

/** The page reconnects sooner than the devices, which publish their stored readings one minute after they reconnect. */
const MAX_RETRY_MS = 2000;

const SESSION_TAKEN_OVER = 0x8e;
const BAD_CREDENTIALS = [0x86, 0x87];
const TAKEN_OVER_RETRY_MS = 30_000;

/**
 * Events: `connected`, `lost` (with `reason` in words, and `retryMs`), `refused` (with `named`: whether a user name was
 * sent), `denied` (a subscription), `message`.
 */
export class BrokerConnection {
  #address;
  #filters;
  #onEvent;
  #client = null;
  #attempts = 0;
  #timer = 0;
  #credentials;
  #id = `page-${randomId(8)}`;

  constructor(address, filters, credentials, onEvent) {
    this.#address = address;
    this.#filters = filters;
    this.#credentials = credentials;
    this.#onEvent = onEvent;
  }

  /** @param credentials {username, password}, or null */
  connect(credentials = this.#credentials) {
    this.#credentials = credentials;
    clearTimeout(this.#timer);
    this.#close();
    const client = mqtt.connect(this.#address, {
      protocolVersion: 5,
      clientId: this.#id,
      clean: true,
      keepalive: KEEP_ALIVE_S,
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      timerVariant: "native",
      properties: { maximumPacketSize: MAX_PACKET_BYTES },
      ...(credentials ?? {}),
    });
    this.#client = client;
    let reason = "the broker does not answer";
    let retryMs = null;
    const ifCurrent = (act) => (...args) => client === this.#client && act(...args);
    client.on("connect", ifCurrent(() => this.#subscribe(client)));
    client.on("message", ifCurrent((topic, payload, packet) => this.#onEvent("message", messageOf(topic, payload, packet))));
    client.on("disconnect", ifCurrent((packet) => {
      if (packet.reasonCode === SESSION_TAKEN_OVER) {
        reason = "another client connected with the client id of this page";
        retryMs = TAKEN_OVER_RETRY_MS;
      }
    }));
    client.on("error", ifCurrent((error) => {
      if (BAD_CREDENTIALS.includes(error.code)) {
        this.#close();
        this.#onEvent("refused", { named: credentials !== null });
      }
    }));
    client.on("close", ifCurrent(() => this.#lost(reason, retryMs)));
  }

  /**
   * Publishes a command with a message expiry, so that it never acts late. Resolves when the broker has it.
   * @throws if there is no connection, or the broker does not allow it
   */
  publish(topic, text, qos, expiryS) {
    const client = this.#client;
    if (!client?.connected) return Promise.reject(new Error("there is no connection"));
    return new Promise((resolve, reject) => {
      const properties = { messageExpiryInterval: expiryS };
      client.publish(topic, text, { qos, retain: false, properties }, (error) => (error ? reject(error) : resolve()));
    });
  }

  #subscribe(client) {
    client.subscribe(this.#filters, { qos: 1, rap: false, rh: 0 }, (error, granted) => {
      if (client !== this.#client) return;
      if (error || granted.some((one) => one.qos >= 128)) {
        this.#onEvent("denied");
      }
      if (error && !client.connected) return;
      this.#attempts = 0;
      this.#onEvent("connected");
    });
  }

  #lost(reason, fixedRetryMs) {
    this.#close();
    const retryMs = fixedRetryMs ?? Math.round(Math.min(MAX_RETRY_MS, 500 * 2 ** this.#attempts) * (0.75 + Math.random() / 2));
    this.#attempts++;
    this.#timer = setTimeout(() => this.connect(), retryMs);
    this.#onEvent("lost", { reason, retryMs });
  }

  #close() {
    const client = this.#client;
    this.#client = null;
    client?.on("error", () => {}); // Errors of a closed connection have no effect.
    client?.end(true);
  }
}

function messageOf(topic, payload, packet) {
  const properties = packet.properties ?? {};
  const lifetime = properties.userProperties?.lifetime_s;
  return {
    topic,
    payload,
    retained: packet.retain,
    lifetimeS: typeof lifetime === "string" && /^[0-9]{1,10}$/.test(lifetime) ? Number(lifetime) : null,
    leftS: properties.messageExpiryInterval ?? null,
  };
}

/** Also works on a page that was loaded over plain HTTP, where `crypto.randomUUID` does not exist. */
export function randomId(length) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => "abcdefghijklmnopqrstuvwxyz234567"[byte % 32]).join("");
}
