import {ruleText} from '../shared/decision.js';
import {h} from '../shared/dom.js';
import {sign} from '../shared/signs.js';
import {t} from '../shared/text.js';
import {deadline, moment} from '../shared/time.js';
import {data, visible} from '../shared/visible.js';
import {more} from './more.js';
import {SOON_DAYS} from './soon.js';

/** The policies by set: what each rule demands and where it is enforced, exceptions, and break-glass without its value. */
export function policiesView({policySets = [], morePolicySets}) {
  return [policySets.map(policySet), more(morePolicySets)];
}

function policySet(set) {
  return h(
    'section',
    {class: 'policy-set', 'data-test': 'policy-set'},
    h(
      'header',
      {},
      h('h2', {}, t('console.set'), ' ', data(set.name)),
      h(
        'p',
        {class: 'source'},
        data(set.location, {class: 'mono'}),
        set.digest && [' ', data(set.digest, {class: 'mono digest'})],
        set.loadedAt && [' ', t('console.loaded'), ' ', moment(set.loadedAt)],
      ),
    ),
    set.problem && h('p', {class: 'banner bad', 'data-test': 'set-problem'}, sign('violated'), data(set.problem)),
    (set.policies ?? []).map(policyCard),
    more(set.morePolicies),
  );
}

function policyCard(policy) {
  return h(
    'article',
    {class: 'card policy-card', 'data-test': 'policy'},
    h(
      'header',
      {},
      h('h3', {}, data(policy.name)),
      h(
        'p',
        {class: 'source'},
        h('span', {class: 'chip'}, t(`console.on-update.${policy.onUpdate}`)),
        policy.signers?.length > 0 &&
          h(
            'span',
            {},
            t('console.signers'),
            ' ',
            policy.signers.map((signer) => data(signer, {class: 'chip'})),
          ),
      ),
    ),
    h('ul', {class: 'policy-rules'}, policy.rules.map(rule)),
    more(policy.moreRules),
    exceptions(policy),
    policy.breakGlass && breakGlass(policy.breakGlass),
  );
}

function rule(found) {
  return h(
    'li',
    {class: 'policy-rule', 'data-test': 'policy-rule'},
    h(
      'p',
      {class: 'rule-head'},
      data(found.name, {class: 'rule-name'}),
      enforcement(found),
      found.severity && h('span', {class: 'chip'}, t(`shared.severity.${found.severity}`)),
      found.denyFrom && h('span', {class: 'chip soon'}, sign('exceptions'), t('shared.deny-from', visible(found.denyFrom))),
    ),
    ruleText(found),
    labelled('console.scope', found.scope),
    labelled('console.message', found.message),
    found.onUnavailable && labelled('console.on-unavailable', t(`shared.enforcement.${found.onUnavailable}`)),
  );
}

function enforcement({enforcement: usual, enforcementByNamespace = {}}) {
  return [
    h('span', {class: `chip enforcement ${usual}`, 'data-test': 'enforcement'}, t(`shared.enforcement.${usual}`)),
    Object.entries(enforcementByNamespace).map(([other, namespaces]) =>
      h(
        'span',
        {class: `chip enforcement ${other}`, 'data-test': 'enforcement-by-namespace'},
        t(`shared.enforcement.${other}`),
        ' ',
        data(namespaces.join(', ')),
      ),
    ),
  ];
}

function labelled(key, text) {
  return text && h('p', {class: 'labelled'}, h('span', {}, t(key)), ' ', data(text));
}

function exceptions({exceptions: found = [], moreExceptions}) {
  return (
    found.length > 0 &&
    h(
      'section',
      {'data-test': 'exceptions'},
      h('h4', {}, t('console.exceptions')),
      h(
        'ul',
        {class: 'exceptions'},
        found.map((exception) =>
          h(
            'li',
            {'data-test': 'exception'},
            deadline(exception.expires, exception.daysLeft, SOON_DAYS),
            h(
              'div',
              {},
              h('p', {}, data(exception.reason)),
              h(
                'p',
                {class: 'source'},
                exception.rules.map((name) => data(name, {class: 'chip'})),
                ' ',
                exception.scope && data(exception.scope),
              ),
            ),
          ),
        ),
      ),
      more(moreExceptions),
    )
  );
}

function breakGlass({annotation, namespaces}) {
  return h(
    'section',
    {class: 'break-glass', 'data-test': 'break-glass'},
    h('h4', {}, sign('warned'), t('console.break-glass')),
    h('p', {}, data(annotation, {class: 'mono'}), namespaces && [' ', t('console.break-glass.in'), ' ', data(namespaces)]),
    h('p', {class: 'source'}, t('console.break-glass.value')),
  );
}
