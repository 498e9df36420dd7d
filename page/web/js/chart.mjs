// The room's temperature over time: a line for each thermometer, the set point stepped, heating and cooling as bands.

/* global uPlot */

import { degrees } from "./words.mjs";

const LEAST_SPAN_K = 3;
const LEAST_WINDOW_S = 40 * 60;
const MOST_POINTS = 3000;

/** What uPlot makes of nulls when it joins lines: a hole in one lasts until its own next point, not another's. */
const RETAINED = 1;
const EXPANDED = 2;

export class Chart {
  #where;
  #curve;
  #time;
  #plot = null;
  #thermometers;
  #nodes = [];
  #hours = 3;
  #readout;
  #from = 0;
  #now = 0;

  /**
   * @param thermometers the nodes, the one that counts first
   * @param readout called with what is under the pointer, in words; with "" when there is none
   */
  constructor(where, curve, time, thermometers, readout) {
    this.#where = where;
    this.#curve = curve;
    this.#time = time;
    this.#thermometers = thermometers;
    this.#readout = readout;
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(where);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#anew());
  }

  /** Shows another curve from now on. */
  of(curve) {
    this.#curve = curve;
  }

  show(hours) {
    this.#hours = hours;
  }

  /** Draws what is known up to `now`, in seconds of the house. */
  draw(now) {
    this.#from = Math.max(now - this.#hours * 3600, Math.min(this.#begin(now), now - LEAST_WINDOW_S));
    this.#now = now;
    const nodes = this.#thermometers.filter((node) => this.#curve.samples.has(node));
    if (this.#plot === null || nodes.join() !== this.#nodes.join()) {
      this.#nodes = nodes;
      this.#anew();
    }
    this.#plot?.batch(() => {
      this.#plot.setData(this.#data(this.#from, this.#now), false);
      this.#plot.setScale("x", { min: this.#from, max: this.#now });
    });
  }

  /** An empty chart that fills from the right tells nothing: it grows to its width. */
  #begin(now) {
    return Math.min(now, ...[...this.#curve.samples.values()].map((line) => line.at[0] ?? now));
  }

  #data(from, now) {
    const lines = this.#nodes.map((node) => withHoles(this.#curve.samples.get(node), from));
    const tables = [...lines, steps(this.#curve, from, now)].map((line) => (line[0].length ? line : [[now], [null]]));
    return uPlot.join(tables, tables.map(() => [RETAINED, EXPANDED]));
  }

  #anew() {
    if (this.#where.clientWidth === 0) return;
    this.#plot?.destroy();
    const ink = palette(this.#where);
    const axis = { stroke: ink.muted, font: `12px ${ink.font}`, ticks: { show: false }, gap: 8 };
    this.#plot = new uPlot(
      {
        ...this.#size(),
        padding: [12, 22, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { size: 8 }, drag: { x: false, y: false } },
        tzDate: (s) => (this.#time.simulated ? uPlot.tzDate(new Date(s * 1000), "Etc/UTC") : new Date(s * 1000)),
        scales: { x: { time: true, auto: false }, y: { range: (u, least, most) => roomy(least, most) } },
        series: [
          {},
          ...this.#nodes.map((node, i) => ({
            stroke: i === 0 ? ink.line : ink.muted,
            width: i === 0 ? 2 : 1,
            points: { show: false },
          })),
          { stroke: ink.target, width: 1.5, dash: [2, 5], cap: "round", points: { show: false } },
        ],
        axes: [
          { ...axis, grid: { show: false }, size: 30, space: 70, values: (u, ticks) => ticks.map((at) => this.#time.hour(at)) },
          { ...axis, grid: { stroke: ink.grid, width: 1 }, size: 44, values: (u, ticks) => ticks.map((c) => `${c}°`) },
        ],
        hooks: {
          drawClear: [(u) => this.#drawBands(u, ink)],
          setCursor: [(u) => this.#readout(this.#under(u.cursor.idx))],
        },
      },
      this.#data(this.#from, this.#now),
      this.#where,
    );
  }

  #drawBands(u, ink) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const span of this.#curve.spans) {
      const left = u.valToPos(span.from, "x", true);
      const width = Math.max(2, u.valToPos(span.to, "x", true) - left);
      ctx.fillStyle = span.what === "heating" ? ink.heatingBand : ink.coolingBand;
      ctx.fillRect(left, bbox.top, width, bbox.height);
      ctx.fillStyle = span.what === "heating" ? ink.heating : ink.cooling;
      const thick = 3 * devicePixelRatio;
      ctx.fillRect(left, span.what === "heating" ? bbox.top + bbox.height - thick : bbox.top, width, thick);
    }
    ctx.restore();
  }

  #under(index) {
    if (index == null) return "";
    const [times, ...values] = this.#plot.data;
    const said = this.#nodes
      .map((node, i) => (values[i][index] == null ? null : `${node} ${degrees(values[i][index])}`))
      .filter(Boolean);
    const target = values.at(-1)[index] ?? this.#curve.setPointAt(times[index]);
    if (target != null) said.push(`set point ${degrees(target)}`);
    return said.length ? `${this.#time.hour(times[index])}: ${said.join(", ")}` : "";
  }

  #size() {
    const width = this.#where.clientWidth;
    return { width, height: width < 520 ? 230 : 380 };
  }
}

/** A line is not drawn across what nobody heard. */
function withHoles(line, from) {
  const at = [];
  const celsius = [];
  const first = Math.max(0, line.at.findIndex((t) => t >= from) - 1);
  const stride = Math.max(1, Math.ceil((line.at.length - first) / MOST_POINTS));
  for (let i = first; i < line.at.length; i++) {
    if (i > first && line.at[i] - line.at[i - 1] > line.holeS) {
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

/** The set point, as stairs. */
function steps(curve, from, now) {
  const at = [from];
  const value = [curve.setPointAt(from)];
  for (const one of curve.targets) {
    if (one.at <= from || one.at > now) continue;
    at.push(one.at - 0.001, one.at);
    value.push(value.at(-1), one.value);
  }
  at.push(now);
  value.push(value.at(-1));
  return [at, value];
}

/** So much room around the line that a tenth of a degree does not look like a storm. */
function roomy(least, most) {
  if (least == null || most == null) return [17, 23];
  const middle = (least + most) / 2;
  const half = Math.max(LEAST_SPAN_K, most - least + 1) / 2;
  return [Math.floor((middle - half) * 2) / 2, Math.ceil((middle + half) * 2) / 2];
}

function palette(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    line: colour("ink"),
    muted: colour("muted"),
    grid: colour("rule"),
    target: colour("target"),
    heating: colour("heating"),
    cooling: colour("cooling"),
    heatingBand: colour("heating-band"),
    coolingBand: colour("cooling-band"),
    font: style.fontFamily,
  };
}
