// Sends commands. Each command has an id, expires after at most one minute, and is answered on <node>/result.

import { randomId } from "./connection.mjs";

const EXPIRY_S = 60;
const RESULT_WITHIN_MS = 20_000;

/** The result of a brew is published when the brew is over. The longest brew of a coffee machine limits that. */
const SLOW_RESULT_WITHIN_MS = 30 * 60_000;

export class Commands {
  #connection;
  #open = new Map();

  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * Sends a command to a node, or, with the node null, to the simulator.
   *
   * @param onState called with {state, because, slow}. The states are `sending`, `sent` (the broker has it), and then
   *     `done`, `rejected`, `expired`, `superseded`, `unanswered`, or `failed` if it could not be sent
   */
  async send({ prefix, node, command, value, qos = 1, slow = false, onState }) {
    const id = `page-${randomId(10)}`;
    const topic = node === null ? `${prefix}/${command}` : `${prefix}/${node}/${command}`;
    const timer = setTimeout(() => this.#close(id, "unanswered", ""), slow ? SLOW_RESULT_WITHIN_MS : RESULT_WITHIN_MS);
    this.#open.set(id, { node, command, onState, timer, slow });
    onState({ state: "sending", because: "", slow });
    try {
      await this.#connection.publish(topic, JSON.stringify({ id, value }), qos, EXPIRY_S);
      if (this.#open.has(id)) onState({ state: "sent", because: "", slow });
    } catch (e) {
      const denied = e.code === 0x87 || /not authorized/i.test(e.message);
      this.#close(id, "failed", denied ? "this account can read, but not send commands" : e.message);
    }
  }

  /** Takes a result. Results of other clients' commands are ignored. */
  resultReceived(node, { id, outcome, because, command }) {
    const open = id === null ? undefined : this.#open.get(id);
    if (open && open.node === node && open.command === command) this.#close(id, outcome, because);
  }

  /** The connection is lost, and with it the results that were on their way. */
  connectionLost() {
    for (const id of [...this.#open.keys()]) this.#close(id, "unanswered", "the connection was lost");
  }

  #close(id, state, because) {
    const open = this.#open.get(id);
    if (!open) return;
    clearTimeout(open.timer);
    this.#open.delete(id);
    open.onState({ state, because, slow: open.slow });
  }
}
