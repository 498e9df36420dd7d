// Commands: each has an id, lives a minute at most, and is answered on <node>/result; what became of it is shown.

import { randomWord } from "./link.mjs";

const LIFE_S = 60;
const ANSWER_MS = 20_000;

/** A brew is answered when it is over, which a coffee machine's longest brew bounds. */
const SLOW_ANSWER_MS = 30 * 60_000;

export class Asking {
  #link;
  #open = new Map();

  constructor(link) {
    this.#link = link;
  }

  /**
   * Asks a node for something.
   *
   * @param told called with {state, because, slow}: `asked`, `taken` (by the broker), then one of `done`, `rejected`,
   *     `expired`, `superseded`, `unanswered`, or `failed` if it could not be sent
   */
  async ask({ prefix, node, command, value, qos = 1, slow = false, told }) {
    const id = `page-${randomWord(10)}`;
    const topic = node === null ? `${prefix}/${command}` : `${prefix}/${node}/${command}`;
    const timer = setTimeout(() => this.#close(id, "unanswered", ""), slow ? SLOW_ANSWER_MS : ANSWER_MS);
    this.#open.set(id, { node, command, told, timer, slow });
    told({ state: "asked", because: "", slow });
    try {
      await this.#link.ask(topic, JSON.stringify({ id, value }), qos, LIFE_S);
      if (this.#open.has(id)) told({ state: "taken", because: "", slow });
    } catch (e) {
      const denied = e.code === 0x87 || /not authorized/i.test(e.message);
      this.#close(id, "failed", denied ? "this account may look, but not ask for anything" : e.message);
    }
  }

  /** A node's answer; other people's answers are passed over. */
  answered(node, { id, outcome, because, command }) {
    const open = id === null ? undefined : this.#open.get(id);
    if (open && open.node === node && open.command === command) this.#close(id, outcome, because);
  }

  /** The connection is gone, and with it the answers that were on their way. */
  lost() {
    for (const id of [...this.#open.keys()]) this.#close(id, "unanswered", "the connection was lost meanwhile");
  }

  #close(id, state, because) {
    const open = this.#open.get(id);
    if (!open) return;
    clearTimeout(open.timer);
    this.#open.delete(id);
    open.told({ state, because, slow: open.slow });
  }
}
