// The last 24 hours of a room: temperatures, the set point, and the heating and cooling periods. The browser stores them, so
// the chart is not empty after a reload or on the next visit.

const WINDOW_S = 24 * 3600;
const SAVED_EVERY_S = 45;
const MAX_READINGS = 20_000;
const MAX_PERIODS = 500;

/** Between readings further apart than this the chart has a gap, unless a reading expires later. */
const GAP_S = 150;

export class RoomHistory {
  /** Per node: times and temperatures in order, and the time between two readings that is shown as a gap. */
  readings = new Map();
  /** {from, to, action}: `heating` or `cooling`; `to` moves while the period lasts. */
  periods = [];
  /** {at, value}: the set point from then on; null if unknown. */
  targets = [];

  addReading(node, at, celsius, expiryS = 0) {
    const line = this.readings.get(node) ?? { at: [], celsius: [], gapS: GAP_S };
    line.gapS = Math.max(line.gapS, expiryS);
    this.readings.set(node, line);
    let i = line.at.length;
    while (i > 0 && line.at[i - 1] > at) i--; // A reading from a time without the broker arrives late.
    if (i > 0 && line.at[i - 1] === at) return;
    line.at.splice(i, 0, at);
    line.celsius.splice(i, 0, celsius);
    while (line.at.length > MAX_READINGS || line.at[0] < line.at.at(-1) - WINDOW_S) {
      line.at.shift();
      line.celsius.shift();
    }
  }

  /** The action of the airco from now on; null if unknown. */
  setAction(action, at) {
    const last = this.periods.at(-1);
    const open = last && last.open ? last : null;
    if (open) open.to = Math.max(open.to, at);
    if (open?.action === action) return;
    if (open) open.open = false;
    if (action === "heating" || action === "cooling") this.periods.push({ from: at, to: at, action, open: true });
    while (this.periods.length > MAX_PERIODS || this.periods[0]?.to < at - WINDOW_S) this.periods.shift();
  }

  /** The set point from now on; null if unknown. */
  setTarget(value, at) {
    if (this.targets.at(-1)?.value === value) return;
    this.targets.push({ at, value });
    while (this.targets.length > MAX_PERIODS || this.targets[1]?.at < at - WINDOW_S) this.targets.shift();
  }

  targetAt(at) {
    let value = null;
    for (const target of this.targets) if (target.at <= at) value = target.value;
    return value;
  }

  /** The form that is stored: about one reading per minute, small enough for any browser. */
  toStored() {
    const lines = [...this.readings].map(([node, line]) => {
      const points = [];
      line.at.forEach((at, i) => {
        if (points.length === 0 || at - points.at(-1)[0] >= SAVED_EVERY_S) points.push([Math.round(at), line.celsius[i]]);
      });
      return [node, points];
    });
    return { lines, spans: this.periods.map(({ from, to, action }) => [from, to, action]), targets: this.targets };
  }

  /** Reads what an earlier page stored. Anything else is ignored. */
  static fromStored(stored, now) {
    const history = new RoomHistory();
    const isTime = (at) => Number.isFinite(at) && at <= now && at > now - WINDOW_S;
    try {
      for (const [node, points] of stored.lines) {
        for (const [at, celsius] of points) {
          if (isTime(at) && Number.isFinite(celsius)) history.addReading(String(node), at, celsius);
        }
      }
      for (const [from, to, action] of stored.spans) {
        if (isTime(to) && from <= to && (action === "heating" || action === "cooling")) history.periods.push({ from, to, action });
      }
      for (const { at, value } of stored.targets) {
        if (Number.isFinite(at) && at <= now && (value === null || Number.isFinite(value))) history.targets.push({ at, value });
      }
      if (history.targets.at(-1)?.value != null) history.targets.push({ at: now, value: null });
    } catch {
      return new RoomHistory(); // Not stored by this page.
    }
    return history;
  }
}
