import {h} from '../shared/dom.js';
import {sign} from '../shared/signs.js';
import {t} from '../shared/text.js';
import {clock} from '../shared/time.js';
import {visible} from '../shared/visible.js';

const COLUMNS = ['time', 'outcome', 'object', 'images', 'rules', 'took'];
const SPARE_ROWS = 2;

/** The table of decisions. Only rows in view have elements, which are used again for others. */
export class DecisionList {
  #onOpen;
  #onLeave;
  #rows = [];
  #slots = [];
  #first = 0;
  #active = 0;
  #height = 0;
  #rowHeight = 0;
  #pressed = null;
  #layer = h('div', {class: 'list-layer', role: 'none'});
  #space = h('div', {class: 'list-space', role: 'none'}, this.#layer);
  #scroller = h('div', {class: 'list-scroller', role: 'rowgroup', 'data-test': 'decision-list'}, this.#space);
  #head = h('div', {role: 'rowgroup'});
  #empty = h('p', {class: 'list-empty', 'data-test': 'list-empty'});

  element = h(
    'div',
    {class: 'list'},
    h('div', {class: 'list-grid', role: 'grid', 'data-test': 'decisions'}, this.#head, this.#scroller),
    this.#empty,
  );

  /** onOpen(row) opens a decision; onLeave() is called when the newest decision is no longer what the user looks at. */
  constructor({onOpen, onLeave}) {
    this.#onOpen = onOpen;
    this.#onLeave = onLeave;
    this.#scroller.addEventListener('scroll', () => this.#scrolled());
    this.#scroller.addEventListener('keydown', (event) => this.#key(event));
    this.#scroller.addEventListener('pointerdown', (event) => (this.#pressed = this.#rowOf(event.target)));
    this.#scroller.addEventListener('click', (event) => this.#click(event));
    this.#scroller.addEventListener('focusin', (event) => this.#focused(event.target));
    new ResizeObserver(() => this.#measure()).observe(this.#scroller);
  }

  translate() {
    this.#grid.setAttribute('aria-label', t('console.decisions'));
    this.#head.replaceChildren(
      h(
        'div',
        {class: 'list-row list-head', role: 'row', 'aria-rowindex': '1'},
        COLUMNS.map((column) => h('div', {class: `cell-${column}`, role: 'columnheader'}, t(`console.column.${column}`))),
      ),
    );
    this.#slots = [];
    this.#layer.replaceChildren();
    this.#measure();
  }

  /** Shows these rows, newest first, or says why there are none. */
  show(rows, whyEmpty) {
    this.#rows = rows;
    this.#empty.hidden = rows.length > 0;
    setText(this.#empty, whyEmpty);
    this.#draw();
  }

  toNewest() {
    this.#scroller.scrollTop = 0;
    this.#active = 0;
    this.#draw();
  }

  get #grid() {
    return this.#scroller.parentElement;
  }

  #measure() {
    if (this.#slots.length === 0) {
      this.#addSlot();
    }
    this.#height = this.#scroller.clientHeight;
    this.#rowHeight = this.#slots[0].element.offsetHeight || this.#rowHeight;
    this.#draw();
  }

  #draw() {
    if (this.#rowHeight === 0) {
      return;
    }
    const total = this.#rows.length;
    this.#first = Math.max(0, Math.min(Math.floor(this.#scroller.scrollTop / this.#rowHeight) - SPARE_ROWS, total - 1));
    const inView = Math.min(total - this.#first, Math.ceil(this.#height / this.#rowHeight) + 2 * SPARE_ROWS);
    while (this.#slots.length < inView) {
      this.#addSlot();
    }
    this.#grid.setAttribute('aria-rowcount', String(total + 1));
    this.#space.style.height = `${total * this.#rowHeight}px`;
    this.#layer.style.transform = `translateY(${this.#first * this.#rowHeight}px)`;
    this.#followFocus();
    this.#slots.forEach((slot, index) => slot.show(index < inView ? this.#rows[this.#first + index] : null, this.#first + index));
    this.#setTabStop(inView);
  }

