'use strict';
/* Lanes: a name, and along the time axis marks, intervals, or bars as high as the share of the time. */

/** Lanes below each other. On a narrow page the names are above the lanes instead of in the margin. */
function laneChart(place, lanes) {
  const names = narrow() ? 15 : 0;
  const tops = [];
  let height = 0;
  for (const lane of lanes) {
    height += names;
    tops.push(height);
    height += lane.height + (lane.shares ? 10 : 4);
  }
  const options = common(place, height + 34);
  options.scales = { x: { time: true, auto: false, range: () => view }, y: { range: () => [0, 1] } };
  options.series = [{}, { show: false }];
  options.axes = [timeAxis(), { size: gutter(), grid: { show: false }, ticks: { show: false }, values: (u, splits) => splits.map(() => '') }];
  options.hooks.draw = [u => lanes.forEach((lane, i) => drawLane(u, lane, tops[i] * devicePixelRatio + u.bbox.top))];
  return new uPlot(options, [whole, [null, null]], byId(place));
}

function drawLane(u, lane, top) {
  const { ctx, bbox } = u, tall = lane.height * devicePixelRatio;
  ctx.save();
  nameLane(u, lane, top, tall);
  ctx.beginPath();
  ctx.rect(bbox.left, top, bbox.width, tall + px(1));
  ctx.clip();
  ctx.fillStyle = colours.grid;
  ctx.fillRect(bbox.left, top + tall, bbox.width, px(1));
  ctx.fillStyle = colours[lane.colour];
  if (lane.marks) drawMarks(u, lane, top, tall);
  else if (lane.shares) drawShares(u, lane, top, tall);
  else drawPeriods(u, lane.periods, top, tall);
  ctx.restore();
}

/** The name on the left and the amount on the right, as in a table. */
function nameLane({ ctx, bbox }, lane, top, tall) {
  ctx.font = font(devicePixelRatio);
  ctx.fillStyle = colours.soft;
  ctx.textAlign = 'left';
  if (narrow()) {
    ctx.textBaseline = 'alphabetic';
    ctx.fillText(lane.name + '  ' + lane.amount(), bbox.left, top - px(3));
    return;
  }
  const right = bbox.left - px(10);
  ctx.textBaseline = 'middle';
  ctx.fillText(fitting(ctx, lane.name, right - px(16) - ctx.measureText(lane.amount()).width), 0, top + tall / 2);
  ctx.textAlign = 'right';
  ctx.fillText(lane.amount(), right, top + tall / 2);
}

function fitting(ctx, text, width) {
  let shown = text;
  while (ctx.measureText(shown).width > width && shown.length > 2) shown = shown.slice(0, -2).trimEnd() + '…';
  return shown;
}

/** Wide enough to see, but narrow enough that neighbours do not merge. */
const markWidth = (u, times) => within(times, ...view) * px(6) > u.bbox.width ? px(1) : px(2);

function drawMarks(u, { marks, lasted }, top, tall) {
  const width = markWidth(u, marks);
  if (lasted) drawLengths(u, marks, lasted, top, tall);
  u.ctx.globalAlpha = .8;
  for (let i = upTo(marks, view[0] - 1); i < marks.length && marks[i] <= view[1]; i++) {
    u.ctx.fillRect(Math.round(u.valToPos(marks[i], 'x', true)), top, width, tall);
  }
}

/** Paler than the mark of the start, because durations may overlap. */
function drawLengths(u, marks, lasted, top, tall) {
  u.ctx.globalAlpha = .35;
  for (let i = 0; i < marks.length && marks[i] <= view[1]; i++) {
    if (marks[i] + lasted[i] < view[0]) continue;
    const left = u.valToPos(Math.max(marks[i], view[0]), 'x', true);
    u.ctx.fillRect(left, top, u.valToPos(Math.min(marks[i] + lasted[i], view[1]), 'x', true) - left, tall);
  }
}

function drawPeriods(u, periods, top, tall) {
  const least = markWidth(u, periods.from);
  for (let i = Math.max(0, upTo(periods.from, view[0]) - 1); i < periods.from.length && periods.from[i] <= view[1]; i++) {
    const left = u.valToPos(periods.from[i], 'x', true);
    u.ctx.fillRect(Math.round(left), top, Math.max(least, u.valToPos(periods.to[i], 'x', true) - left), tall);
  }
}

/** Zoomed out: one bar per bucket, as high as its share of the time. Zoomed in: the single periods. */
function drawShares(u, { shares }, top, tall) {
  const { width } = levelFor(view, u.bbox.width / devicePixelRatio), most = mostShare(width);
  if (runsShow()) {
    drawPeriods(u, shares, top, tall);
    return;
  }
  const gap = width * u.bbox.width / (view[1] - view[0]) > px(4) ? px(1) : 0;
  const first = data.begin + Math.floor((view[0] - data.begin) / width) * width;
  for (let from = first; from < view[1]; from += width) {
    const share = secondsOn(shares, from, from + width) / width;
    if (share > 0) {
      const left = Math.round(u.valToPos(from, 'x', true)), right = Math.round(u.valToPos(from + width, 'x', true));
      const high = Math.max(px(1), share / most * tall);
      u.ctx.fillRect(left, top + tall - high, Math.max(1, right - left - gap), high);
    }
  }
}

const runsShow = () => view[1] - view[0] <= 8 * DAY;

/** The highest share of a bucket, of heating or cooling: the scale of both lanes, so that they compare. */
const mostShares = new Map();
function mostShare(width) {
  if (!mostShares.has(width)) {
    let most = .01;
    for (let from = whole[0]; from < whole[1]; from += width) {
      most = Math.max(most, secondsOn(data.heating, from, from + width) / width, secondsOn(data.cooling, from, from + width) / width);
    }
    mostShares.set(width, most);
  }
  return mostShares.get(width);
}

const counted = list => () => grouped(within(list, ...view));
const lasted = periods => () => minutes(secondsOn(periods, ...view));

const lanes = {
  relays: [
    { name: 'heating', amount: lasted(data.heating), colour: 'heating', height: 50, shares: data.heating },
    { name: 'cooling', amount: lasted(data.cooling), colour: 'cooling', height: 50, shares: data.cooling },
    { name: 'coffee machine', amount: lasted(data.coffee), colour: 'coffee', height: 11, periods: data.coffee },
    { name: 'cups', amount: counted(data.brews), colour: 'coffee', height: 11, marks: data.brews },
    { name: 'trips home', amount: counted(data.trips), colour: 'trip', height: 11, marks: data.trips },
  ],
  mishaps: data.mishaps
    .map(({ kind, at, lasted }) => ({ name: kind, amount: counted(at), colour: 'mishap', height: 9, marks: at, lasted }))
    .sort((a, b) => b.marks.length - a.marks.length),
  faults: data.faults
    .map(({ kind, periods }) => ({ name: kind, amount: counted(periods.from), colour: 'fault', height: 9, periods })),
};
