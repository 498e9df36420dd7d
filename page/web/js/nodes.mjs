// The last known states of all nodes, and how old they are. The page finds the nodes by their topics; none is configured.

import { STATES, ANNOUNCEMENTS } from "./topics.mjs";
import { Malformed } from "./payload.mjs";

const NAME = /^[a-z0-9-]{1,32}$/;
const MAX_NODES = 64;
const DEFAULT_EXPIRY_MS = 30_000;

/** States that every device publishes with a message expiry. After it they are no longer current. */
const EXPIRING = new Set(["temperature", "approach"]);

/**
 * One state that a node published.
 * @typedef {object} State
 * @property value null if the payload was malformed
 * @property {number} receivedAt by the page's clock
 * @property {?number} publishedAt null if unknown
 * @property {?number} expiresAt null if the state is current until the next message
 */

export class Nodes {
  #clock;

  constructor(prefix, clock) {
    this.prefix = prefix;
    this.#clock = clock;
    this.byName = new Map();
    this.connected = false;
    this.lostAt = null;
    this.malformedMessages = 0;
  }

  /**
   * Takes a message. Returns the change: the node, the topic, the value and the state before; null if the topic is not of a
   * node or is unknown.
   */
  receive({ topic: path, payload, retained, lifetimeS, leftS }) {
    const [prefix, name, topic, ...more] = path.split("/");
    const isState = Object.hasOwn(STATES, topic);
    const read = isState ? STATES[topic] : Object.hasOwn(ANNOUNCEMENTS, topic) ? ANNOUNCEMENTS[topic] : null;
    if (prefix !== this.prefix || more.length > 0 || !NAME.test(name) || read === null) return null;
    if (!this.byName.has(name) && (payload.length === 0 || this.byName.size >= MAX_NODES)) return null;
    const node = this.byName.get(name) ?? this.#add(name);
    const before = node.states.get(topic);
    node.unconfirmed.delete(topic);
    if (payload.length === 0) {
      node.states.delete(topic); // A retained message was deleted.
      if (node.states.size === 0) this.byName.delete(name);
      return { node, topic, value: null, before, retained };
    }
    const now = this.#clock();
    try {
      const value = read(payload);
      if (!isState) return { node, topic, value, before, retained };
      node.understood.add(topic);
      node.states.set(topic, { value, receivedAt: now, ...ageOf(topic, now, retained, lifetimeS, leftS) });
      return { node, topic, value, before, retained };
    } catch (e) {
      if (!(e instanceof Malformed)) throw e;
      this.malformedMessages++;
      if (!isState) return null;
      node.states.set(topic, { value: null, receivedAt: now, publishedAt: null, expiresAt: now });
      return { node, topic, value: null, before, retained, malformed: e.message };
    }
  }

  /** The connection was made or lost. A state from before is not current until it is received again. */
  setConnected(connected) {
    if (this.connected && !connected) this.lostAt = this.#clock();
    this.connected = connected;
    if (connected) for (const node of this.byName.values()) node.unconfirmed = new Set(node.states.keys());
  }

  /** True if the status of the node, set by itself or by its last will, is online. */
  isOnline(node) {
    return this.connected && !node.unconfirmed.has("status") && node.states.get("status")?.value === "online";
  }

  /** The value of a state if it is current, else null. */
  current(node, topic) {
    const state = node.states.get(topic);
    return state && state.value !== null && this.#isCurrent(node, topic, state) ? state.value : null;
  }

  /**
   * The last known value of a state, whether it is old, and its age if that is known.
   * @returns {?{value: *, old: boolean, ageMs: ?number}}
   */
  last(node, topic) {
    const state = node.states.get(topic);
    if (!state || state.value === null) return null;
    const ageMs = state.publishedAt === null ? null : this.#clock() - state.publishedAt;
    return { value: state.value, old: !this.#isCurrent(node, topic, state), ageMs };
  }

  #isCurrent(node, topic, state) {
    if (!this.isOnline(node) || node.unconfirmed.has(topic)) return false;
    return state.expiresAt === null || this.#clock() < state.expiresAt;
  }

  #add(name) {
    const node = { name, states: new Map(), understood: new Set(), unconfirmed: new Set() };
    const all = [...this.byName.values(), node].sort((a, b) => a.name.localeCompare(b.name));
    this.byName = new Map(all.map((one) => [one.name, one]));
    return node;
  }
}

/** The broker counts the message expiry down, and the sender publishes the full expiry: the difference is the age. */
function ageOf(topic, now, retained, lifetimeS, leftS) {
  if (!EXPIRING.has(topic)) return { publishedAt: retained ? null : now, expiresAt: null };
  if (lifetimeS !== null && leftS !== null && leftS <= lifetimeS) {
    return { publishedAt: now - (lifetimeS - leftS) * 1000, expiresAt: now + leftS * 1000 };
  }
  if (retained) return { publishedAt: null, expiresAt: now }; // Of unknown age: not current.
  return { publishedAt: now, expiresAt: now + DEFAULT_EXPIRY_MS };
}
