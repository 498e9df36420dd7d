'use strict';
/* Draws the year. One view, a stretch of time, that all charts share: whatever changes it goes through show(). */
(() => {
  const MINUTE = 60, HOUR = 3600, DAY = 86400;
  const SHORTEST = 2 * HOUR;
  const NARROW = 720;
  const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
    'November', 'December'];
  const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

  const byId = id => document.getElementById(id);
  const data = read(JSON.parse(byId('data').textContent));
  const whole = [data.begin, data.begin + data.length];
  let view = whole;
  let focus = NaN; // Where somebody last pointed, so that Month, Week and Day show what they looked at.
  let colours = {};

  /* ---- What there is: seconds since 1970 as if the house were in Greenwich, degrees, and sums to look up quickly. */

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
      heating: spells(times(raw.heating)), cooling: spells(times(raw.cooling)), coffee: spells(times(raw.coffee)),
      brews: times(raw.brews), trips: times(raw.trips),
      mishaps: raw.mishaps.map(one => ({ kind: one.kind, at: times(one.at) })),
      faults: raw.faults.map(one => ({ kind: one.kind, spells: spells(times(one.at)) })),
    };
  }

  /** Begins, ends, and how long it was so altogether before each begin. */
  function spells(edges) {
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

  /** How many of an ordered list are at or before a moment. */
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

  /* ---- Coarser buckets for longer views: a year is told by its days, a week by its half hours. */

  const levels = [1, 4, 12, 48].map(factor => {
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

  function level(width) {
    const most = width / 2.5;
    return levels.find(one => (view[1] - view[0]) / one.width <= most) || levels[levels.length - 1];
  }

  /* ---- Words */

  const two = number => String(number).padStart(2, '0');
  const date = at => new Date(at * 1000);
  const hour = at => two(date(at).getUTCHours()) + ':' + two(date(at).getUTCMinutes());
  const dayOf = at => date(at).getUTCDate() + ' ' + MONTHS[date(at).getUTCMonth()];
  const year = at => date(at).getUTCFullYear();
  const weekday = at => WEEKDAYS[date(at).getUTCDay()];
  const degrees = value => value === null || value === undefined ? '–' : value.toFixed(1) + ' °C';
  const minutes = seconds => seconds >= 2 * HOUR ? (seconds / HOUR).toFixed(1) + ' h' : Math.round(seconds / MINUTE) + ' min';

  function rangeInWords([from, to]) {
    const last = to - 1;
    if (to - from === DAY && from % DAY === 0) return weekday(from) + ', ' + dayOf(from) + ' ' + year(from);
    if (to - from < 2 * DAY) return dayOf(from) + ' ' + hour(from) + ' to ' + (dayOf(to) === dayOf(from) ? '' : dayOf(to) + ' ') + hour(to);
    const first = date(from);
    if (from === Date.UTC(year(from), first.getUTCMonth()) / 1000 && to === Date.UTC(year(from), first.getUTCMonth() + 1) / 1000) {
      return MONTHS[first.getUTCMonth()] + ' ' + year(from);
    }
    return dayOf(from) + (year(from) === year(last) ? '' : ' ' + year(from)) + ' to ' + dayOf(last) + ' ' + year(last);
  }

  function targetAt(moment) {
    const i = upTo(data.targetAt, moment) - 1;
    return i < 0 ? null : data.target[i];
  }

  function readout(moment) {
    const one = level(temperatures.bbox.width / devicePixelRatio);
    const i = Math.floor((moment - data.begin) / one.width);
    const from = data.begin + i * one.width, to = Math.min(from + one.width, whole[1]);
    const [, highest, lowest, mean, outside] = one.series;
    const parts = [one.width >= DAY ? weekday(from).slice(0, 3) + ' ' + dayOf(from)
      : weekday(from).slice(0, 3) + ' ' + dayOf(from) + ', ' + hour(from) + '–' + hour(to)];
    parts.push('room <b>' + degrees(mean[i]) + '</b> (' + degrees(lowest[i]).replace(' °C', '') + '–' + degrees(highest[i]).replace(' °C', '') + ')');
    parts.push('set point <b>' + degrees(targetAt(Math.min(moment, to))) + '</b>', 'outside <b>' + degrees(outside[i]) + '</b>');
    for (const relay of ['heating', 'cooling']) {
      const on = secondsOn(data[relay], from, to);
      if (on > 0) parts.push(relay + ' <b>' + minutes(on) + '</b>');
    }
    const cups = within(data.brews, from, to), trips = within(data.trips, from, to);
    if (cups) parts.push('<b>' + cups + '</b> ' + (cups === 1 ? 'cup' : 'cups'));
    if (trips) parts.push('<b>' + trips + '</b> ' + (trips === 1 ? 'trip home' : 'trips home'));
    const done = data.mishaps.map(kind => [kind.kind, within(kind.at, from, to)]).filter(([, times]) => times > 0)
      .sort((a, b) => b[1] - a[1]).map(([kind, times]) => escaped(kind) + (times > 1 ? ' ×' + times : ''));
    if (done.length) parts.push('done: ' + done.slice(0, 4).join(', ') + (done.length > 4 ? ' and ' + (done.length - 4) + ' more' : ''));
    byId('readout').innerHTML = parts.join(' · ');
  }

  const escaped = text => text.replace(/[&<>]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);

  /* ---- The charts */

  const narrow = () => byId('temperatures').clientWidth < NARROW;
  const gutter = () => narrow() ? 34 : 148;
  const font = () => '12px ' + getComputedStyle(document.body).getPropertyValue('--sans');

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

  const timeAxis = labelled => ({
    stroke: () => colours.soft,
    font: font(),
    grid: { stroke: () => colours.grid, width: 1 },
    ticks: { show: false },
    size: labelled ? 26 : 6,
    gap: 4,
    space: () => narrow() ? 24 : 64,
    incrs: [HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY],
    splits: (u, axis, from, to, increment) => increment >= 28 * DAY || to - from > 100 * DAY ? firstsOfMonths(from, to) : multiples(from, to, increment),
    values: (u, splits, axis, space, increment) => splits.map(at =>
      labelled ? tick(at, view[1] - view[0] > 100 * DAY ? 28 * DAY : increment) : ''),
  });

  function firstsOfMonths(from, to) {
    const firsts = [];
    for (let month = date(from).getUTCMonth(); ; month++) {
      const first = Date.UTC(year(from), month) / 1000;
      if (first > to) return firsts;
      if (first >= from) firsts.push(first);
    }
  }

  function multiples(from, to, increment) {
    const splits = [];
    for (let at = Math.ceil(from / increment) * increment; at <= to; at += increment) splits.push(at);
    return splits;
  }

  /** What all charts share. A drag is taken here and not by uPlot, because one drag moves every chart. */
  const common = (place, height) => ({
    width: byId(place).clientWidth,
    height,
    legend: { show: false },
    tzDate: at => uPlot.tzDate(date(at), 'Etc/UTC'),
    padding: [4, 8, 0, 0],
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
    options.axes = [timeAxis(true), {
      stroke: () => colours.soft, font: font(), size: gutter(), gap: 8, ticks: { show: false },
      grid: { stroke: () => colours.grid, width: 1 }, values: (u, splits) => splits.map(value => value + '°'),
    }];
    options.hooks.draw = [drawTarget];
    options.hooks.setCursor.push(u => {
      if (u.cursor.left >= 0) readout(u.posToVal(u.cursor.left, 'x')); else tellView();
    });
    return new uPlot(options, level(byId('temperatures').clientWidth).series, byId('temperatures'));
  }

  /** At least 6 K, so that calm looks calm, and the set point always in sight. */
  function aimed(lowest, highest) {
    const targets = data.target.slice(Math.max(0, upTo(data.targetAt, view[0]) - 1), upTo(data.targetAt, view[1]));
    const low = Math.min(lowest, ...targets), high = Math.max(highest, ...targets);
    const more = Math.max(0.5, (6 - (high - low)) / 2);
    return [Math.floor(low - more), Math.ceil(high + more)];
  }

  /** In steps, at the second it changed: buckets would blur it. */
  function drawTarget(u) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.beginPath();
    const x = at => u.valToPos(at, 'x', true), y = value => u.valToPos(value, 'y', true);
    const first = Math.max(0, upTo(data.targetAt, view[0]) - 1);
    for (let i = first; i < data.target.length && data.targetAt[i] < view[1]; i++) {
      if (i === first) ctx.moveTo(x(data.targetAt[i]), y(data.target[i]));
      ctx.lineTo(x(data.targetAt[i]), y(data.target[i]));
      ctx.lineTo(x(Math.min(i + 1 < data.target.length ? data.targetAt[i + 1] : whole[1], view[1])), y(data.target[i]));
    }
    ctx.strokeStyle = colours.target;
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.setLineDash([5 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.stroke();
    ctx.restore();
  }

  /** Rows with a name each and marks or stretches along the time. */
  function laneChart(place, lanes, labelled) {
    const names = narrow() ? 15 : 0;
    const tops = [];
    let height = 0;
    for (const lane of lanes) {
      height += names;
      tops.push(height);
      height += lane.height + 5;
    }
    const options = common(place, height + (labelled ? 30 : 10));
    options.scales = { x: { time: true, auto: false, range: () => view }, y: { range: () => [0, 1] } };
    options.series = [{}, { show: false }];
    options.axes = [timeAxis(labelled), { size: gutter(), grid: { show: false }, ticks: { show: false }, values: (u, splits) => splits.map(() => '') }];
    options.hooks.draw = [u => lanes.forEach((lane, i) => drawLane(u, lane, tops[i] * devicePixelRatio + u.bbox.top))];
    return new uPlot(options, [whole, [null, null]], byId(place));
  }

  function drawLane(u, lane, top) {
    const { ctx, bbox } = u, ratio = devicePixelRatio, tall = lane.height * ratio;
    ctx.save();
    ctx.font = 12 * ratio + 'px ' + getComputedStyle(document.body).getPropertyValue('--sans');
    ctx.fillStyle = colours.soft;
    if (narrow()) {
      ctx.textBaseline = 'alphabetic';
      ctx.fillText(lane.name, bbox.left, top - 3 * ratio);
    } else {
      ctx.textAlign = 'right';
      ctx.textBaseline = 'middle';
      ctx.fillText(fitting(ctx, lane.name, (gutter() - 14) * ratio), bbox.left - 10 * ratio, top + tall / 2);
    }
    ctx.beginPath();
    ctx.rect(bbox.left, top, bbox.width, tall + ratio);
    ctx.clip();
    ctx.fillStyle = colours.grid;
    ctx.fillRect(bbox.left, top + tall, bbox.width, ratio);
    ctx.fillStyle = colours[lane.colour];
    if (lane.at) drawMarks(u, lane, top, tall); else if (lane.share) drawShares(u, lane, top, tall); else drawSpells(u, lane, top, tall);
    ctx.restore();
  }

  function fitting(ctx, text, width) {
    let shown = text;
    while (ctx.measureText(shown).width > width && shown.length > 2) shown = shown.slice(0, -2).trimEnd() + '…';
    return shown;
  }

  function drawMarks(u, lane, top, tall) {
    const wide = Math.max(1, Math.round(1.5 * devicePixelRatio));
    u.ctx.globalAlpha = .75;
    for (let i = upTo(lane.at, view[0] - 1); i < lane.at.length && lane.at[i] <= view[1]; i++) {
      u.ctx.fillRect(Math.round(u.valToPos(lane.at[i], 'x', true)), top, wide, tall);
    }
  }

  function drawSpells(u, { spells: some }, top, tall) {
    const least = Math.max(1, Math.round(1.5 * devicePixelRatio));
    for (let i = Math.max(0, upTo(some.from, view[0]) - 1); i < some.from.length && some.from[i] <= view[1]; i++) {
      const left = u.valToPos(some.from[i], 'x', true);
      u.ctx.fillRect(Math.round(left), top, Math.max(least, u.valToPos(some.to[i], 'x', true) - left), tall);
    }
  }

  /** Far away a bar a bucket, as high as its share of the time; near enough to tell the runs apart, the runs. */
  function drawShares(u, lane, top, tall) {
    const one = level(u.bbox.width / devicePixelRatio);
    if (one === levels[0] && view[1] - view[0] <= 8 * DAY) {
      drawSpells(u, { spells: lane.share }, top, tall);
      return;
    }
    const gap = one.width * u.bbox.width / (view[1] - view[0]) > 4 * devicePixelRatio ? devicePixelRatio : 0;
    for (let from = data.begin + Math.floor((view[0] - data.begin) / one.width) * one.width; from < view[1]; from += one.width) {
      const share = secondsOn(lane.share, from, from + one.width) / one.width;
      if (share > 0) {
        const left = Math.round(u.valToPos(from, 'x', true)), right = Math.round(u.valToPos(from + one.width, 'x', true));
        const high = Math.max(devicePixelRatio, share * tall);
        u.ctx.fillRect(left, top + tall - high, Math.max(1, right - left - gap), high);
      }
    }
  }

  const counted = (name, count) => name + '  ' + count;

  const lanes = {
    relays: [
      { name: 'heating', colour: 'heating', height: 54, share: data.heating },
      { name: 'cooling', colour: 'cooling', height: 54, share: data.cooling },
      { name: 'coffee machine', colour: 'coffee', height: 12, spells: data.coffee },
      { name: counted('cups', data.brews.length), colour: 'coffee', height: 10, at: data.brews },
      { name: counted('trips home', data.trips.length), colour: 'trip', height: 10, at: data.trips },
    ],
    mishaps: data.mishaps.map(one => ({ name: counted(one.kind, one.at.length), colour: 'mishap', height: 9, at: one.at })),
    faults: data.faults.map(one => ({ name: counted(one.kind, one.spells.from.length), colour: 'fault', height: 9, spells: one.spells })),
  };

  let charts = [];
  let temperatures;

  function build() {
    lookUpColours();
    charts.forEach(chart => chart.destroy());
    temperatures = temperatureChart();
    charts = [temperatures];
    for (const place of Object.keys(lanes)) {
      byId(place).closest('figure').hidden = lanes[place].length === 0;
      if (lanes[place].length) charts.push(laneChart(place, lanes[place], true));
    }
    show(view);
  }

  /* ---- The view */

  function show([from, to]) {
    const span = Math.min(whole[1] - whole[0], Math.max(SHORTEST, to - from));
    const begin = Math.min(Math.max(from, whole[0]), whole[1] - span);
    view = [begin, begin + span];
    temperatures.setData(level(temperatures.bbox.width / devicePixelRatio).series, false);
    charts.forEach(chart => chart.setScale('x', { min: view[0], max: view[1] }));
    tellView();
  }

  function tellView() {
    byId('range').textContent = rangeInWords(view);
    const cooled = secondsOn(data.cooling, ...view), heated = secondsOn(data.heating, ...view);
    const cups = within(data.brews, ...view), trips = within(data.trips, ...view);
    const done = data.mishaps.reduce((sum, kind) => sum + within(kind.at, ...view), 0);
    byId('readout').innerHTML = 'heated <b>' + minutes(heated) + '</b> · cooled <b>' + minutes(cooled) + '</b> · <b>'
      + cups + '</b> cups · <b>' + trips + '</b> trips home · <b>' + done + '</b> faults done to the house';
    for (const button of document.querySelectorAll('[data-span]')) {
      button.setAttribute('aria-pressed', String(button.dataset.span === spanOf(view)));
    }
    document.querySelector('[data-step="-1"]').disabled = view[0] <= whole[0];
    document.querySelector('[data-step="1"]').disabled = view[1] >= whole[1];
    document.documentElement.dataset.view = view.map(Math.round).join(' ');
  }

  /** The calendar's month, week or day around a moment. */
  function around(moment, span) {
    const at = date(Math.min(Math.max(moment, whole[0]), whole[1] - 1));
    const day = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()) / 1000;
    switch (span) {
      case 'month': return [Date.UTC(at.getUTCFullYear(), at.getUTCMonth()) / 1000, Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1) / 1000];
      case 'week': { const monday = day - (at.getUTCDay() + 6) % 7 * DAY; return [monday, monday + 7 * DAY]; }
      case 'day': return [day, day + DAY];
      default: return whole;
    }
  }

  function spanOf([from, to]) {
    if (to - from >= whole[1] - whole[0]) return 'year';
    return ['month', 'week', 'day'].find(span => around((from + to) / 2, span).join() === [from, to].join()) || '';
  }

  function choose(span) {
    const seen = focus >= view[0] && focus <= view[1] ? focus : (view[0] + view[1]) / 2;
    show(around(seen, span));
  }

  /** To the next of the same kind, or on by the length of the view. */
  function step(direction) {
    const span = spanOf(view);
    focus = NaN;
    if (span && span !== 'year') show(around(direction > 0 ? view[1] + HOUR : view[0] - HOUR, span));
    else move(direction);
  }

  function move(share) {
    const by = share * (view[1] - view[0]);
    show([view[0] + by, view[1] + by]);
  }

  function zoom(factor) {
    const middle = (view[0] + view[1]) / 2, half = factor * (view[1] - view[0]) / 2;
    show([middle - half, middle + half]);
  }

  const keys = {
    ArrowLeft: () => move(-.25), ArrowRight: () => move(.25), '+': () => zoom(.5), '=': () => zoom(.5), '-': () => zoom(2),
    Home: () => show(whole), Escape: () => show(whole),
  };

  document.querySelectorAll('[data-span]').forEach(button => button.addEventListener('click', () => choose(button.dataset.span)));
  document.querySelectorAll('[data-step]').forEach(button => button.addEventListener('click', () => step(Number(button.dataset.step))));
  byId('charts').addEventListener('keydown', event => {
    if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', build);
  let width = byId('temperatures').clientWidth;
  addEventListener('resize', () => {
    if (byId('temperatures').clientWidth !== width) {
      width = byId('temperatures').clientWidth;
      build();
    }
  });

  /** A page that is opened at {@code #2026-07-14} shows that day; {@code #2026-07} that month. */
  function linked() {
    const wanted = /^#(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(location.hash);
    if (wanted) {
      show(around(Date.UTC(wanted[1], wanted[2] - 1, wanted[3] || 1) / 1000, wanted[3] ? 'day' : 'month'));
    }
  }
  addEventListener('hashchange', linked);

  build();
  linked();
  document.documentElement.dataset.ready = charts.length;
})();
