/**
 * What the browser remembers between visits. A browser that forbids it remembers nothing.
 */

export function remembered(name) {
  try {
    return localStorage.getItem(`imagegate.${name}`);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`imagegate.${name}`, value);
  } catch {
    // It holds for this visit.
  }
}
