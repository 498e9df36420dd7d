'use strict';
/* Formats times, temperatures and durations for people. */

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December'];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const two = number => String(number).padStart(2, '0');
const date = at => new Date(at * 1000);
const hour = at => two(date(at).getUTCHours()) + ':' + two(date(at).getUTCMinutes());
const dayOf = at => date(at).getUTCDate() + ' ' + MONTHS[date(at).getUTCMonth()];
const year = at => date(at).getUTCFullYear();
const weekday = at => WEEKDAYS[date(at).getUTCDay()];
const degrees = value => value === null || value === undefined ? '–' : value.toFixed(1) + ' °C';
const grouped = number => String(number).replace(/\B(?=(\d{3})+$)/g, '\u202f');

function minutes(seconds) {
  if (seconds >= 100 * HOUR) return grouped(Math.round(seconds / HOUR)) + ' h';
  return seconds >= 2 * HOUR ? (seconds / HOUR).toFixed(1) + ' h' : Math.round(seconds / MINUTE) + ' min';
}

function rangeInWords([from, to]) {
  const last = to - 1;
  if (to - from === DAY && from % DAY === 0) return weekday(from) + ', ' + dayOf(from) + ' ' + year(from);
  if (to - from < 2 * DAY) return dayOf(from) + ' ' + hour(from) + ' to ' + (dayOf(to) === dayOf(from) ? '' : dayOf(to) + ' ') + hour(to);
  const first = date(from);
  if (from === Date.UTC(year(from), 0) / 1000 && to === Date.UTC(year(from) + 1, 0) / 1000) return 'the year ' + year(from);
  if (from === Date.UTC(year(from), first.getUTCMonth()) / 1000 && to === Date.UTC(year(from), first.getUTCMonth() + 1) / 1000) {
    return MONTHS[first.getUTCMonth()] + ' ' + year(from);
  }
  return dayOf(from) + (year(from) === year(last) ? '' : ' ' + year(from)) + ' to ' + dayOf(last) + ' ' + year(last);
}

const escaped = text => text.replace(/[&<>]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
