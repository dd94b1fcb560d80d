/** The last decisions, newest first, at most as many as the server keeps. */
export class Kept {
  #limit;
  #rows = [];
  #missed = 0;

  constructor(limit) {
    this.#limit = limit;
  }

  get rows() {
    return this.#rows;
  }

  /** How many decisions came faster than they could be sent. */
  get missed() {
    return this.#missed;
  }

  /** Adds a batch, oldest first. The first of a stream replaces what is here, because it has everything that the server keeps. */
  add({rows, missed, first}) {
    const before = first ? [] : this.#rows;
    this.#missed = (first ? 0 : this.#missed) + missed;
    this.#rows = rows.slice(-this.#limit).reverse().concat(before).slice(0, this.#limit);
  }

  /** Drops what an earlier process of the server decided. */
  dropBefore(started) {
    this.#rows = this.#rows.filter((row) => Date.parse(row.time) >= Date.parse(started));
    this.#missed = 0;
  }
}

/** The rows that a filter lets through: parts of names in any case, all filters together; and how many each outcome has. */
export function matching(rows, {namespace, rule, image, outcome}) {
  const [inNamespace, inRule, inImage] = [namespace, rule, image].map(contains);
  const counts = {all: 0, denied: 0, warned: 0, allowed: 0, failed: 0};
  const shown = [];
  for (const row of rows) {
    if (inNamespace([row.namespace ?? '']) && inRule(row.rules) && inImage(row.images)) {
      counts.all++;
      counts[row.outcome]++;
      if (!outcome || outcome === row.outcome) {
        shown.push(row);
      }
    }
  }
  return {shown, counts};
}

function contains(part) {
  const lower = part.trim().toLowerCase();
  return lower ? (texts) => texts.some((text) => text.toLowerCase().includes(lower)) : () => true;
}
