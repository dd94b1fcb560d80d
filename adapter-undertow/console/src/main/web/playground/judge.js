/**
 * Asks the server for the decision on what is typed: a moment after the last change, and one question at a time.
 */

const PAUSE = 150;
const LONGEST_WAIT = 30_000;

export class Judge {
  #question;
  #answered;
  #timer;
  #asking = false;
  #changed = false;

  /**
   * @param {() => object} question what to ask now
   * @param {(answer: object|null, error: {text?: string}|null) => void} answered takes the answer, or what is wrong: with the
   *     server's sentence if it gave one
   */
  constructor(question, answered) {
    this.#question = question;
    this.#answered = answered;
  }

  /** Something has changed. */
  changed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), PAUSE);
  }

  /** Asks now, or as soon as the last question is answered. */
  async now() {
    clearTimeout(this.#timer);
    if (this.#asking) {
      this.#changed = true;
      return;
    }
    this.#asking = true;
    this.#changed = false;
    const [answer, error] = await ask(this.#question());
    this.#asking = false;
    if (this.#changed) {
      this.now();
    }
    this.#answered(answer, error);
  }
}

async function ask(question) {
  try {
    const response = await fetch('api/judge', {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(question),
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
    const answer = await response.json();
    return response.ok ? [answer, null] : [null, {text: answer.error}];
  } catch {
    return [null, {}];
  }
}
