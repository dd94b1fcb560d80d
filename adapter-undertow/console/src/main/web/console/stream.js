const FIRST_WAIT_MILLIS = 1000;
const LONGEST_WAIT_MILLIS = 30000;

/**
 * The decisions as they come. A stream is open only while somebody follows it: a paused page and a hidden tab have none,
 * so that nothing piles up and another page can have its place.
 */
export class DecisionStream {
  #listener;
  #source = null;
  #retry = 0;
  #wait = FIRST_WAIT_MILLIS;

  /** The listener has onOpen(), onDecisions({missed, rows, first}), onLost() and onFull(streams). */
  constructor(listener) {
    this.#listener = listener;
  }

  open() {
    if (this.#source || this.#retry) {
      return;
    }
    const source = new EventSource('api/decisions');
    let first = true;
    this.#source = source;
    source.addEventListener('open', () => this.#opened());
    source.addEventListener('decisions', (event) => {
      this.#listener.onDecisions({...JSON.parse(event.data), first});
      first = false;
    });
    source.addEventListener('full', (event) => this.#full(JSON.parse(event.data)));
    source.addEventListener('error', () => this.#lost(source));
  }

  close() {
    clearTimeout(this.#retry);
    this.#retry = 0;
    this.#source?.close();
    this.#source = null;
  }

  #opened() {
    this.#wait = FIRST_WAIT_MILLIS;
    this.#listener.onOpen();
  }

  #full({streams}) {
    this.close();
    this.#listener.onFull(streams);
  }

  /* After a broken connection the browser asks again, from the last decision on; after an answer that is no stream it does not. */
  #lost(source) {
    this.#listener.onLost();
    if (source.readyState === EventSource.CLOSED) {
      this.close();
      this.#retry = setTimeout(() => this.#again(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MILLIS);
    }
  }

  #again() {
    this.#retry = 0;
    this.open();
  }
}
