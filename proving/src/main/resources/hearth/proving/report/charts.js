'use strict';
/* The common parts of all charts, and the temperature chart. */

const NARROW = 720;
const colours = {};

const narrow = () => byId('temperatures').clientWidth < NARROW;
const gutter = () => narrow() ? 34 : 214;
const font = ratio => 12 * ratio + 'px ' + getComputedStyle(document.body).getPropertyValue('--sans');

/** One pixel of the page in pixels of the canvas. */
const px = pixels => Math.max(1, Math.round(pixels * devicePixelRatio));

function lookUpColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['ink', 'soft', 'grid', 'rule', 'room', 'band', 'target', 'outside', 'heating', 'cooling', 'coffee', 'trip', 'mishap', 'fault']) {
    colours[name] = style.getPropertyValue('--' + name).trim();
  }
}

function tick(at, increment) {
  if (increment >= 28 * DAY) return MONTHS[date(at).getUTCMonth()].slice(0, narrow() ? 1 : 3);
  if (increment >= DAY) return date(at).getUTCDate() + ' ' + MONTHS[date(at).getUTCMonth()].slice(0, 3);
  return at % DAY === 0 ? date(at).getUTCDate() + ' ' + MONTHS[date(at).getUTCMonth()].slice(0, 3) : hour(at);
}

const timeAxis = () => ({
  stroke: () => colours.soft,
  font: font(1),
  grid: { stroke: () => colours.grid, width: 1 },
  ticks: { show: false },
  size: 28,
  gap: 7,
  space: () => narrow() ? 24 : 64,
  incrs: [HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY],
  splits: (u, axis, from, to, increment) => byMonths([from, to], increment) ? firstsOfMonths(from, to) : multiples(from, to, increment),
  values: (u, splits, axis, space, increment) => splits.map(at => tick(at, byMonths(view, increment) ? 28 * DAY : increment)),
});

const byMonths = ([from, to], increment) => increment >= 28 * DAY || to - from > 100 * DAY;

function firstsOfMonths(from, to) {
  const firsts = [];
  for (let month = date(from).getUTCMonth(); ; month++) {
    const first = Date.UTC(year(from), month) / 1000;
    if (first > to - 5 * DAY) return firsts; // A label at the edge would be cut off.
    if (first >= from) firsts.push(first);
  }
}

function multiples(from, to, increment) {
  const splits = [];
  const unit = Math.min(increment, DAY); // Weeks count from the start of the view: 1, 8, 15.
  for (let at = Math.ceil(from / unit) * unit; at < to - (to - from) / 50; at += increment) splits.push(at);
  return splits;
}

/** Common options. A drag is handled here and not by uPlot, because one drag moves every chart. */
const common = (place, height) => ({
  width: byId(place).clientWidth,
  height,
  legend: { show: false },
  tzDate: at => uPlot.tzDate(date(at), 'Etc/UTC'),
  padding: [8, 8, 0, 0],
  cursor: {
    y: false,
    points: { show: false },
    drag: { x: true, y: false, setScale: false, dist: 4 },
    sync: { key: 'year', setSeries: false, filters: { pub: type => type === 'mousemove' || type === 'mouseleave' } },
    bind: { dblclick: () => () => { show(whole); return null; } },
  },
  hooks: {
    setSelect: [u => {
      if (u.select.width > 0) {
        const from = u.posToVal(u.select.left, 'x'), to = u.posToVal(u.select.left + u.select.width, 'x');
        u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        show([from, to]);
      }
    }],
    setCursor: [u => {
      if (u.cursor.left >= 0) focus = u.posToVal(u.cursor.left, 'x');
    }],
  },
});

function temperatureChart() {
  const options = common('temperatures', narrow() ? 260 : 340);
  options.scales = {
    x: { time: true, auto: false, range: () => view },
    y: { range: (u, lowest, highest) => lowest === null ? [15, 25] : aimed(lowest, highest) },
  };
  options.series = [
    {},
    { stroke: 'transparent', points: { show: false } },
    { stroke: 'transparent', points: { show: false } },
    { stroke: () => colours.room, width: 1.5, points: { show: false } },
    { stroke: () => colours.outside, width: 1.25, points: { show: false } },
  ];
  options.bands = [{ series: [1, 2], fill: () => colours.band }];
  options.axes = [timeAxis(), {
    stroke: () => colours.soft, font: font(1), size: gutter(), gap: 8, ticks: { show: false },
    grid: { stroke: () => colours.grid, width: 1 }, values: (u, splits) => splits.map(value => value + '°'),
  }];
  options.hooks.draw = [drawTarget];
  options.hooks.setCursor.push(u => {
    if (u.cursor.left >= 0) readout(u.posToVal(u.cursor.left, 'x')); else tellView();
  });
  return new uPlot(options, levelFor(view, byId('temperatures').clientWidth - gutter()).series, byId('temperatures'));
}

/** A range of at least 6 K, so that small changes look small, and always with the set point. */
function aimed(lowest, highest) {
  const targets = data.target.slice(Math.max(0, upTo(data.targetAt, view[0]) - 1), upTo(data.targetAt, view[1])).filter(value => value !== null);
  const low = Math.min(lowest, ...targets), high = Math.max(highest, ...targets);
  const more = Math.max(0.5, (6 - (high - low)) / 2);
  return [Math.floor(low - more), Math.ceil(high + more)];
}

/** Draws the set point as steps at the exact second; none while the mode is off. */
function drawTarget(u) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  const x = at => u.valToPos(at, 'x', true), y = value => u.valToPos(value, 'y', true);
  let drawn = false;
  for (let i = Math.max(0, upTo(data.targetAt, view[0]) - 1); i < data.target.length && data.targetAt[i] < view[1]; i++) {
    const wanted = data.target[i] !== null;
    if (wanted && !drawn) ctx.moveTo(x(data.targetAt[i]), y(data.target[i]));
    drawn = wanted;
    if (!wanted) continue;
    ctx.lineTo(x(data.targetAt[i]), y(data.target[i]));
    ctx.lineTo(x(Math.min(i + 1 < data.target.length ? data.targetAt[i + 1] : whole[1], view[1])), y(data.target[i]));
  }
  ctx.strokeStyle = colours.target;
  ctx.lineWidth = px(1.5);
  ctx.setLineDash([px(5), px(3)]);
  ctx.stroke();
  ctx.restore();
}
