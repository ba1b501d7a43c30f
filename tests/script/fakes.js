// Fakes of browser features: storage, a clock with timers, a server.
export class FakeStorage {
  #items = new Map();
  isFull = false;
  get length() { return this.#items.size; }
  key(index) { return [...this.#items.keys()][index]; }
  getItem(name) { return this.#items.get(name) ?? null; }
  removeItem(name) { this.#items.delete(name); }
  setItem(name, value) {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.#items.set(name, value);
  }
}

export class FakeTime {
  #timers = [];
  #number = 0;
  at = 1000;
  now = () => this.at;
  later = (run, wait) => {
    const timer = { number: ++this.#number, at: this.at + wait, run };
    this.#timers.push(timer);
    return timer.number;
  };
  cancel = (number) => { this.#timers = this.#timers.filter((timer) => timer.number !== number); };
  // Advance the time and wait for everything that was due.
  async pass(milliseconds) {
    const until = this.at + milliseconds;
    await rest();
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= until).sort((one, other) => one.at - other.at)[0];
      if (!due) break;
      this.cancel(due.number);
      this.at = Math.max(this.at, due.at);
      due.run();
      await rest();
    }
    this.at = until;
  }
}

export const rest = () => new Promise((done) => { setImmediate(done); });

// Returns the answers in turn, then repeats the last one.
export const answering = (...answers) => {
  const asked = [];
  const answer = async (...request) => {
    asked.push(structuredClone(request));
    return answers.length > 1 ? answers.shift() : answers[0];
  };
  return Object.assign(answer, { asked });
};

export const keysInTurn = () => {
  let number = 0;
  return () => `key-${++number}`;
};
