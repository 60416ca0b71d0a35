import { RowBuffer } from '../abi/row-buffer.ts';
import type { Table } from '../abi/schema.ts';
import type { RowSet } from '../sink/sink.ts';

/** Rows under construction, one buffer a table; the rows since the last mark can be taken back. */
export class RowSets {
  readonly #buffers: (RowBuffer | undefined)[] = [];
  readonly #marks: { pos: number; rows: number }[] = [];
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  of(table: number): RowBuffer {
    return (this.#buffers[table] ??= new RowBuffer(this.#capacity));
  }

  /** Rows of all tables, and their bytes. */
  size(): { rows: number; bytes: number } {
    let [rows, bytes] = [0, 0];
    for (const buffer of this.#buffers) {
      rows += buffer?.rows ?? 0;
      bytes += buffer?.pos ?? 0;
    }
    return { rows, bytes };
  }

  mark(): void {
    for (let i = 0; i < this.#buffers.length; i++) {
      const mark = (this.#marks[i] ??= { pos: 0, rows: 0 });
      mark.pos = this.#buffers[i]?.pos ?? 0;
      mark.rows = this.#buffers[i]?.rows ?? 0;
    }
  }

  rollback(): void {
    this.#buffers.forEach((buffer, i) => {
      if (buffer === undefined) return;
      buffer.pos = this.#marks[i]?.pos ?? 0;
      buffer.rows = this.#marks[i]?.rows ?? 0;
    });
  }

  /** Copies the rows out and begins anew. */
  take(tables: readonly Table[]): RowSet[] {
    const sets: RowSet[] = [];
    this.#buffers.forEach((buffer, i) => {
      const table = tables[i];
      if (buffer === undefined || table === undefined || buffer.rows === 0) return;
      sets.push({ table: table.layout.spec.name, rows: buffer.rows, bytes: buffer.take() });
      buffer.pos = 0;
      buffer.rows = 0;
    });
    for (const mark of this.#marks) mark.pos = mark.rows = 0;
    return sets;
  }
}
