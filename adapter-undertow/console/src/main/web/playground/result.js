/**
 * What came of it: the decision on each object, or why there is none.
 */
import {decisionPicture} from '../shared/decision.js';
import {fill, h} from '../shared/dom.js';
import {onLanguage, t} from '../shared/text.js';
import {data} from '../shared/visible.js';
import {words} from './words.js';

export class Result {
  #retry;
  #content = h('div', {class: 'objects', 'data-test': 'objects'});
  #summary = h('p', {class: 'summary', 'data-test': 'summary'});
  #spoken = h('p', {class: 'visually-hidden', role: 'status', 'data-test': 'announcement'});
  #element;
  #answer = null;
  #error = null;
  #shown = '';

  /** @param {() => void} retry asks again */
  constructor(retry) {
    this.#retry = retry;
    this.#element = h(
      'section',
      {class: 'result', 'aria-labelledby': 'result-title', 'data-test': 'result'},
      h('div', {class: 'head'}, h('h2', {id: 'result-title'}, words('playground.result')), this.#summary),
      this.#spoken,
      this.#content,
    );
    onLanguage(() => this.#draw());
  }

  get element() {
    return this.#element;
  }

  /** Shows an answer of `/api/judge`, or that there is none. */
  show(answer, error) {
    this.#answer = answer;
    this.#error = error;
    this.#draw();
  }

  #draw() {
    const shown = JSON.stringify([this.#answer, this.#error, t('playground.result')]);
    if (shown === this.#shown || (!this.#answer && !this.#error)) {
      return;
    }
    this.#shown = shown;
    const sentence = this.#error ? t('playground.result.error') : summary(this.#answer);
    // The picture of a single decision begins with the same word.
    fill(this.#summary, this.#answer?.objects.length === 1 ? '' : sentence);
    if (this.#spoken.textContent !== sentence) {
      this.#spoken.textContent = sentence;
    }
    fill(this.#content, this.#error ? this.#failure() : objects(this.#answer));
  }

  #failure() {
    return h(
      'div',
      {class: 'notice bad', 'data-test': 'error'},
      h('p', {}, this.#error.text ? data(this.#error.text) : t('playground.result.offline')),
      h('button', {type: 'button', 'data-test': 'retry', onclick: this.#retry}, t('playground.result.retry')),
    );
  }
}

/** One sentence, which screen readers say, too. */
function summary({problems, objects, moreObjects}) {
  const mistakes = problems.filter(({severity}) => severity === 'error').length;
  if (mistakes) {
    return mistakes === 1 ? t('playground.result.mistake') : t('playground.result.mistakes', mistakes);
  }
  if (!objects.length) {
    return t('playground.result.empty');
  }
  if (objects.length === 1) {
    return t(`playground.result.${objects[0].decision.outcome}`);
  }
  const denied = objects.filter(({decision}) => !decision.allowed).length;
  return t('playground.result.objects', objects.length + moreObjects, denied);
}

function objects({objects, moreObjects, unread}) {
  return [
    objects.map(({title, place, decision}) =>
      h(
        'article',
        {class: 'panel object', 'data-test': 'object'},
        (title || place) && h('h3', {}, title && data(title), ' ', place && data(place, {class: 'hint'})),
        decisionPicture(decision, {level: 4}),
      ),
    ),
    moreObjects > 0 && h('p', {class: 'notice', 'data-test': 'more-objects'}, t('playground.result.more', moreObjects)),
    unread.length > 0 &&
      h('div', {class: 'notice warn', 'data-test': 'unread'}, h('p', {}, t('playground.result.unread')), h('ul', {}, unread.map((text) => h('li', {}, data(text))))),
  ];
}
