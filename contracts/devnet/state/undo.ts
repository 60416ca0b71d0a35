/** What a store held under a key before a change; `old` undefined = nothing. */
export type Change = { readonly store: Store<never, never>; readonly key: unknown; readonly old: unknown };

/** Journal of changes, newest last: undone down to a mark when a transaction fails, kept per block until it is final. */
export class UndoLog {
  #changes: Change[] = [];

  record(change: Change): void {
    this.#changes.push(change);
  }
  mark(): number {
    return this.#changes.length;
  }
  rollback(mark: number): void {
    undo(this.#changes.splice(mark));
  }
  /** Hands over all changes since the last cut. */
  cut(): Change[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }
}

/** Takes changes back, newest first. Returns those that, taken back in turn, bring them again. */
export function undo(changes: readonly Change[]): Change[] {
  const again: Change[] = [];
  for (let index = changes.length - 1; index >= 0; index--) {
    const change = changes[index];
    if (change === undefined) continue;
    const { store, key, old } = change;
    again.push({ store, key, old: (store as unknown as Store<unknown, unknown>).get(key) });
    store.place(key as never, old as never);
  }
  return again;
}

/** A map whose every change can be undone. Values are never changed in place, only replaced. */
export class Store<K, V> {
  readonly map = new Map<K, V>();
  readonly #log: UndoLog;

  constructor(log: UndoLog) {
    this.#log = log;
  }
  get(key: K): V | undefined {
    return this.map.get(key);
  }
  has(key: K): boolean {
    return this.map.has(key);
  }
  get size(): number {
    return this.map.size;
  }
  set(key: K, value: V): void {
    this.#log.record({ store: this as unknown as Store<never, never>, key, old: this.map.get(key) });
    this.place(key, value);
  }
  delete(key: K): void {
    this.#log.record({ store: this as unknown as Store<never, never>, key, old: this.map.get(key) });
    this.place(key, undefined);
  }
  /** Changes without a journal entry; for the journal itself. */
  place(key: K, value: V | undefined): void {
    if (value === undefined) this.map.delete(key);
    else this.map.set(key, value);
  }
}
