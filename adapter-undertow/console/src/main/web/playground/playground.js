/**
 * The playground: a policy, what is asked, and the decision on it as one types.
 */
import {copied} from '../shared/copy.js';
import {fill, h, saveAs} from '../shared/dom.js';
import {header} from '../shared/header.js';
import {sign} from '../shared/signs.js';
import {language, onLanguage, t} from '../shared/text.js';
import {visible} from '../shared/visible.js';
import {Editor} from './editor.js';
import {Examples, inLanguage} from './examples.js';
import {Help, helpText} from './help.js';
import {Judge} from './judge.js';
import {fragmentOf, textsOf} from './link.js';
import {ProblemList} from './problems.js';
import {Result} from './result.js';
import {first, kindOf, kinds} from './samples.js';
import {Schema} from './schema.js';
import {words} from './words.js';

const {schema: schemaAddress, examples: examplesAddress} = document.documentElement.dataset;

const judge = new Judge(question, answered);
const changed = () => judge.changed();
const policyHelp = new Help();
const factsHelp = new Help();

const policy = new Editor({name: 'policy', label: () => t('playground.policy.label'), onChange: changed, onMove: showKeyHelp, help: policyHelp.extensions});
const asked = new Editor({name: 'asked', label: () => t('playground.asked.label'), onChange: changed});
const facts = new Editor({name: 'facts', label: () => t('playground.facts.label'), onChange: changed, help: factsHelp.extensions});
const policyProblems = new ProblemList('policy-problems', policy);
const askedProblems = new ProblemList('asked-problems', asked);
const factsProblems = new ProblemList('facts-problems', facts);
const result = new Result(() => judge.now());
const examples = new Examples(examplesAddress, pickExample);

const kind = h('select', {id: 'kind', 'data-test': 'kind', onchange: changeKind}, kinds.map(({id}) => h('option', {value: id}, words(`playground.kind.${id}`))));
const cases = h('select', {id: 'case', 'data-test': 'case', onchange: () => pickCase(Number(cases.value))});
const casesField = field('case', cases);
const namespace = h('input', {id: 'namespace', 'data-test': 'namespace', autocomplete: 'off', spellcheck: 'false', oninput: changed});
const at = h('input', {id: 'at', 'data-test': 'at', placeholder: '2027-01-31T12:00:00Z', autocomplete: 'off', spellcheck: 'false', oninput: changed});
const factsDetails = h('details', {'data-test': 'facts-details'});
const keyHelp = h('div', {class: 'key-help', 'data-test': 'key-help'});
const said = h('p', {class: 'said', role: 'status', 'data-test': 'said'});
const testButton = button('copy-test', 'playground.copy-test', 'test', async () => say(await copied(answer.policyTest), 'playground.copied.test'));

const tools = h(
  'div',
  {class: 'tools'},
  button('examples', 'playground.examples', 'examples', () => examples.open(), 'primary'),
  button('copy-link', 'playground.link', 'link', copyLink),
  button('save', 'playground.save', 'save', save),
  testButton,
);

let answer = null;
let example = null;

function question() {
  return {
    policy: policy.text,
    asked: {input: kindOf(kind.value).input, text: asked.text},
    namespace: namespace.value.trim(),
    at: at.value.trim(),
    facts: facts.text,
    language: language(),
  };
}

function answered(newAnswer, error) {
  answer = newAnswer;
  result.show(answer, error);
  testButton.disabled = !answer?.policyTest;
  if (answer) {
    const of = (part) => answer.problems.filter((problem) => problem.in === part);
    policyProblems.show(of('policy'));
    askedProblems.show(of('asked'));
    factsProblems.show(of('facts'));
    factsDetails.open ||= of('facts').length > 0;
    showFieldProblems(namespace, of('namespace'));
    showFieldProblems(at, of('at'));
  }
}

function showFieldProblems(input, problems) {
  input.setAttribute('aria-invalid', problems.length > 0);
  document.getElementById(input.getAttribute('aria-describedby')).textContent = problems.map(({text}) => visible(text)).join(' ');
}

function showKeyHelp() {
  const found = policyHelp.helpAt(policy.text, policy.cursor);
  fill(keyHelp, found ? [h('p', {}, h('code', {class: 'key'}, found.name)), helpText(found.help)] : h('p', {}, t('playground.help.none')));
}

// What is shown, as texts by name.

function texts() {
  return {policy: policy.text, kind: kind.value, text: asked.text, namespace: namespace.value, at: at.value, facts: facts.text};
}

function show(texts) {
  const all = {...first, ...texts};
  kind.value = kindOf(all.kind).id;
  asked.isYaml = kindOf(all.kind).yaml;
  namespace.value = all.namespace;
  at.value = all.at;
  policy.text = all.policy;
  asked.text = all.text;
  facts.text = all.facts;
  factsDetails.open = all.facts !== '';
  judge.now();
}

