'use strict';
/* The data of the charts: seconds since 1970 in UTC, degrees, and cumulative sums for fast look-ups. */

const MINUTE = 60, HOUR = 3600, DAY = 86400;

const byId = id => document.getElementById(id);
const data = read(JSON.parse(byId('data').textContent));
const whole = [data.begin, data.begin + data.length];

function read(raw) {
  const sums = (list, scale) => {
    let at = 0;
    return list.map(difference => difference === null ? null : (at += difference) / scale);
  };
  const times = list => sums(list, 1).map(at => at + raw.begin);
  const celsius = list => sums(list, 100);
  return {
    begin: raw.begin, length: raw.length, bucket: raw.bucket,
    lowest: celsius(raw.lowest), mean: celsius(raw.mean), highest: celsius(raw.highest), outside: celsius(raw.outside),
    targetAt: times(raw.targetAt), target: celsius(raw.target),
    heating: periods(times(raw.heating)), cooling: periods(times(raw.cooling)), coffee: periods(times(raw.coffee)),
    brews: times(raw.brews), trips: times(raw.trips),
    mishaps: raw.mishaps.map(one => ({ kind: one.kind, at: times(one.at), lasted: sums(one.lasted, 1) })),
    faults: raw.faults.map(one => ({ kind: one.kind, periods: periods(times(one.at)) })),
  };
}

/** Begins, ends, and the total duration before each begin. */
function periods(edges) {
  const from = [], to = [], before = [];
  let total = 0;
  for (let i = 0; i < edges.length; i += 2) {
    from.push(edges[i]);
    to.push(edges[i + 1]);
    before.push(total);
    total += edges[i + 1] - edges[i];
  }
  return { from, to, before };
}

/** The number of elements of an ordered list at or before a time. */
function upTo(list, moment) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= moment) low = middle + 1; else high = middle;
  }
  return low;
}

const within = (list, from, to) => upTo(list, to - 1e-6) - upTo(list, from - 1e-6);

function secondsOn(some, from, to) {
  const until = moment => {
    const i = upTo(some.from, moment) - 1;
    return i < 0 ? 0 : some.before[i] + Math.min(moment, some.to[i]) - some.from[i];
  };
  return until(to) - until(from);
}

/* Coarser buckets for longer views: days for a year, ten minutes for a day. */
const levels = [1, 3, 12, 36, 144].map(factor => {
  const x = [], lowest = [], mean = [], highest = [], outside = [];
  for (let i = 0; i < data.mean.length; i += factor) {
    const some = list => list.slice(i, i + factor).filter(value => value !== null);
    const average = list => list.length ? list.reduce((a, b) => a + b) / list.length : null;
    x.push(data.begin + (i + factor / 2) * data.bucket);
    lowest.push(some(data.lowest).length ? Math.min(...some(data.lowest)) : null);
    highest.push(some(data.highest).length ? Math.max(...some(data.highest)) : null);
    mean.push(average(some(data.mean)));
    outside.push(average(some(data.outside)));
  }
  return { width: factor * data.bucket, series: [x, highest, lowest, mean, outside] };
});

/** The finest level with at least 1.5 pixels per bucket. */
function levelFor([from, to], width) {
  return levels.find(one => (to - from) / one.width <= width / 1.5) || levels[levels.length - 1];
}

/** The set point at a time; null before the first one and while the mode is off. */
function targetAt(moment) {
  const i = upTo(data.targetAt, moment) - 1;
  return i < 0 ? null : data.target[i];
}
