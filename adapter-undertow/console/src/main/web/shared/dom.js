/**
 * Makes elements. Texts become text nodes, whatever they contain: nothing on these pages is ever parsed as HTML.
 */

/**
 * Makes an element.
 *
 * @param {string} tag its name
 * @param {Object<string, string|number|boolean|function|undefined|null>} attributes a function is a listener (`onclick`), `true`
 *     an attribute without a value; `false`, `undefined` and `null` are left out
 * @param {...*} children nodes, texts, numbers, and arrays of these; `false`, `undefined` and `null` are left out
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.replace(/^on/, ''), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== undefined && value !== null) {
      element.setAttribute(name, value);
    }
  }
  return fill(element, ...children);
}

/** Replaces what an element contains by children in the form of {@link h}. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter(isChild).map((child) => (child instanceof Node ? child : String(child))));
  return parent;
}

function isChild(child) {
  return child !== null && child !== undefined && child !== false;
}

/** Offers a text as a file to save. */
export function saveAs(name, text) {
  const address = URL.createObjectURL(new Blob([text], {type: 'text/plain;charset=utf-8'}));
  h('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
