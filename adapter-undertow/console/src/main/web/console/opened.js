import {decisionPicture, outcomeMark} from '../shared/decision.js';
import {fill, h} from '../shared/dom.js';
import {sign} from '../shared/signs.js';
import {t} from '../shared/text.js';
import {moment} from '../shared/time.js';
import {data} from '../shared/visible.js';
import {took} from './list.js';

const LONGEST_MILLIS = 10000;

/** The dialog with one decision. The browser keeps the keyboard inside, closes it on Escape and returns the focus. */
export class OpenedDecision {
  #rowOf;
  #id = '';
  #asked = new AbortController();
  #title = h('h2', {id: 'opened-title', tabindex: '-1', autofocus: true});
  #content = h('div', {class: 'opened-content'});
  #close = h(
    'button',
    {type: 'button', class: 'quiet icon-only', 'data-test': 'close', onclick: () => this.element.close()},
    sign('close'),
  );

  element = h(
    'dialog',
    {class: 'opened', 'aria-labelledby': 'opened-title', 'data-test': 'opened'},
    h('header', {}, this.#title, this.#close),
    this.#content,
  );

  /** onClose() is called when the user closed it; rowOf(id) gives what the page itself knows of a decision. */
  constructor({onClose, rowOf}) {
    this.#rowOf = rowOf;
    this.element.addEventListener('close', () => this.#id && onClose());
    this.element.addEventListener('click', (event) => event.target === this.element && this.element.close());
  }

  /** Opens the decision with this identifier; "" closes. */
  show(id) {
    if (id === this.#id) {
      return;
    }
    this.#id = id;
    this.#asked.abort();
    if (id) {
      this.#open();
    } else {
      this.element.close();
    }
  }

  translate() {
    if (this.#id) {
      this.#open();
    }
  }

  async #open() {
    this.#asked = new AbortController();
    const {signal} = this.#asked;
    this.#close.setAttribute('aria-label', t('console.close'));
    fill(this.#title, t('console.opened'));
    fill(this.#content, h('p', {role: 'status'}, t('console.loading')));
    if (!this.element.open) {
      this.element.showModal();
    }
    const shown = await ask(this.#id, AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MILLIS)]));
    if (!signal.aborted) {
      this.#fill(shown);
    }
  }

  #fill({row = this.#rowOf(this.#id), decision, omitted, error}) {
    if (row) {
      fill(this.#title, titleOf(row));
    }
    fill(
      this.#content,
      row && facts(row, decision),
      error && h('p', {class: 'banner', role: 'alert', 'data-test': 'opened-error'}, error),
      omitted && h('p', {class: 'banner', 'data-test': 'opened-omitted'}, t(`console.opened.omitted.${omitted}`)),
      decision ? decisionPicture(decision, {level: 3}) : row && outcomeAlone(row),
    );
  }
}

async function ask(id, signal) {
  try {
    const response = await fetch(`api/decisions/${encodeURIComponent(id)}`, {signal});
    return response.ok ? await response.json() : {error: t(response.status === 404 ? 'console.opened.gone' : 'console.opened.failed')};
  } catch {
    return {error: t('console.opened.failed')};
  }
}

function titleOf({kind, namespace, name, path}) {
  return [kind ?? t('console.opened'), ' ', data([namespace, name].filter(Boolean).join('/') || path)];
}

/* Without a picture the row says what was decided. */
function outcomeAlone(row) {
  return h(
    'div',
    {'data-test': 'opened-row'},
    h('p', {}, outcomeMark(row.outcome)),
    h('p', {class: 'why'}, data(row.reason)),
    h('p', {class: 'source'}, data(row.images.join(', '), {class: 'mono'})),
  );
}

/* The time stands in the picture, if there is one. */
function facts(row, decision) {
  const entries = [
    ['time', !decision && moment(row.time)],
    ['user', row.user && data(row.user)],
    ['operation', row.operation && data(row.operation)],
    ['path', data(row.path, {class: 'mono'})],
    ['protocol', data(row.protocol)],
    ['set', row.policySet && data(row.policySet)],
    ['took', took(row.micros)],
  ];
  return h(
    'dl',
    {class: 'facts', 'data-test': 'facts'},
    entries.filter(([, value]) => value).map(([key, value]) => h('div', {}, h('dt', {}, t(`console.fact.${key}`)), h('dd', {}, value))),
  );
}
