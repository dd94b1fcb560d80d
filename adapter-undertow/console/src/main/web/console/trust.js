import {h} from '../shared/dom.js';
import {sign} from '../shared/signs.js';
import {t} from '../shared/text.js';
import {deadline, inDays, moment} from '../shared/time.js';
import {data} from '../shared/visible.js';
import {more} from './more.js';
import {SOON_DAYS} from './soon.js';

/** Certificates, registries and trusted roots, as far as the replica has them. */
export function trustView({certificates, registries, trustedRoots, moreCertificates, moreTrustedRoots}) {
  return [
    certificates?.length > 0 && certificatesCard(certificates, moreCertificates),
    registries && registriesCard(registries),
    trustedRoots?.length > 0 && rootsCard(trustedRoots, moreTrustedRoots),
  ];
}

function certificatesCard(certificates, left) {
  return card(
    'certificates',
    null,
    certificates.map((certificate) => [
      h('p', {class: 'thing'}, h('span', {class: 'chip'}, t(USES[certificate.use] ?? 'console.use.other')), data(certificate.subject)),
      deadline(certificate.notAfter.slice(0, 10), certificate.daysLeft, SOON_DAYS),
    ]),
    left,
  );
}

const USES = {server: 'console.use.server', 'client authority': 'console.use.client-authority'};
const HOST_PICTURES = {answers: 'satisfied', down: 'unavailable', limited: 'unavailable', unused: 'not-applicable'};

function registriesCard({file, digest, loadedAt, hosts = [], moreHosts}) {
  const source = [
    file && data(file, {class: 'mono'}),
    digest && [' ', data(digest, {class: 'mono digest'})],
    loadedAt && [' ', t('console.loaded'), ' ', moment(loadedAt)],
  ];
  return card(
    'registries',
    source,
    hosts.map(({host, state, since}) => [
      h('p', {class: 'thing'}, data(host, {class: 'mono'})),
      h(
        'p',
        {class: `host ${state}`, 'data-test': 'host-state', 'data-state': state},
        sign(HOST_PICTURES[state]),
        t(`console.host.${state}`),
        since && [' ', t('console.since'), ' ', moment(since)],
      ),
    ]),
    moreHosts,
  );
}

function rootsCard(roots, left) {
  return card(
    'roots',
    null,
    roots.map(({name, digest, confirmed, ageDays, warning}) => [
      h('div', {class: 'thing'}, h('p', {}, data(name)), h('p', {class: 'source'}, data(digest, {class: 'mono digest'}))),
      h(
        'div',
        {},
        confirmed &&
          h(
            'p',
            {},
            t('console.confirmed'),
            ' ',
            data(confirmed),
            ageDays !== undefined && [' ', h('span', {class: 'chip'}, inDays(-ageDays))],
          ),
        warning && h('p', {class: 'lookup warned'}, sign('warned'), data(warning)),
      ),
    ]),
    left,
  );
}

function card(name, source, items, left) {
  return h(
    'section',
    {class: 'card', 'data-test': name},
    h('header', {}, h('h2', {}, sign(name), t(`console.tile.${name}`)), source && h('p', {class: 'source'}, source)),
    h(
      'ul',
      {class: 'things'},
      items.map((item) => h('li', {'data-test': `${name}-item`}, item)),
    ),
    more(left),
  );
}
