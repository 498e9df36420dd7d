// The chart of a room: one temperature line per thermometer, the set point as steps, heating and cooling periods as bands.

/* global uPlot */

import { degrees } from "./words.mjs";

const MIN_SPAN_K = 3;
const MIN_WINDOW_S = 40 * 60;
const MAX_POINTS = 3000;

/** How uPlot treats nulls when it joins lines: a gap of a line ends at the next point of this line, not of another. */
const RETAINED = 1;
const EXPANDED = 2;

export class Chart {
  #container;
  #history;
  #time;
  #plot = null;
  #thermometers;
  #nodes = [];
  #hours = 3;
  #onReadout;
  #from = 0;
  #now = 0;

  /**
   * @param thermometers the names of the nodes, in order of preference
   * @param onReadout called with the values under the pointer in words, or with "" if there are none
   */
  constructor(container, history, time, thermometers, onReadout) {
    this.#container = container;
    this.#history = history;
    this.#time = time;
    this.#thermometers = thermometers;
    this.#onReadout = onReadout;
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(container);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#rebuild());
  }

  setHistory(history) {
    this.#history = history;
  }

  /** Sets the longest period that is shown. */
  setHours(hours) {
    this.#hours = hours;
  }

  /** Draws the history until `now`, in seconds since 1970 of the displayed time. */
  draw(now) {
    this.#from = Math.max(now - this.#hours * 3600, Math.min(this.#start(now), now - MIN_WINDOW_S));
    this.#now = now;
    const nodes = this.#thermometers.filter((node) => this.#history.readings.has(node));
    if (this.#plot === null || nodes.join() !== this.#nodes.join()) {
      this.#nodes = nodes;
      this.#rebuild();
    }
    this.#plot?.batch(() => {
      this.#plot.setData(this.#data(this.#from, this.#now), false);
      this.#plot.setScale("x", { min: this.#from, max: this.#now });
    });
  }

  /** The chart starts at the first reading, so it is never mostly empty. */
  #start(now) {
    return Math.min(now, ...[...this.#history.readings.values()].map((line) => line.at[0] ?? now));
  }

  #data(from, now) {
    const lines = this.#nodes.map((node) => withGaps(this.#history.readings.get(node), from));
    const tables = [...lines, targetSteps(this.#history, from, now)].map((line) => (line[0].length ? line : [[now], [null]]));
    return uPlot.join(tables, tables.map(() => [RETAINED, EXPANDED]));
  }

  #rebuild() {
    if (this.#container.clientWidth === 0) return;
    this.#plot?.destroy();
    const colours = palette(this.#container);
    const axis = { stroke: colours.muted, font: `12px ${colours.font}`, ticks: { show: false }, gap: 8 };
    this.#plot = new uPlot(
      {
        ...this.#size(),
        padding: [12, 22, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { size: 8 }, drag: { x: false, y: false } },
        tzDate: (s) => (this.#time.simulated ? uPlot.tzDate(new Date(s * 1000), "Etc/UTC") : new Date(s * 1000)),
        scales: { x: { time: true, auto: false }, y: { range: (u, min, max) => temperatureRange(min, max) } },
        series: [
          {},
          ...this.#nodes.map((node, i) => ({
            stroke: i === 0 ? colours.line : colours.muted,
            width: i === 0 ? 2 : 1,
            points: { show: false },
          })),
          { stroke: colours.target, width: 1.5, dash: [2, 5], cap: "round", points: { show: false } },
        ],
        axes: [
          { ...axis, grid: { show: false }, size: 30, space: 70, values: (u, ticks) => ticks.map((at) => this.#time.hour(at)) },
          { ...axis, grid: { stroke: colours.grid, width: 1 }, size: 44, values: (u, ticks) => ticks.map((c) => `${c}°`) },
        ],
        hooks: {
          drawClear: [(u) => this.#drawBands(u, colours)],
          setCursor: [(u) => this.#onReadout(this.#readout(u.cursor.idx))],
        },
      },
      this.#data(this.#from, this.#now),
      this.#container,
    );
  }

  #drawBands(u, colours) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const period of this.#history.periods) {
      const left = u.valToPos(period.from, "x", true);
      const width = Math.max(2, u.valToPos(period.to, "x", true) - left);
      ctx.fillStyle = period.action === "heating" ? colours.heatingBand : colours.coolingBand;
      ctx.fillRect(left, bbox.top, width, bbox.height);
      ctx.fillStyle = period.action === "heating" ? colours.heating : colours.cooling;
      const edge = 3 * devicePixelRatio;
      ctx.fillRect(left, period.action === "heating" ? bbox.top + bbox.height - edge : bbox.top, width, edge);
    }
    ctx.restore();
  }

  #readout(index) {
    if (index == null) return "";
    const [times, ...values] = this.#plot.data;
    const parts = this.#nodes
      .map((node, i) => (values[i][index] == null ? null : `${node} ${degrees(values[i][index])}`))
      .filter(Boolean);
    const target = values.at(-1)[index] ?? this.#history.targetAt(times[index]);
    if (target != null) parts.push(`set point ${degrees(target)}`);
    return parts.length ? `${this.#time.hour(times[index])}: ${parts.join(", ")}` : "";
  }

  #size() {
    const width = this.#container.clientWidth;
    return { width, height: width < 520 ? 230 : 380 };
  }
}

/** The points of a line, with a gap where readings are missing. */
function withGaps(line, from) {
  const at = [];
  const celsius = [];
  const first = Math.max(0, line.at.findIndex((t) => t >= from) - 1);
  const stride = Math.max(1, Math.ceil((line.at.length - first) / MAX_POINTS));
  for (let i = first; i < line.at.length; i++) {
    if (i > first && line.at[i] - line.at[i - 1] > line.gapS) {
      at.push(line.at[i - 1] + 1);
      celsius.push(null);
    }
    if ((line.at.length - 1 - i) % stride === 0) {
      at.push(line.at[i]);
      celsius.push(line.celsius[i]);
    }
  }
  return [at, celsius];
}

/** The points of the set point, as steps. */
function targetSteps(history, from, now) {
  const at = [from];
  const value = [history.targetAt(from)];
  for (const target of history.targets) {
    if (target.at <= from || target.at > now) continue;
    at.push(target.at - 0.001, target.at);
    value.push(value.at(-1), target.value);
  }
  at.push(now);
  value.push(value.at(-1));
  return [at, value];
}

/** The vertical range, wide enough that a change of 0.1 °C looks small. */
function temperatureRange(min, max) {
  if (min == null || max == null) return [17, 23];
  const middle = (min + max) / 2;
  const half = Math.max(MIN_SPAN_K, max - min + 1) / 2;
  return [Math.floor((middle - half) * 2) / 2, Math.ceil((middle + half) * 2) / 2];
}

function palette(element) {
  const style = getComputedStyle(element);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    line: value("ink"),
    muted: value("muted"),
    grid: value("rule"),
    target: value("target"),
    heating: value("heating"),
    cooling: value("cooling"),
    heatingBand: value("heating-band"),
    coolingBand: value("cooling-band"),
    font: style.fontFamily,
  };
}
