import {fill, h} from '../shared/dom.js';
import {sign} from '../shared/signs.js';
import {t} from '../shared/text.js';
import {visible} from '../shared/visible.js';
import {OUTCOMES} from './route.js';

const TEXTS = ['namespace', 'rule', 'image'];
const MOST_SUGGESTIONS = 200;

/** The filter of decisions: three texts and an outcome, with how many of the kept decisions each outcome has. */
export class Filters {
  #onChange;
  #suggest;
  #filter;
  #inputs = {};
  #radios = new Map();
  #counts = new Map();
  #clear;

  element = h('form', {class: 'filters', role: 'search', 'data-test': 'filters', onsubmit: (event) => event.preventDefault()});

  /** onChange(filter) is called for each change; suggest(name) gives what may be written in a text. */
  constructor({onChange, suggest}, filter) {
    this.#onChange = onChange;
    this.#suggest = suggest;
    this.#filter = filter;
  }

  translate() {
    this.element.setAttribute('aria-label', t('console.filter'));
    this.#clear = h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'data-test': 'filter-clear',
        onclick: () => this.#changed({namespace: '', rule: '', image: '', outcome: ''}),
      },
      t('console.filter.clear'),
    );
    fill(
      this.element,
      this.#outcomes(),
      TEXTS.map((name) => this.#text(name)),
      this.#clear,
    );
    this.set(this.#filter);
  }

  set(filter) {
    this.#filter = filter;
    TEXTS.filter((name) => this.#inputs[name].value !== filter[name]).forEach((name) => (this.#inputs[name].value = filter[name]));
    (this.#radios.get(filter.outcome) ?? this.#radios.get('')).checked = true;
    this.#clear.hidden = !Object.values(filter).some(Boolean);
  }

  count(counts) {
    for (const [outcome, element] of this.#counts) {
      const text = String(counts[outcome || 'all']);
      if (element.textContent !== text) {
        element.textContent = text;
      }
    }
  }

  #text(name) {
    const list = h('datalist', {id: `suggest-${name}`});
    const input = h('input', {
      id: `filter-${name}`,
      type: 'search',
      autocomplete: 'off',
      spellcheck: 'false',
      maxlength: '300',
      list: list.id,
      'data-test': `filter-${name}`,
      placeholder: t(`console.filter.${name}.example`),
      onfocus: () =>
        fill(
          list,
          this.#suggest(name)
            .slice(0, MOST_SUGGESTIONS)
            .map((value) => h('option', {value}, visible(value))),
        ),
      oninput: () => this.#changed({[name]: input.value}),
    });
    this.#inputs[name] = input;
    return h('div', {class: 'filter'}, h('label', {for: input.id}, t(`console.filter.${name}`)), input, list);
  }

  #outcomes() {
    return h(
      'fieldset',
      {class: 'outcomes'},
      h('legend', {class: 'visually-hidden'}, t('console.column.outcome')),
      ['', ...OUTCOMES].map((outcome) => this.#outcome(outcome)),
    );
  }

  #outcome(outcome) {
    const name = outcome || 'all';
    const radio = h('input', {
      type: 'radio',
      name: 'outcome',
      id: `outcome-${name}`,
      value: outcome,
      class: 'visually-hidden',
      'data-test': `outcome-${name}`,
      onchange: () => this.#changed({outcome}),
    });
    const count = h('span', {class: 'count', 'data-test': `count-${name}`}, '0');
    this.#radios.set(outcome, radio);
    this.#counts.set(outcome, count);
    return h(
      'div',
      {class: `outcome-choice ${name}`},
      radio,
      h('label', {for: radio.id}, outcome && sign(outcome), h('span', {}, t(`console.outcome.${name}`)), count),
    );
  }

  #changed(change) {
    this.#onChange({...this.#filter, ...change});
  }
}
