// A room's past as far as this page has heard of it: temperatures, the set point, and when it was heated and cooled. Kept
// in the browser, so that a reload, or tomorrow's visit, does not begin with an empty chart.

const WINDOW_S = 24 * 3600;
const KEPT_EVERY_S = 45;
const MOST_SAMPLES = 20_000;
const MOST_SPANS = 500;

/** Two samples further apart than that have a hole between them, unless each lives longer. */
const HOLE_S = 150;

export class Curve {
  /** Per node: times and degrees, in order, and how far apart two may be and still be joined. */
  samples = new Map();
  /** {from, to, what}: `heating` or `cooling`; `to` moves on while it lasts. */
  spans = [];
  /** {at, value}: the set point from then on; null if nobody knows. */
  targets = [];

  sample(node, at, celsius, livesS = 0) {
    const line = this.samples.get(node) ?? { at: [], celsius: [], holeS: HOLE_S };
    line.holeS = Math.max(line.holeS, livesS);
    this.samples.set(node, line);
    let i = line.at.length;
    while (i > 0 && line.at[i - 1] > at) i--; // What was taken while the broker was away comes late.
    if (i > 0 && line.at[i - 1] === at) return;
    line.at.splice(i, 0, at);
    line.celsius.splice(i, 0, celsius);
    while (line.at.length > MOST_SAMPLES || line.at[0] < line.at.at(-1) - WINDOW_S) {
      line.at.shift();
      line.celsius.shift();
    }
  }

  /** What the airco does from now on; null if nobody knows. */
  doing(what, at) {
    const last = this.spans.at(-1);
    const open = last && last.open ? last : null;
    if (open) open.to = Math.max(open.to, at);
    if (open?.what === what) return;
    if (open) open.open = false;
    if (what === "heating" || what === "cooling") this.spans.push({ from: at, to: at, what, open: true });
    while (this.spans.length > MOST_SPANS || this.spans[0]?.to < at - WINDOW_S) this.spans.shift();
  }

  target(value, at) {
    if (this.targets.at(-1)?.value === value) return;
    this.targets.push({ at, value });
    while (this.targets.length > MOST_SPANS || this.targets[1]?.at < at - WINDOW_S) this.targets.shift();
  }

  setPointAt(at) {
    let value = null;
    for (const one of this.targets) if (one.at <= at) value = one.value;
    return value;
  }

  /** A sample a minute, small enough for any browser to keep. */
  kept() {
    const lines = [...this.samples].map(([node, line]) => {
      const points = [];
      line.at.forEach((at, i) => {
        if (points.length === 0 || at - points.at(-1)[0] >= KEPT_EVERY_S) points.push([Math.round(at), line.celsius[i]]);
      });
      return [node, points];
    });
    return { lines, spans: this.spans.map(({ from, to, what }) => [from, to, what]), targets: this.targets };
  }

  /** What an earlier page kept; anything that is not that is passed over. */
  static from(kept, now) {
    const curve = new Curve();
    const isTime = (at) => Number.isFinite(at) && at <= now && at > now - WINDOW_S;
    try {
      for (const [node, points] of kept.lines) {
        for (const [at, celsius] of points) {
          if (isTime(at) && Number.isFinite(celsius)) curve.sample(String(node), at, celsius);
        }
      }
      for (const [from, to, what] of kept.spans) {
        if (isTime(to) && from <= to && (what === "heating" || what === "cooling")) curve.spans.push({ from, to, what });
      }
      for (const { at, value } of kept.targets) {
        if (Number.isFinite(at) && at <= now && (value === null || Number.isFinite(value))) curve.targets.push({ at, value });
      }
      const last = curve.targets.at(-1);
      if (last?.value != null) curve.targets.push({ at: now, value: null });
    } catch {
      return new Curve(); // Not ours.
    }
    return curve;
  }
}
