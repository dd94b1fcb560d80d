import {copyButton} from './copy.js';
import {h} from './dom.js';
import {sign} from './signs.js';
import {partsOf} from './reference.js';
import {t} from './text.js';
import {moment} from './time.js';
import {data, visible, visibleLines} from './visible.js';

/** The picture of one decision: the verdict, each image with its rules, and what the API server is told. */
export function decisionPicture(decision, {level = 3} = {}) {
  const heading = (text, attributes) => h(`h${level}`, attributes, text);
  return h(
    'div',
    {class: 'decision', 'data-test': 'decision', 'data-outcome': decision.outcome},
    verdict(decision, heading),
    requirements(decision, heading),
    decision.images.map((image) => imageCard(image, decision, heading)),
    more('decision.more-images', decision.moreImages),
    answers(decision, heading),
    lookUps(decision.lookups, heading),
  );
}

/** What an outcome is called, with its picture. */
export function outcomeMark(outcome) {
  return h('span', {class: `outcome ${outcome}`}, sign(outcome), t(`decision.outcome.${outcome}`));
}

function verdict(decision, heading) {
  const denied = decision.images.filter((image) => outcomeOf(image, decision) === 'denied').length;
  return h(
    'div',
    {class: `verdict ${decision.outcome}`, 'data-test': 'verdict'},
    sign(decision.outcome),
    h(
      'div',
      {},
      heading(t(`decision.outcome.${decision.outcome}`), {class: 'verdict-word'}),
      denied > 0 && h('p', {}, t('decision.denied-images', denied, decision.images.length + decision.moreImages)),
    ),
    h(
      'dl',
      {class: 'verdict-facts'},
      fact('decision.namespace', decision.namespace && data(decision.namespace)),
      fact('decision.at', decision.at && moment(decision.at)),
    ),
  );
}

/* What an image alone would lead to. */
function outcomeOf(image, {allowed}) {
  const has = (effect) => image.rules.some((rule) => rule.effect === effect);
  return has('denied') || (image.problem && !allowed) ? 'denied' : has('warned') ? 'warned' : 'allowed';
}

function fact(key, content) {
  return content && h('div', {}, h('dt', {}, t(key)), h('dd', {}, content));
}

function requirements({requirements: found, images}, heading) {
  return (
    found?.length > 0 &&
    h(
      'section',
      {class: 'requirements', 'data-test': 'requirements'},
      heading(t('decision.requirements')),
      h(
        'ul',
        {class: 'rules'},
        found.map((requirement) =>
          h(
            'li',
            {class: 'rule violated', 'data-test': 'requirement', 'data-effect': 'denied'},
            sign('violated'),
            h(
              'div',
              {},
              h(
                'p',
                {class: 'rule-head'},
                data(requirement.requirement, {class: 'rule-name'}),
                data(images[requirement.image]?.text, {class: 'mono'}),
              ),
              h('p', {class: 'why'}, data(requirement.text)),
            ),
          ),
        ),
      ),
    )
  );
}

function imageCard(image, decision, heading) {
  return h(
    'section',
    {class: 'image', 'data-test': 'image'},
    h('header', {}, imageOutcome(outcomeOf(image, decision)), heading(data(image.text), {class: 'image-name'}), place(image)),
    image.problem && h('p', {class: 'image-problem', 'data-test': 'image-problem'}, sign('violated'), data(image.problem)),
    image.parts && taken(image),
    renamed('decision.rewritten', image.rewritten, 'rewritten'),
    renamed('decision.pinned', image.pinned, 'pinned'),
    image.rules.length > 0 && h('ul', {class: 'rules'}, image.rules.map(ruleRow)),
  );
}

function imageOutcome(outcome) {
  return h('span', {class: `outcome ${outcome}`}, sign(outcome), h('span', {class: 'visually-hidden'}, t(`decision.outcome.${outcome}`)));
}

function place(image) {
  const places = [image.container, image.position].filter(Boolean);
  return (
    places.length > 0 &&
    h(
      'p',
      {class: 'image-place'},
      places.map((text) => data(text, {class: 'chip'})),
    )
  );
}

function taken({text, parts}) {
  return h(
    'dl',
    {class: 'parts', 'data-test': 'parts'},
    partsOf(text, parts).map((part) =>
      h(
        'div',
        {class: `part ${part.kind}${part.implied ? ' implied' : ''}`, 'data-test': `part-${part.kind}`},
        h('dt', {}, t(`decision.part.${part.kind}`), part.implied && h('span', {class: 'implied-word'}, t('decision.implied'))),
        h('dd', {}, part.before && h('span', {class: 'separator', 'aria-hidden': 'true'}, part.before), data(part.text)),
      ),
    ),
  );
}

function renamed(key, name, test) {
  return name && h('p', {class: 'renamed', 'data-test': test}, sign('next'), h('span', {}, t(key)), data(name, {class: 'mono'}));
}

