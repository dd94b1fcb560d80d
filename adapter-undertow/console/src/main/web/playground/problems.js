/**
 * The list of mistakes below an editor: each leads to its place, and may be mended.
 */
import {fill, h} from '../shared/dom.js';
import {t} from '../shared/text.js';
import {data, visible} from '../shared/visible.js';

export class ProblemList {
  #element;
  #editor;
  #shown = '';

  /**
   * @param {string} name for tests
   * @param {import('./editor.js').Editor} editor which has the text
   */
  constructor(name, editor) {
    this.#editor = editor;
    this.#element = h('ol', {class: 'problems', 'data-test': name, hidden: true});
  }

  get element() {
    return this.#element;
  }

  /** Shows mistakes. A list that stays the same is not touched, so that it keeps the focus. */
  show(problems) {
    this.#editor.problems = problems;
    const shown = JSON.stringify([problems, t('playground.problems.go', '', '')]);
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#element.hidden = problems.length === 0;
      fill(this.#element, problems.map((problem) => this.#item(problem)));
    }
  }

  #item(problem) {
    return h(
      'li',
      {class: `problem ${problem.severity}`, 'data-test': 'problem'},
      h(
        'button',
        {type: 'button', class: 'quiet place', 'data-test': 'problem-place', 'aria-label': t('playground.problems.go', problem.line, problem.column), onclick: () => this.#editor.goTo(problem)},
        `${problem.line}:${problem.column}`,
      ),
      h('span', {class: 'text'}, problem.severity === 'warning' && h('b', {}, t('playground.problems.warning'), ' '), data(problem.text)),
      problem.suggestion !== undefined &&
        h('button', {type: 'button', 'data-test': 'problem-mend', onclick: () => this.#editor.mend(problem)}, t('playground.problems.replace', visible(problem.suggestion))),
    );
  }
}