  /* Exactly one row can be reached with the tab key: the active one, or the first if that one is not in view. */
  #setTabStop(inView) {
    const active = this.#active - this.#first;
    const stop = active >= 0 && active < inView ? active : 0;
    this.#slots.forEach((slot, index) => slot.setTabStop(index === stop));
  }

  #addSlot() {
    const slot = new Slot();
    this.#slots.push(slot);
    this.#layer.append(slot.element);
  }

  #slotIndex(target) {
    const element = target?.closest('.list-row');
    return this.#slots.findIndex((slot) => slot.element === element);
  }

  #rowOf(target) {
    return this.#slots[this.#slotIndex(target)]?.row ?? null;
  }

  #focused(target) {
    this.#active = this.#first + Math.max(0, this.#slotIndex(target));
    this.#slots.forEach((slot, index) => slot.setTabStop(this.#first + index === this.#active));
  }

  #followFocus() {
    const index = this.#slotIndex(document.activeElement);
    if (index >= 0) {
      this.#active = this.#first + index;
    }
  }

  /* Rows may move between press and release: the one that was pressed is opened. */
  #click(event) {
    const row = this.#pressed ?? this.#rowOf(event.target);
    this.#pressed = null;
    if (row) {
      this.#onOpen(row);
    }
  }

  #scrolled() {
    if (this.#scroller.scrollTop > 0) {
      this.#onLeave();
    }
    this.#draw();
  }

  #key(event) {
    const page = Math.max(1, Math.floor(this.#height / this.#rowHeight) - 1);
    const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.#rows.length, End: this.#rows.length};
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#onOpen(this.#rowOf(event.target));
    } else if (event.key in steps) {
      event.preventDefault();
      this.#onLeave();
      this.#moveTo(this.#active + steps[event.key]);
    }
  }

  #moveTo(wanted) {
    const index = Math.max(0, Math.min(wanted, this.#rows.length - 1));
    const top = index * this.#rowHeight;
    const lowest = top + this.#rowHeight - this.#height;
    this.#scroller.scrollTop = Math.max(lowest, Math.min(this.#scroller.scrollTop, top));
    this.#draw();
    this.#slots[index - this.#first]?.element.focus({preventScroll: true});
  }
}

/* One row of elements, which shows one decision after another. */
class Slot {
  row = null;
  #outcome = '';
  #cells = Object.fromEntries(COLUMNS.map((column) => [column, h('div', {class: `cell-${column}`, role: 'gridcell'})]));
  #namespace = h('bdi', {class: 'namespace'});
  #name = h('bdi', {});

  constructor() {
    this.element = h('div', {class: 'list-row', role: 'row', tabindex: '-1', 'data-test': 'decision-row'}, Object.values(this.#cells));
    this.#cells.object.append(this.#namespace, this.#name);
  }

  show(row, index) {
    this.element.hidden = row === null;
    this.element.setAttribute('aria-rowindex', String(index + 2));
    if (row !== null && row !== this.row) {
      this.#fill(row);
    }
    this.row = row;
  }

  setTabStop(stop) {
    this.element.tabIndex = stop ? 0 : -1;
  }

  #fill(row) {
    this.element.dataset.id = row.id;
    setText(this.#cells.time, clock(row.time));
    setText(this.#namespace, visible(row.namespace ?? ''));
    setText(this.#name, visible([row.kind, row.name].filter(Boolean).join(' ') || row.path));
    setText(this.#cells.images, visible(row.images.join(', ')) + (row.moreImages > 0 ? ` +${row.moreImages}` : ''));
    setText(this.#cells.rules, visible(row.rules.join(', ') || (row.allowed ? '' : row.reason)));
    setText(this.#cells.took, took(row.micros));
    if (row.outcome !== this.#outcome) {
      this.#outcome = row.outcome;
      this.element.dataset.outcome = row.outcome;
      this.#cells.outcome.replaceChildren(sign(row.outcome), t(`console.outcome.${row.outcome}`));
    }
  }
}

/** How long a decision took, in the largest unit that leaves a digit before the point. */
export function took(micros) {
  return micros < 1000 ? `${micros} µs` : micros < 1_000_000 ? `${(micros / 1000).toFixed(1)} ms` : `${(micros / 1_000_000).toFixed(1)} s`;
}

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
