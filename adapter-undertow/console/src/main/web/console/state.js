const EVERY_MILLIS = 10_000;
const EVERY_MILLIS_WHEN_LOST = 2_000;

/** The state of the replica, asked for every ten seconds while the page is visible, and more often after no answer. */
export class ReplicaState {
  #listener;
  #timer = 0;
  #asking = null;

  /** The listener has onState(state) and onNoState(). */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Asks now, unless an answer is on its way. */
  async ask() {
    this.#asking ??= readState().finally(() => (this.#asking = null));
    const state = await this.#asking;
    clearTimeout(this.#timer);
    if (!document.hidden) {
      this.#timer = setTimeout(() => this.ask(), state ? EVERY_MILLIS : EVERY_MILLIS_WHEN_LOST);
    }
    if (state) {
      this.#listener.onState(state);
    } else {
      this.#listener.onNoState();
    }
  }
}

/* Null if there is no answer. */
async function readState() {
  try {
    const response = await fetch('api/state', {signal: AbortSignal.timeout(EVERY_MILLIS)});
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
