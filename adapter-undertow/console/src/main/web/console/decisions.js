import {fill, h} from '../shared/dom.js';
import {sign} from '../shared/signs.js';
import {t} from '../shared/text.js';
import {Filters} from './filters.js';
import {Kept, matching} from './kept.js';
import {DecisionList} from './list.js';
import {DecisionStream} from './stream.js';

/** The last decisions as they come, their filter, and a button that lets them stand still. */
export class DecisionsView {
  #kept;
  #limit;
  #filter;
  #list;
  #filters;
  #stream;
  #frame = 0;
  #seen = false;
  #paused = false;
  #streams = 0;
  #status = 'connecting';
  #statusLine = h('p', {class: 'stream-status', role: 'status', 'data-test': 'stream-status'});
  #pause = h('button', {type: 'button', 'data-test': 'pause', onclick: () => this.#setPaused(!this.#paused)});
  #again = h('button', {type: 'button', 'data-test': 'ask-again', onclick: () => this.#askAgain()});
  #missed = h('p', {class: 'missed', 'data-test': 'missed'});

  /** onFilter(filter), onOpen(row), onConnected() and onLost() tell the page; rules() gives the names of all rules. */
  constructor({limit, filter, onFilter, onOpen, onConnected, onLost, rules}) {
    this.#limit = limit;
    this.#filter = filter;
    this.#kept = new Kept(limit);
    this.#list = new DecisionList({onOpen, onLeave: () => this.#setPaused(true)});
    this.#filters = new Filters({onChange: onFilter, suggest: (name) => this.#suggest(name, rules)}, filter);
    this.#stream = new DecisionStream({
      onOpen: () => {
        this.#say('live');
        onConnected();
      },
      onDecisions: (batch) => this.#add(batch),
      onLost: () => {
        this.#say('lost');
        onLost();
      },
      onFull: (streams) => this.#full(streams),
    });
    this.element = h(
      'section',
      {class: 'decisions', 'data-test': 'decisions-view'},
      this.#filters.element,
      h('div', {class: 'stream'}, this.#statusLine, this.#missed, this.#again, this.#pause),
      this.#list.element,
    );
    this.translate();
  }

  translate() {
    this.#filters.translate();
    this.#list.translate();
    fill(this.#again, t('console.ask-again'));
    this.#drawStream();
    this.#draw();
  }

  setFilter(filter) {
    this.#filter = filter;
    this.#filters.set(filter);
    this.#schedule();
  }

  /** Whether anybody looks at the list. What nobody sees is not followed. */
  setSeen(seen) {
    this.#seen = seen;
    this.#follow();
  }

  /** The row of a decision, if it is among those that are kept here. */
  rowOf(id) {
    return this.#kept.rows.find((row) => row.id === id);
  }

  /** Drops what an earlier process of the server decided, except from a list that stands still. */
  restarted(started) {
    if (!this.#paused) {
      this.#kept.dropBefore(started);
      this.#schedule();
    }
  }

  #follow() {
    if (this.#seen && !this.#paused && this.#streams === 0) {
      this.#stream.open();
    } else {
      this.#stream.close();
    }
  }

  #add(batch) {
    this.#kept.add(batch);
    this.#schedule();
  }

  #setPaused(paused) {
    if (paused === this.#paused) {
      return;
    }
    this.#paused = paused;
    this.#say(paused ? 'paused' : 'connecting');
    if (!paused) {
      this.#list.toNewest();
    }
    this.#follow();
  }

  #full(streams) {
    this.#streams = streams;
    this.#say('full');
  }

  #askAgain() {
    this.#streams = 0;
    this.#say('connecting');
    this.#follow();
  }

  #say(status) {
    if (status !== this.#status) {
      this.#status = status;
      this.#drawStream();
    }
  }

  #drawStream() {
    const key = this.#paused ? 'play' : 'pause';
    this.#statusLine.dataset.status = this.#status;
    fill(
      this.#statusLine,
      h('span', {class: 'dot', 'aria-hidden': 'true'}),
      t(`console.stream.${this.#status}`, this.#limit, this.#streams),
    );
    fill(this.#pause, sign(key), t(`console.${key}`));
    this.#again.hidden = this.#status !== 'full';
    this.#pause.hidden = this.#status === 'full';
  }

  /* However many batches come, there is one drawing in a frame. */
  #schedule() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw() {
    const {rows, missed} = this.#kept;
    const {shown, counts} = matching(rows, this.#filter);
    this.#filters.count(counts);
    this.#missed.hidden = missed === 0;
    fill(this.#missed, missed > 0 && t('console.missed', missed));
    this.#list.show(shown, t(rows.length > 0 ? 'console.empty.filtered' : 'console.empty', rows.length));
  }

  #suggest(name, rules) {
    const found = name === 'rule' ? rules() : this.#kept.rows.flatMap((row) => (name === 'image' ? row.images : (row.namespace ?? [])));
    return [...new Set(found)].sort();
  }
}
