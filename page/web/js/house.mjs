// What is known of the house, and how old it is. Learned from the topics; nothing is assumed to be there.

import { STATES, ANNOUNCEMENTS } from "./topics.mjs";
import { Malformed } from "./payload.mjs";

const NAME = /^[a-z0-9-]{1,32}$/;
const MOST_NODES = 64;
const UNTOLD_LIFE_MS = 30_000;

/** States whose every message has a life: older than that, they are not what is so now. */
const MORTAL = new Set(["temperature", "approach"]);

/**
 * One thing that a node said.
 * @typedef {object} Said
 * @property value what, or null if it could not be understood
 * @property {number} heardAt by the page's clock
 * @property {?number} bornAt when it was first said; null if nobody knows
 * @property {?number} diesAt when it stops being so; null if it stays so until something else is said
 */

export class House {
  #clock;

  constructor(prefix, clock) {
    this.prefix = prefix;
    this.#clock = clock;
    this.nodes = new Map();
    this.connected = false;
    this.lostAt = null;
    this.misunderstood = 0;
  }

  /** Takes a message in. Returns what there was to learn: the node, the topic, the value and the one before. */
  hear({ topic, payload, retained, lifetimeS, leftS }) {
    const [prefix, name, what, ...more] = topic.split("/");
    const announced = ANNOUNCEMENTS[what];
    const read = Object.hasOwn(STATES, what) ? STATES[what] : Object.hasOwn(ANNOUNCEMENTS, what) ? announced : null;
    if (prefix !== this.prefix || more.length > 0 || !NAME.test(name) || read === null) return null;
    if (!this.nodes.has(name) && (payload.length === 0 || this.nodes.size >= MOST_NODES)) return null;
    const node = this.nodes.get(name) ?? this.#met(name);
    const before = node.said.get(what);
    node.awaited.delete(what);
    if (payload.length === 0) {
      node.said.delete(what); // As a broker forgets a retained message.
      if (node.said.size === 0) this.nodes.delete(name);
      return { node, what, value: null, before, retained };
    }
    const now = this.#clock();
    try {
      const value = read(payload);
      if (announced && !Object.hasOwn(STATES, what)) return { node, what, value, before, retained };
      node.spoken.add(what);
      node.said.set(what, { value, heardAt: now, ...lifeOf(what, now, retained, lifetimeS, leftS) });
      return { node, what, value, before, retained };
    } catch (e) {
      if (!(e instanceof Malformed)) throw e;
      this.misunderstood++;
      if (!Object.hasOwn(STATES, what)) return null;
      node.said.set(what, { value: null, heardAt: now, bornAt: null, diesAt: now });
      return { node, what, value: null, before, retained, malformed: e.message };
    }
  }

  /** The connection came or went. Nothing that was heard before is so now until it is heard again. */
  connection(connected) {
    if (this.connected && !connected) this.lostAt = this.#clock();
    this.connected = connected;
    if (connected) for (const node of this.nodes.values()) node.awaited = new Set(node.said.keys());
  }

  /** True if the node is there, by its own word or its last will. */
  online(node) {
    return this.connected && !node.awaited.has("status") && node.said.get("status")?.value === "online";
  }

  /** A node's word on something if it holds now, else null. */
  now(node, what) {
    const said = node.said.get(what);
    return said && said.value !== null && this.#holds(node, what, said) ? said.value : null;
  }

  /**
   * What a node said last, for showing: the value, whether it is old, and since when as far as is known.
   * @returns {?{value: *, old: boolean, ageMs: ?number, said: Said}}
   */
  last(node, what) {
    const said = node.said.get(what);
    if (!said || said.value === null) return null;
    const ageMs = said.bornAt === null ? null : this.#clock() - said.bornAt;
    return { value: said.value, old: !this.#holds(node, what, said), ageMs, said };
  }

  #holds(node, what, said) {
    if (!this.online(node) || node.awaited.has(what)) return false;
    return said.diesAt === null || this.#clock() < said.diesAt;
  }

  #met(name) {
    const node = { name, said: new Map(), spoken: new Set(), awaited: new Set() };
    const nodes = [...this.nodes.values(), node].sort((a, b) => a.name.localeCompare(b.name));
    this.nodes = new Map(nodes.map((one) => [one.name, one]));
    return node;
  }
}

/** The broker counts a message's life down, and the sender says how long it was: the difference is its age. */
function lifeOf(what, now, retained, lifetimeS, leftS) {
  if (!MORTAL.has(what)) return { bornAt: retained ? null : now, diesAt: null };
  if (lifetimeS !== null && leftS !== null && leftS <= lifetimeS) {
    return { bornAt: now - (lifetimeS - leftS) * 1000, diesAt: now + leftS * 1000 };
  }
  if (retained) return { bornAt: null, diesAt: now }; // Nobody knows how old it is: not fresh.
  return { bornAt: now, diesAt: now + UNTOLD_LIFE_MS };
}
