/**
 * Texts of a page that is not drawn again when the language changes.
 */
import {onLanguage, t} from '../shared/text.js';

/** Returns a text node that has the text of a key, in each language in turn. */
export function words(key) {
  const node = document.createTextNode(t(key));
  onLanguage(() => (node.data = t(key)));
  return node;
}

/** Gives an element an attribute with the text of a key, and returns the element. */
export function named(element, attribute, key) {
  const name = () => element.setAttribute(attribute, t(key));
  onLanguage(name);
  name();
  return element;
}
