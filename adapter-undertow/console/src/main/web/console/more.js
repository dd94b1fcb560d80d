import {h} from '../shared/dom.js';
import {t} from '../shared/text.js';

/** How many entries of a list the server left out. */
export function more(count) {
  return count > 0 && h('p', {class: 'more', 'data-test': 'more'}, t('console.more', count));
}
