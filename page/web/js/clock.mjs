// Time as the page counts it. Ages are counted here and clocks are never compared with a sender's.

const SLEPT_MS = 2000;
const HICCUP_MS = 10_000;
const MOMENT_MS = 10_000;

/**
 * Milliseconds that never run backwards. A laptop that slept counts as time passed, though the monotonic clock of some
 * browsers stands still meanwhile: a value from before the sleep must not pass for fresh.
 */
export function steadyClock(monotonic = () => performance.now(), wall = () => Date.now()) {
  let lastMonotonic = monotonic();
  let lastWall = wall();
  let now = 0;
  return () => {
    const passed = monotonic() - lastMonotonic;
    const wallPassed = wall() - lastWall;
    lastMonotonic += passed;
    lastWall += wallPassed;
    now += wallPassed - passed > SLEPT_MS ? wallPassed : Math.max(0, passed);
    return now;
  };
}

/** "4 s", "3 min", "2 h", "5 days"; rounded down. */
export function duration(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  if (s < 48 * 3600) return `${Math.floor(s / 3600)} h`;
  return `${Math.floor(s / 86400)} days`;
}

/** "4 min 59 s": what is left of something, to the second while that matters. */
export function countdown(s) {
  if (s < 60) return `${s} s`;
  if (s < 600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return s < 7200 ? `${Math.round(s / 60)} min` : `${Math.round(s / 3600)} h`;
}

/**
 * The time of the house: this machine's, or the simulated one once a demo has said what it is. There a minute may pass in
 * a second, and durations that devices tell are the house's.
 */
export class HouseTime {
  #clock;
  #simulated = null;

  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * The demo says it is `epochMs` (its own, without a zone), and that it runs `speed` times as fast. What comes late on its
   * way tells too early a time, so of two the later holds: the house's time never runs backwards by a hiccup.
   */
  is(epochMs, speed) {
    const at = this.#clock();
    const before = this.#simulated;
    const behindMs = before?.speed === speed ? this.at(at) * 1000 - epochMs : Infinity;
    if (behindMs < 0 || behindMs > HICCUP_MS * speed) this.#simulated = { epochMs, speed, at };
    return before === null;
  }

  get simulated() {
    return this.#simulated !== null;
  }

  get speed() {
    return this.#simulated ? this.#simulated.speed : 1;
  }

  /** Seconds since 1970, the house's, at a moment of the page's clock. */
  at(moment) {
    const s = this.#simulated;
    return s ? (s.epochMs + (moment - s.at) * s.speed) / 1000 : (Date.now() + moment - this.#clock()) / 1000;
  }

  /** How long ago something was, as the house's clock has it: "a moment ago", "3 min ago". @param ms by the page's clock */
  ago(ms) {
    const passedMs = ms * this.speed;
    return passedMs < MOMENT_MS ? "a moment ago" : `${duration(passedMs)} ago`;
  }

  words(epochS, options) {
    const zone = this.simulated ? { timeZone: "UTC" } : {};
    return new Intl.DateTimeFormat("en-GB", { ...options, ...zone }).format(epochS * 1000);
  }

  hour(epochS) {
    return this.words(epochS, { hour: "2-digit", minute: "2-digit" });
  }
}
