/**
 * The dialog with the built-in policies and the examples, to search and pick.
 */
import {fill, h} from '../shared/dom.js';
import {sign} from '../shared/signs.js';
import {language, onLanguage, t} from '../shared/text.js';
import {named, words} from './words.js';

export class Examples {
  #address;
  #pick;
  #groups = null;
  #search = named(h('input', {type: 'search', 'data-test': 'examples-search', autocomplete: 'off', oninput: () => this.#draw()}), 'aria-label', 'playground.examples.search');
  #count = h('p', {class: 'hint', role: 'status', 'data-test': 'examples-count'});
  #list = h('div', {class: 'groups'});
  #dialog;

  /**
   * @param {string} address of the examples
   * @param {(example: object) => void} pick takes the one that was picked
   */
  constructor(address, pick) {
    this.#address = address;
    this.#pick = pick;
    const close = named(h('button', {type: 'button', class: 'quiet', 'data-test': 'examples-close', onclick: () => this.#dialog.close()}, sign('close')), 'aria-label', 'playground.close');
    this.#dialog = h(
      'dialog',
      {class: 'examples', 'aria-labelledby': 'examples-title', 'data-test': 'examples-dialog', onclick: (event) => this.#closeOutside(event)},
      h('div', {class: 'top'}, h('h2', {id: 'examples-title'}, words('playground.examples.title')), close, this.#search, this.#count),
      this.#list,
    );
    named(this.#search, 'placeholder', 'playground.examples.search');
    onLanguage(() => this.#draw());
  }

  get element() {
    return this.#dialog;
  }

  async open() {
    this.#dialog.showModal();
    this.#search.select();
    if (!this.#groups) {
      await this.#load();
    }
    this.#draw();
  }

  async #load() {
    try {
      this.#groups = (await (await fetch(this.#address)).json()).groups;
    } catch {
      this.#groups = null;
    }
  }

  #draw() {
    if (!this.#groups) {
      this.#count.textContent = t('playground.examples.none');
      return;
    }
    const found = this.#groups.map((group) => [group, group.examples.filter((example) => this.#isWanted(group, example))]).filter(([, examples]) => examples.length);
    this.#count.textContent = t('playground.examples.count', found.reduce((sum, [, examples]) => sum + examples.length, 0));
    fill(
      this.#list,
      found.map(([group, examples], index) =>
        h(
          'section',
          {'aria-labelledby': `examples-${index}`},
          h('h3', {id: `examples-${index}`}, inLanguage(group, 'name')),
          h('ul', {}, examples.map((example) => h('li', {}, this.#button(example)))),
        ),
      ),
    );
  }

  #button(example) {
    return h(
      'button',
      {
        type: 'button',
        class: 'quiet example',
        'data-test': 'example',
        onclick: () => {
          this.#dialog.close();
          this.#pick(example);
        },
      },
      h('span', {class: 'title'}, inLanguage(example, 'title')),
      h('span', {class: 'hint'}, example.name),
    );
  }

  #isWanted(group, example) {
    const text = [group.name, group.nameZh, example.name, example.title, example.titleZh, example.policy].join('\n').toLowerCase();
    return this.#search.value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
  }

  #closeOutside(event) {
    if (event.target === this.#dialog) {
      this.#dialog.close();
    }
  }
}

/** Returns a text of the examples in the language of the reader, if they have it. */
export function inLanguage(object, name) {
  return (language() === 'zh-CN' && object[`${name}Zh`]) || object[name];
}
