/**
 * Completion and help from the JSON Schema of policies, for an editor.
 */
import {autocompletion, closeCompletion, currentCompletions, startCompletion} from '@codemirror/autocomplete';
import {Prec} from '@codemirror/state';
import {hoverTooltip, keymap} from '@codemirror/view';
import {h} from '../shared/dom.js';
import {t} from '../shared/text.js';
import {placeAt} from './yaml-place.js';

/** Longer texts are not searched at each key press. */
const LONGEST = 200_000;

export class Help {
  #schema = null;

  /** Sets the schema when it has been loaded. Until then there is no help. */
  set schema(schema) {
    this.#schema = schema;
  }

  /** The extensions of an editor. */
  get extensions() {
    return [
      // Before the keys of the completion.
      Prec.highest(keymap.of([{key: 'Enter', run: leaveComplete}])),
      autocompletion({icons: false, override: [(context) => this.#complete(context)]}),
      hoverTooltip((view, position) => this.#hover(view, position), {hideOnChange: true}),
    ];
  }

  /** Returns the help on the key that stands in the line of a position, `{name, help}`, or null. */
  helpAt(text, position) {
    if (!this.#schema || text.length > LONGEST) {
      return null;
    }
    const key = keyAround(text, position);
    const place = key && placeAt(text, key.from);
    if (!place || place.role === 'value') {
      return null;
    }
    const help = this.#schema.help({...place, path: [...place.path, key.name]});
    return help && {...key, help};
  }

  #complete(context) {
    const text = context.state.sliceDoc(0, context.pos);
    const place = this.#schema && text.length <= LONGEST ? placeAt(text, context.pos) : null;
    if (!place || (!place.typed && !context.explicit) || /\s/.test(place.typed)) {
      return null;
    }
    const options = [
      ...(place.role === 'value' ? [] : this.#schema.keys(place).map((key, index) => keyOption(key, index, place))),
      ...(place.role === 'key' ? [] : this.#schema.values(place).map((value) => valueOption(value, text, place))),
    ];
    return options.length ? {from: place.from, options, validFor: /^[\w./-]*$/} : null;
  }

  #hover(view, position) {
    const text = view.state.doc.toString();
    const found = this.helpAt(text, position);
    if (!found || position < found.from || position > found.from + found.name.length) {
      return null;
    }
    return {pos: found.from, end: found.from + found.name.length, above: true, create: () => ({dom: h('div', {class: 'help'}, helpText(found.help))})};
  }
}

/** Draws a help: what the key means, which values there are, and which it has when it is not written. */
export function helpText({description, values, byDefault}) {
  return [
    h('p', {}, withCode(description)),
    values.length > 0 && h('p', {}, t('playground.help.values'), ' ', values.flatMap((value, index) => [index > 0 && ', ', h('code', {}, value)])),
    byDefault !== undefined && h('p', {}, t('playground.help.default'), ' ', h('code', {}, JSON.stringify(byDefault).replace(/^"|"$/g, ''))),
  ];
}

/** What stands between backticks is code. */
function withCode(text) {
  return text.split('`').map((part, index) => (index % 2 ? h('code', {}, part) : part));
}

function keyOption(key, index, place) {
  return {
    label: key.name,
    detail: key.required ? t('playground.help.required') : undefined,
    boost: 50 - index,
    info: () => h('div', {class: 'help'}, helpText(key)),
    apply: (view, completion, from, to) => {
      const [before, behind] = around(key, place);
      const insert = key.name + before;
      view.dispatch({changes: {from, to, insert: insert + behind}, selection: {anchor: from + insert.length}, userEvent: 'input.complete'});
      if (key.values.length) {
        startCompletion(view);
      }
    },
  };
}

/** What follows a key: the text before and behind the place where what it contains is typed. */
function around({shape, mappings}, {flow, indent}) {
  const deeper = ':\n' + ' '.repeat(indent + 2);
  if (shape === 'text') {
    return [': ', ''];
  }
  if (shape === 'mapping') {
    return flow ? [': {', '}'] : [deeper, ''];
  }
  return flow || !mappings ? [': [', ']'] : [deeper + '- ', ''];
}

/** Closes the list where its only value has been typed, so that Enter is a new line. */
function leaveComplete(view) {
  const [only, more] = currentCompletions(view.state);
  const {head} = view.state.selection.main;
  const typed = only ? view.state.sliceDoc(Math.max(0, head - only.label.length - 1), head) : '';
  if (only && !more && only.isValue && typed.endsWith(only.label) && !typed.startsWith(':')) {
    closeCompletion(view);
  }
  return false;
}

function valueOption(value, text, place) {
  return {label: value, isValue: true, apply: text[place.from - 1] === ':' ? ` ${value}` : value};
}

/** The key at a position, or the first one of its line. */
function keyAround(text, position) {
  const begin = text.lastIndexOf('\n', position - 1) + 1;
  const end = text.indexOf('\n', position);
  const line = text.slice(begin, end < 0 ? text.length : end);
  const keys = [...line.matchAll(/([\w.-]*\w)\s*:(?=\s|$)/g)].map((match) => ({name: match[1], from: begin + match.index}));
  return keys.findLast((key) => key.from <= position) ?? keys[0] ?? null;
}