function ruleRow(rule) {
  return h(
    'li',
    {class: `rule ${rule.outcome}`, 'data-test': 'rule', 'data-outcome': rule.outcome, 'data-effect': rule.effect ?? ''},
    sign(rule.outcome),
    h(
      'div',
      {},
      h(
        'p',
        {class: 'rule-head'},
        h(
          'span',
          {},
          data(rule.policy, {class: 'rule-policy'}),
          h('span', {class: 'rule-policy'}, ' / '),
          data(rule.rule, {class: 'rule-name'}),
        ),
        h('span', {class: `rule-outcome ${rule.outcome}`}, t(`decision.rule.${rule.outcome}`)),
        rule.effect && h('span', {class: `chip effect ${rule.effect}`}, t(`decision.effect.${rule.effect}`)),
        !rule.effect && h('span', {class: 'chip'}, t(`shared.enforcement.${rule.enforcement}`)),
        rule.severity && h('span', {class: 'chip', 'data-test': 'severity'}, t(`shared.severity.${rule.severity}`)),
      ),
      rule.why && h('p', {class: 'why'}, data(rule.why)),
      isUnknown(rule) && h('p', {class: 'note'}, t(`decision.means.${rule.outcome}`)),
      relief(rule),
      ruleText(rule),
    ),
  );
}

function isUnknown(rule) {
  return ['undecidable', 'unavailable', 'pending'].includes(rule.outcome);
}

function relief({exception, breakGlass, denyFrom}) {
  return [
    exception &&
      h(
        'p',
        {class: 'note', 'data-test': 'exception'},
        sign('exceptions'),
        h(
          'span',
          {},
          t(exception.expired ? 'decision.exception-expired' : 'decision.exception', exception.expires),
          ' ',
          data(exception.reason),
        ),
      ),
    breakGlass &&
      h('p', {class: 'note', 'data-test': 'break-glass'}, sign('warned'), h('span', {}, t('decision.break-glass'), ' ', data(breakGlass))),
    denyFrom && h('p', {class: 'note'}, sign('exceptions'), t('shared.deny-from', visible(denyFrom))),
  ];
}

/** What a rule demands, in its own words and in those of its policy. */
export function ruleText({condition, description, link}) {
  return [
    condition && h('p', {class: 'condition', 'data-test': 'condition'}, h('code', {}, data(condition))),
    (description || link) && h('p', {class: 'description'}, description && data(description), ' ', link && outside(link)),
  ];
}

/* A link of a policy file is followed only to a page of the web. */
function outside(link) {
  return /^https?:\/\//i.test(link)
    ? h('a', {href: link, rel: 'noopener noreferrer', target: '_blank'}, visible(link), sign('external'))
    : data(link);
}

function answers(decision, heading) {
  return h(
    'section',
    {class: 'answers'},
    decision.kubectl ? printed('kubectl', decision.kubectl, heading) : decision.reason && printed('reason', decision.reason, heading),
    decision.warnings?.length > 0 && [
      heading(t('decision.warnings')),
      h(
        'ul',
        {class: 'warnings', 'data-test': 'warnings'},
        decision.warnings.map((text) => h('li', {}, sign('warned'), data(text))),
      ),
    ],
    annotations(decision.auditAnnotations ?? {}, heading),
  );
}

/* What kubectl prints is not known of every protocol; then there is the reason alone. */
function printed(name, text, heading) {
  const title = t(`decision.${name}`);
  return [
    h('header', {}, heading(title), copyButton(text, undefined, {'data-test': `copy-${name}`})),
    h('pre', {class: 'kubectl', 'data-test': name, tabindex: '0', role: 'group', 'aria-label': title}, visibleLines(text)),
  ];
}

function annotations(audit, heading) {
  const entries = Object.entries(audit);
  return (
    entries.length > 0 && [
      heading(t('decision.audit')),
      h(
        'dl',
        {class: 'pairs', 'data-test': 'audit'},
        entries.map(([key, value]) => h('div', {}, h('dt', {}, data(key)), h('dd', {}, data(value)))),
      ),
    ]
  );
}

function lookUps(found, heading) {
  return (
    found?.length > 0 &&
    h(
      'section',
      {'data-test': 'lookups'},
      heading(t('decision.lookups')),
      h(
        'div',
        {class: 'wide', tabindex: '0', role: 'group', 'aria-label': t('decision.lookups')},
        h(
          'table',
          {},
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              ['image', 'need', 'state', 'detail', 'time'].map((column) => h('th', {scope: 'col'}, t(`decision.lookup.${column}`))),
            ),
          ),
          h(
            'tbody',
            {},
            found.map((lookUp) =>
              h(
                'tr',
                {},
                h('td', {}, data(lookUp.image, {class: 'mono'})),
                h('td', {}, data(lookUp.need)),
                h('td', {}, h('span', {class: `lookup ${lookUp.state}`}, sign(LOOKED[lookUp.state]), t(`decision.lookup.${lookUp.state}`))),
                h('td', {}, lookUp.detail && data(lookUp.detail)),
                h('td', {}, lookUp.time && data(lookUp.time)),
              ),
            ),
          ),
        ),
      ),
    )
  );
}

const LOOKED = {
  known: 'satisfied',
  absent: 'not-applicable',
  undecidable: 'undecidable',
  unavailable: 'unavailable',
  pending: 'pending',
};

function more(key, count) {
  return count > 0 && h('p', {class: 'note'}, t(key, count));
}
