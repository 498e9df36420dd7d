'use strict';
/* The time range that all charts share. Only show() changes it. */

const SHORTEST = 2 * HOUR;

let view = whole;
let charts = [];
let temperatures;
let focus = NaN; // The last time under the pointer, which Month, Week and Day then show.

function build() {
  lookUpColours();
  charts.forEach(chart => chart.destroy());
  temperatures = temperatureChart();
  charts = [temperatures];
  for (const place of Object.keys(lanes)) {
    byId(place).closest('figure').hidden = lanes[place].length === 0;
    if (lanes[place].length) charts.push(laneChart(place, lanes[place]));
  }
  show(view);
}

function show([from, to]) {
  const span = Math.min(whole[1] - whole[0], Math.max(SHORTEST, to - from));
  const begin = Math.min(Math.max(from, whole[0]), whole[1] - span);
  view = [begin, begin + span];
  temperatures.setData(levelFor(view, temperatures.bbox.width / devicePixelRatio).series, false);
  charts.forEach(chart => chart.setScale('x', { min: view[0], max: view[1] }));
  tellView();
}

function readout(moment) {
  const one = levelFor(view, temperatures.bbox.width / devicePixelRatio);
  const i = Math.floor((moment - data.begin) / one.width);
  const from = data.begin + i * one.width, to = Math.min(from + one.width, whole[1]);
  const [, highest, lowest, mean, outside] = one.series;
  const bare = value => degrees(value).replace(' °C', '');
  const parts = [
    weekday(from).slice(0, 3) + ' ' + dayOf(from) + (one.width >= DAY ? '' : ', ' + hour(from) + '–' + hour(to)),
    'room <b>' + degrees(mean[i]) + '</b> (' + bare(lowest[i]) + '–' + bare(highest[i]) + ')',
    'set point <b>' + wanted(Math.min(moment, to)) + '</b>',
    'outside <b>' + degrees(outside[i]) + '</b>',
  ];
  for (const relay of ['heating', 'cooling']) {
    const on = secondsOn(data[relay], from, to);
    if (on > 0) parts.push(relay + ' <b>' + minutes(on) + '</b>');
  }
  const cups = within(data.brews, from, to), trips = within(data.trips, from, to);
  if (cups) parts.push('<b>' + cups + '</b> ' + (cups === 1 ? 'cup' : 'cups'));
  if (trips) parts.push('<b>' + trips + '</b> ' + (trips === 1 ? 'trip home' : 'trips home'));
  const done = data.mishaps.map(kind => [kind.kind, within(kind.at, from, to)]).filter(([, times]) => times > 0)
    .sort((a, b) => b[1] - a[1]).map(([kind, times]) => escaped(kind) + (times > 1 ? ' ×' + times : ''));
  if (done.length) parts.push('faults: ' + done.slice(0, 4).join(', ') + (done.length > 4 ? ' and ' + (done.length - 4) + ' more' : ''));
  byId('readout').innerHTML = parts.join(' · ');
}

const wanted = moment => moment >= data.targetAt[0] && targetAt(moment) === null ? 'off' : degrees(targetAt(moment));

function tellView() {
  const count = (number, one, many) => '<b>' + grouped(number) + '</b> ' + (number === 1 ? one : many);
  byId('range').textContent = rangeInWords(view);
  const done = data.mishaps.reduce((sum, kind) => sum + within(kind.at, ...view), 0);
  byId('readout').innerHTML = [
    'heated <b>' + minutes(secondsOn(data.heating, ...view)) + '</b>',
    'cooled <b>' + minutes(secondsOn(data.cooling, ...view)) + '</b>',
    count(within(data.brews, ...view), 'cup', 'cups'),
    count(within(data.trips, ...view), 'trip home', 'trips home'),
    count(done, 'injected fault', 'injected faults'),
  ].join(' · ');
  for (const button of document.querySelectorAll('[data-span]')) {
    button.setAttribute('aria-pressed', String(button.dataset.span === spanOf(view)));
  }
  document.querySelector('[data-step="-1"]').disabled = view[0] <= whole[0];
  document.querySelector('[data-step="1"]').disabled = view[1] >= whole[1];
  document.documentElement.dataset.view = view.map(Math.round).join(' ');
}

/** The calendar month, week or day around a time, within the journal. */
function around(moment, span) {
  const at = date(Math.min(Math.max(moment, whole[0]), whole[1] - 1));
  const inMonth = (month, day) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + month, day) / 1000;
  const today = inMonth(0, at.getUTCDate());
  const monday = today - (at.getUTCDay() + 6) % 7 * DAY;
  const [from, to] = {
    year: whole, month: [inMonth(0, 1), inMonth(1, 1)], week: [monday, monday + 7 * DAY], day: [today, today + DAY],
  }[span];
  return [Math.max(from, whole[0]), Math.min(to, whole[1])];
}

function spanOf([from, to]) {
  if (to - from >= whole[1] - whole[0]) return 'year';
  return ['month', 'week', 'day'].find(span => around((from + to) / 2, span).join() === [from, to].join()) || '';
}

function choose(span) {
  const seen = focus >= view[0] && focus <= view[1] ? focus : (view[0] + view[1]) / 2;
  show(around(seen, span));
}

/** To the next month, week or day, or on by the length of the view. */
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

if (data.length < 360 * DAY) document.querySelector('[data-span=year]').textContent = 'All';
build();
linked();
document.documentElement.dataset.ready = charts.length;