/** Shows the small example of another kind, unless something of one's own would be lost. */
function changeKind() {
  asked.isYaml = kindOf(kind.value).yaml;
  if (!asked.text.trim() || kinds.some(({text}) => text === asked.text)) {
    asked.text = kindOf(kind.value).text;
  }
  judge.now();
}

function fillSample() {
  asked.text = kindOf(kind.value).text;
  judge.now();
}

function pickExample(picked) {
  example = picked;
  drawCases();
  pickCase(0);
  policy.focus();
}

function pickCase(index) {
  const {asked, namespace, at, facts} = example.cases[index];
  show({policy: example.policy, kind: asked.input, text: asked.text, namespace, at, facts});
  cases.value = index;
}

function drawCases() {
  casesField.hidden = !example;
  fill(cases, (example?.cases ?? []).map((one, index) => h('option', {value: index}, `${inLanguage(one, 'title')} · ${t(`playground.case.${one.expected}`)}`)));
}

// Links, files.

async function copyLink() {
  const fragment = await fragmentOf(texts());
  if (fragment === null) {
    say(false, 'playground.copied.link', 'playground.link.long');
    return;
  }
  history.replaceState(null, '', fragment);
  say(await copied(location.href), 'playground.copied.link');
}

async function openLink() {
  const linked = await textsOf(location.hash);
  if (linked) {
    example = null;
    drawCases();
  }
  show(linked ?? {});
}

function save() {
  const name = answer?.policies?.[0]?.name ?? 'policy';
  saveAs(`${name.replace(/[^\w.-]/g, '_')}.yaml`, answer?.policyFile ?? policy.text);
}

function say(done, key, otherwise = 'playground.copied.not') {
  said.textContent = t(done ? key : otherwise);
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (said.textContent = ''), 6000);
}

// The page.

function button(name, key, shape, onclick, style = '') {
  return h('button', {type: 'button', class: style, 'data-test': name, onclick}, sign(shape), words(key));
}

function field(id, input, problems = false) {
  if (problems) {
    input.setAttribute('aria-describedby', `${id}-problem`);
  }
  return h(
    'div',
    {class: `field for-${id}`},
    h('label', {for: id}, words(`playground.${id}`)),
    input,
    problems && h('p', {class: 'field-problem', id: `${id}-problem`, 'data-test': `${id}-problem`}),
  );
}

function page() {
  return h(
    'main',
    {id: 'main', tabindex: '-1', class: 'playground'},
    h(
      'section',
      {class: 'panel policy', 'aria-labelledby': 'policy-title'},
      h('div', {class: 'head'}, h('h2', {id: 'policy-title'}, words('playground.policy'))),
      policy.element,
      policyProblems.element,
      keyHelp,
      h('p', {class: 'hint keys'}, words('playground.keys')),
    ),
    h(
      'div',
      {class: 'side'},
      h(
        'section',
        {class: 'panel asked', 'aria-labelledby': 'asked-title'},
        h('div', {class: 'head'}, h('h2', {id: 'asked-title'}, words('playground.asked'))),
        h('div', {class: 'fields'}, field('kind', kind), button('sample', 'playground.sample', 'sample', fillSample), casesField),
        asked.element,
        askedProblems.element,
        h('div', {class: 'fields'}, field('namespace', namespace, true), field('at', at, true)),
        fill(
          factsDetails,
          h('summary', {}, words('playground.facts')),
          h('p', {class: 'hint'}, words('playground.facts.hint')),
          facts.element,
          factsProblems.element,
        ),
      ),
      result.element,
    ),
  );
}

function bar() {
  return header({title: t('playground.title'), links: [], tools});
}

/** Adds the formats of which there is no sample, with the names that the library gives them. */
async function loadInputs() {
  const {inputs} = await (await fetch('api/inputs')).json();
  for (const input of inputs.filter((name) => !kinds.some((known) => known.input === name))) {
    kinds.push({id: input, input, text: '', yaml: false});
    kind.append(h('option', {value: input}, visible(input)));
  }
}

async function loadHelp() {
  const schema = await (await fetch(schemaAddress)).json();
  policyHelp.schema = new Schema(schema);
  factsHelp.schema = new Schema(schema, schema.$defs.facts);
  showKeyHelp();
}

let shownBar = bar();
casesField.hidden = true;
fill(document.body, shownBar, page(), said, examples.element);
onLanguage(() => {
  const newBar = bar();
  shownBar.replaceWith(newBar);
  shownBar = newBar;
  [policy, asked, facts].forEach((editor) => editor.translate());
  drawCases();
  showKeyHelp();
  judge.now();
});
addEventListener('hashchange', openLink);
loadInputs().finally(openLink);
loadHelp();
