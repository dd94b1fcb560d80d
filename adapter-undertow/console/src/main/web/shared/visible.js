import {h} from './dom.js';

/* Characters that show nothing, or change the order of others: control and format characters, separators of lines, lone halves of pairs. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{DI}]/u;
const EACH_HIDDEN = new RegExp(HIDDEN, 'gu');

/** The text with each character that cannot be seen as its code point, such as ⟨U+202E⟩. No text stays none. */
export function visible(text) {
  return text && HIDDEN.test(text) ? text.replace(EACH_HIDDEN, codePoint) : text;
}

/** The same with the ends of lines as they are. */
export function visibleLines(text) {
  return text.split('\n').map(visible).join('\n');
}

/** An element with text from outside, whose direction changes nothing around it. */
export function data(text, attributes = {}) {
  return h('bdi', attributes, visible(text));
}

function codePoint(character) {
  return `⟨U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
