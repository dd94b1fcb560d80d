import {fill, h} from './dom.js';
import {sign} from './signs.js';
import {t} from './text.js';

const SHOWN_MILLIS = 2000;

/** A button that copies a text, and says whether it did. */
export function copyButton(text, label = t('shared.copy'), attributes = {}) {
  const words = h('span', {}, label);
  const said = h('span', {class: 'visually-hidden', role: 'status'});
  return h('span', {class: 'copy'}, h('button', {type: 'button', ...attributes, onclick: copy}, sign('copy'), words), said);

  async function copy() {
    const result = t((await copied(text)) ? 'shared.copied' : 'shared.not-copied');
    fill(words, result);
    fill(said, result);
    setTimeout(() => fill(words, label), SHOWN_MILLIS);
  }
}

/**
 * Copies a text, and tells whether it could. Browsers have a clipboard for pages over HTTPS and from the machine itself only;
 * elsewhere a selected text can be copied.
 */
export async function copied(text) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const area = h('textarea', {class: 'visually-hidden', 'aria-hidden': 'true'});
  const holder = document.activeElement;
  (holder.closest('dialog') ?? document.body).append(area);
  area.value = text;
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  holder.focus();
  return done;
}
