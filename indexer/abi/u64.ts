/**
 * A map keyed by 64-bit integers given as two 32-bit halves: open addressing, no BigInt is made on look-up.
 * Bounded: at `limit` entries it is emptied, so that hostile input cannot grow it for ever.
 */
export class U64Map<Value> {
  readonly #limit: number;
  #low: Uint32Array;
  #high: Uint32Array;
  #values: (Value | undefined)[];
  #mask: number;
  #size = 0;

  constructor(limit = Number.MAX_SAFE_INTEGER) {
    this.#limit = limit;
    this.#mask = 63;
    this.#low = new Uint32Array(64);
    this.#high = new Uint32Array(64);
    this.#values = new Array<Value | undefined>(64).fill(undefined);
  }

  get(low: number, high: number): Value | undefined {
    return this.#values[this.#slot(low, high)];
  }

  set(low: number, high: number, value: Value): void {
    if (this.#size >= this.#limit) this.#rebuild(64, false);
    else if (this.#size * 2 > this.#mask) this.#rebuild((this.#mask + 1) * 2, true);
    const at = this.#slot(low, high);
    if (this.#values[at] === undefined) this.#size++;
    this.#low[at] = low;
    this.#high[at] = high;
    this.#values[at] = value;
  }

  #slot(low: number, high: number): number {
    const mask = this.#mask;
    let at = (Math.imul(low ^ (low >>> 15), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)) >>> 3;
    for (at &= mask; this.#values[at] !== undefined; at = (at + 1) & mask) {
      if (this.#low[at] === low && this.#high[at] === high) return at;
    }
    return at;
  }

  #rebuild(capacity: number, keep: boolean): void {
    const [low, high, values] = [this.#low, this.#high, this.#values];
    this.#mask = capacity - 1;
    this.#low = new Uint32Array(capacity);
    this.#high = new Uint32Array(capacity);
    this.#values = new Array<Value | undefined>(capacity).fill(undefined);
    this.#size = 0;
    if (!keep) return;
    values.forEach((value, i) => {
      if (value !== undefined) this.set(low[i] as number, high[i] as number, value);
    });
  }
}
