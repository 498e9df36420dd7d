// Logs which devices go offline. A broker that stops publishes the last will of every device before it closes the
// connections. The page is then offline too and knows nothing about the devices. So the page logs a last will only if its own
// connection outlives the will.

import { title } from "./words.mjs";

const OUTLIVED_MS = 1500;

/** A device reconnects some seconds after the broker starts. Until then its retained last will is no event. */
const RECONNECTED_WITHIN_MS = 60_000;

export class OfflineLog {
  #log;
  #clock;
  #pending = new Map();
  #connected = true;

  constructor(log, clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** The status of a device changed to offline: its last will, or its own message before it stops. */
  wentOffline(name) {
    const now = this.#clock();
    this.#pending.set(name, { at: now, logAt: now + OUTLIVED_MS, connectionLost: false });
  }

  /** The status of a device changed to online. */
  cameOnline(name) {
    const pending = this.#pending.get(name);
    this.#pending.delete(name);
    if (pending && !pending.connectionLost) this.#log.add(`${title(name)} is offline`, "bad", pending.at);
    this.#log.add(pending?.connectionLost ? `${title(name)} is back` : `${title(name)} is online`, "good");
  }

  /** The page lost its connection: the broker may have caused the pending wills. */
  connectionLost() {
    this.#connected = false;
    for (const pending of this.#pending.values()) pending.connectionLost = true;
  }

  /** The page is connected again. A device that does not reconnect in time is logged as offline. */
  connectionRestored() {
    this.#connected = true;
    const now = this.#clock();
    for (const pending of this.#pending.values()) Object.assign(pending, { at: now, logAt: now + RECONNECTED_WITHIN_MS });
  }

  /** Logs each will that is now certain. */
  render() {
    if (!this.#connected) return;
    for (const [name, pending] of this.#pending) {
      if (this.#clock() < pending.logAt) continue;
      this.#pending.delete(name);
      this.#log.add(`${title(name)} is offline`, "bad", pending.at);
    }
  }
}
