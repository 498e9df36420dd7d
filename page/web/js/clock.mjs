// Time. The page measures ages itself and never compares its clock with the clock of a sender.

const SLEPT_MS = 2000;
const MAX_DELAY_MS = 10_000;
const MOMENT_MS = 10_000;

/**
 * Returns a clock in milliseconds that never runs backwards. The time that a laptop slept counts, although the monotonic
 * clock of some browsers stops meanwhile: a value from before the sleep must not be shown as current.
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

/** Remaining time, such as "4 min 59 s": below ten minutes to the second. */
export function countdown(s) {
  if (s < 60) return `${s} s`;
  if (s < 600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return s < 7200 ? `${Math.round(s / 60)} min` : `${Math.round(s / 3600)} h`;
}

/**
 * The time of day that the page shows: this machine's, or the simulated time once the demo has published it. Simulated time
 * can run faster, and the durations that devices publish are then simulated too.
 */
export class DisplayTime {
  #clock;
  #simulated = null;

  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * Sets the simulated time: `epochMs` (without a time zone), running `speed` times as fast as real time. A delayed message
   * contains a time that is too early, so the later of two times is used: a delay does not turn the time back.
   *
   * @returns {boolean} true for the first call
   */
  simulate(epochMs, speed) {
    const at = this.#clock();
    const before = this.#simulated;
    const aheadMs = before?.speed === speed ? this.at(at) * 1000 - epochMs : Infinity;
    if (aheadMs < 0 || aheadMs > MAX_DELAY_MS * speed) this.#simulated = { epochMs, speed, at };
    return before === null;
  }

  get simulated() {
    return this.#simulated !== null;
  }

  get speed() {
    return this.#simulated ? this.#simulated.speed : 1;
  }

  /** Seconds since 1970, real or simulated, at a moment of the page's clock. */
  at(moment) {
    const s = this.#simulated;
    return s ? (s.epochMs + (moment - s.at) * s.speed) / 1000 : (Date.now() + moment - this.#clock()) / 1000;
  }

  /** An age in real or simulated time: "a moment ago", "3 min ago". @param ms by the page's clock */
  ago(ms) {
    const passedMs = ms * this.speed;
    return passedMs < MOMENT_MS ? "a moment ago" : `${duration(passedMs)} ago`;
  }

  format(epochS, options) {
    const zone = this.simulated ? { timeZone: "UTC" } : {};
    return new Intl.DateTimeFormat("en-GB", { ...options, ...zone }).format(epochS * 1000);
  }

  hour(epochS) {
    return this.format(epochS, { hour: "2-digit", minute: "2-digit" });
  }
}
