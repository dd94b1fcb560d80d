import {h} from '../shared/dom.js';
import {sign} from '../shared/signs.js';
import {t} from '../shared/text.js';
import {inDays, moment, nearness} from '../shared/time.js';
import {data} from '../shared/visible.js';
import {SOON_DAYS} from './soon.js';

/** Which replica this is, whether it is ready, and where its sums are. */
export function identity({replica, dashboard}) {
  return [
    h(
      'div',
      {class: 'replica'},
      h(
        'p',
        {class: `readiness ${replica.ready ? 'ready' : 'not-ready'}`, 'data-test': 'readiness', 'data-ready': String(replica.ready)},
        sign(replica.ready ? 'ready' : 'unavailable'),
        t(replica.ready ? 'console.ready' : 'console.not-ready'),
      ),
      h('h2', {class: 'replica-name', 'data-test': 'replica-name'}, data(replica.name)),
      h(
        'p',
        {class: 'replica-facts'},
        h('span', {'data-test': 'version'}, t('console.version'), ' ', data(replica.version)),
        h('span', {}, t('console.started'), ' ', moment(replica.started)),
      ),
    ),
    h(
      'p',
      {class: 'one-replica', 'data-test': 'one-replica'},
      t('console.one-replica'),
      ' ',
      dashboard &&
        h(
          'a',
          {href: dashboard, rel: 'noopener noreferrer', target: '_blank', 'data-test': 'dashboard'},
          t('console.dashboard'),
          sign('external'),
        ),
    ),
    texts('obstacles', 'violated', replica.obstacles),
    texts('warnings', 'warned', replica.warnings),
  ];
}

function texts(name, picture, found) {
  return (
    found?.length > 0 &&
    h(
      'ul',
      {class: `notices ${name}`, 'data-test': name, 'aria-label': t(`console.${name}`)},
      found.map((text) => h('li', {}, sign(picture), data(text))),
    )
  );
}

/** One tile for each subject that the state has, each a link to its view. */
export function tiles(state, linkTo) {
  const policies = state.policySets?.flatMap((set) => set.policies ?? []);
  return [
    policies && policiesTile(state.policySets, policies, linkTo('policies')),
    policies &&
      exceptionsTile(
        policies.flatMap((policy) => policy.exceptions ?? []),
        linkTo('policies'),
      ),
    state.certificates?.length > 0 && certificatesTile(state.certificates, linkTo('trust')),
    state.registries && registriesTile(state.registries.hosts ?? [], linkTo('trust')),
    state.trustedRoots?.length > 0 && rootsTile(state.trustedRoots, linkTo('trust')),
  ];
}

function tile(name, link, value, note, level = 'later') {
  return h(
    'li',
    {},
    h(
      'a',
      {class: `tile ${level}`, href: link, 'data-test': `tile-${name}`},
      h('span', {class: 'tile-name'}, sign(name), t(`console.tile.${name}`)),
      h('span', {class: 'tile-value'}, value),
      h('span', {class: 'tile-note'}, note),
    ),
  );
}

function policiesTile(sets, policies, link) {
  const broken = sets.filter((set) => set.problem).length;
  const rules = policies.reduce((sum, policy) => sum + policy.rules.length, 0);
  return tile(
    'policies',
    link,
    policies.length,
    broken > 0 ? t('console.tile.policies.broken', broken) : t('console.tile.policies.rules', rules),
    broken > 0 ? 'over' : 'later',
  );
}

function exceptionsTile(exceptions, link) {
  const days = exceptions.map((exception) => exception.daysLeft).filter((left) => left >= 0);
  const next = Math.min(...days);
  return tile(
    'exceptions',
    link,
    days.length,
    days.length > 0 ? t('console.tile.exceptions.next', inDays(next)) : t('console.tile.exceptions.none'),
    days.length > 0 ? nearness(next, SOON_DAYS) : 'later',
  );
}

function certificatesTile(certificates, link) {
  const next = Math.min(...certificates.map((certificate) => certificate.daysLeft));
  return tile(
    'certificates',
    link,
    certificates.length,
    t(next < 0 ? 'console.tile.certificates.over' : 'console.tile.certificates.next', inDays(next)),
    nearness(next, SOON_DAYS),
  );
}

function registriesTile(hosts, link) {
  const down = hosts.filter((host) => host.state === 'down').length;
  return tile(
    'registries',
    link,
    hosts.length,
    down > 0 ? t('console.tile.registries.down', down) : t('console.tile.registries.none-down'),
    down > 0 ? 'over' : 'later',
  );
}

function rootsTile(roots, link) {
  const warned = roots.filter((root) => root.warning).length;
  const ages = roots.map((root) => root.ageDays).filter(Number.isFinite);
  return tile(
    'roots',
    link,
    roots.length,
    warned > 0 ? t('console.tile.roots.warned', warned) : ages.length > 0 ? t('console.tile.roots.oldest', inDays(-Math.max(...ages))) : '',
    warned > 0 ? 'soon' : 'later',
  );
}
