// Devices that fall silent. A broker that stops tells every last will before it closes: then the page is blind, and of the
// devices nobody knows. So a will is told only once the connection has outlived it.

import { title } from "./words.mjs";

const OUTLIVED_MS = 1500;

/** A device comes back some seconds after its broker. Until then its will is in store, and is no news. */
const BACK_WITHIN_MS = 60_000;

export class Absences {
  #log;
  #clock;
  #due = new Map();
  #blind = false;

  constructor(log, clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** A device's last will was heard, or its own word that it leaves. */
  left(name) {
    const now = this.#clock();
    this.#due.set(name, { at: now, tellAt: now + OUTLIVED_MS, missed: false });
  }

  /** A device says that it is there. */
  came(name) {
    const due = this.#due.get(name);
    this.#due.delete(name);
    if (due && !due.missed) this.#log.add(`${title(name)} is offline`, "bad", due.at);
    this.#log.add(due?.missed ? `${title(name)} is heard again` : `${title(name)} is online`, "good");
  }

  /** The connection is lost: what was about to be told is not known any more. */
  lost() {
    this.#blind = true;
    for (const due of this.#due.values()) due.missed = true;
  }

  /** The connection is back; who is not back in time is told as gone. */
  back() {
    this.#blind = false;
    const now = this.#clock();
    for (const due of this.#due.values()) Object.assign(due, { at: now, tellAt: now + BACK_WITHIN_MS });
  }

  /** Tells what has become certain. */
  render() {
    if (this.#blind) return;
    for (const [name, due] of this.#due) {
      if (this.#clock() < due.tellAt) continue;
      this.#due.delete(name);
      this.#log.add(`${title(name)} is offline`, "bad", due.at);
    }
  }
}
