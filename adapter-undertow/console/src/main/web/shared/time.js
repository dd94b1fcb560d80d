import {h} from './dom.js';
import {sign} from './signs.js';
import {language, t} from './text.js';
import {data} from './visible.js';

const CLOCK = {hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23'};
const TIME = {timeStyle: 'medium', hourCycle: 'h23'};
const DATE_AND_TIME = {dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23'};
const formats = new Map();

/** The time of day in the zone of the reader. */
export function clock(instant) {
  return format('clock', CLOCK, instant);
}

/** The same without parts of a second. */
export function timeOfDay(instant) {
  return format('time', TIME, instant);
}

/** Date and time in the zone of the reader; its title is the instant as it came. */
export function moment(instant) {
  return h('time', {datetime: instant, title: instant}, format('moment', DATE_AND_TIME, instant));
}

/** "in 3 days", "today", "5 days ago". */
export function inDays(days) {
  return new Intl.RelativeTimeFormat(language(), {numeric: 'auto'}).format(days, 'day');
}

/** A date with the days until then, marked when it is near or over. */
export function deadline(date, daysLeft, soon) {
  return h(
    'span',
    {class: `deadline ${nearness(daysLeft, soon)}`, 'data-test': 'deadline', 'data-days': String(daysLeft)},
    data(date),
    ' ',
    h('span', {class: 'chip'}, daysLeft <= soon && sign('warned'), daysLeft < 0 ? t('shared.over', inDays(daysLeft)) : inDays(daysLeft)),
  );
}

/** Whether something is "over", ends "soon" or "later". */
export function nearness(daysLeft, soon) {
  return daysLeft < 0 ? 'over' : daysLeft <= soon ? 'soon' : 'later';
}

function format(name, options, instant) {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? String(instant) : formatFor(name, options).format(date);
}

function formatFor(name, options) {
  const key = `${name} ${language()}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(language(), options));
  }
  return formats.get(key);
}
