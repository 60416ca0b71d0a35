import type { Skip } from '../abi/codec.ts';
import type { Types } from '../abi/compile.ts';
import type { Reader } from '../abi/reader.ts';
import { project, projectVariant } from './project.ts';

/** The delta table that holds contracts' rows; the others are passed over. */
const rowTable = 'contract_row';

/**
 * One changed row of a contract's table, as places in the message's bytes: the same object is filled again for every row, so
 * nothing may keep it. 64-bit values are halves. A removed row carries the value that it had.
 */
export class RowDelta {
  isPresent = false;
  codeLow = 0;
  codeHigh = 0;
  scopeLow = 0;
  scopeHigh = 0;
  tableLow = 0;
  tableHigh = 0;
  keyLow = 0;
  keyHigh = 0;
  payerLow = 0;
  payerHigh = 0;
  valueAt = 0;
  valueEnd = 0;

  /** Takes over all of another row. */
  copy(row: RowDelta): void {
    this.isPresent = row.isPresent;
    this.codeLow = row.codeLow;
    this.codeHigh = row.codeHigh;
    this.scopeLow = row.scopeLow;
    this.scopeHigh = row.scopeHigh;
    this.tableLow = row.tableLow;
    this.tableHigh = row.tableHigh;
    this.keyLow = row.keyLow;
    this.keyHigh = row.keyHigh;
    this.payerLow = row.payerLow;
    this.payerHigh = row.payerHigh;
    this.valueAt = row.valueAt;
    this.valueEnd = row.valueEnd;
  }
}

/** Walks a block's packed `table_delta[]` without making objects. Built from the protocol's own ABI. */
export type DeltaWalk = (from: Reader, visit: (row: RowDelta) => void) => void;

type Word = 'code' | 'scope' | 'table' | 'key' | 'payer';

export function createDeltaWalk(types: Types): DeltaWalk {
  const row = new RowDelta();
  let visit: (row: RowDelta) => void = () => undefined;
  let [nameAt, nameEnd] = [0, 0];

  const word =
    (low: `${Word}Low`, high: `${Word}High`): Skip =>
    (from) => {
      const at = from.take(8, 'uint64');
      row[low] = from.view.getUint32(at, true);
      row[high] = from.view.getUint32(at + 4, true);
    };
  const contractRow = projectVariant(types, 'contract_row', (name) =>
    project(types, name, {
      code: ['name', word('codeLow', 'codeHigh')],
      scope: ['name', word('scopeLow', 'scopeHigh')],
      table: ['name', word('tableLow', 'tableHigh')],
      primary_key: ['uint64', word('keyLow', 'keyHigh')],
      payer: ['name', word('payerLow', 'payerHigh')],
      value: [
        'bytes',
        (from) => {
          row.valueAt = from.blob('bytes');
          row.valueEnd = from.pos;
        },
      ],
    }),
  );
  const changed = project(types, 'row', {
    present: ['bool', (from) => void (row.isPresent = from.flag())],
    data: [
      'bytes',
      (from) => {
        const at = from.blob('bytes');
        const end = from.pos;
        from.pos = at;
        contractRow(from);
        if (from.pos !== end) from.fail('contract_row', 'ends at another byte than its length says');
      },
    ],
  });
  const passedOver = types.codec('row').skip;

  function isRowTable(from: Reader): boolean {
    if (nameEnd - nameAt !== rowTable.length) return false;
    for (let i = 0; i < rowTable.length; i++) {
      if (from.bytes[nameAt + i] !== rowTable.charCodeAt(i)) return false;
    }
    return true;
  }

  function rows(from: Reader): void {
    const wanted = isRowTable(from);
    for (let left = from.count(2, 'row[]'); left > 0; left--) {
      if (wanted) {
        changed(from);
        visit(row);
      } else passedOver(from);
    }
  }

  const delta = projectVariant(types, 'table_delta', (name) =>
    project(types, name, {
      name: [
        'string',
        (from) => {
          nameAt = from.blob('string');
          nameEnd = from.pos;
        },
      ],
      rows: ['row[]', rows],
    }),
  );

  return (from, visitor) => {
    visit = visitor;
    for (let left = from.count(1, 'table_delta[]'); left > 0; left--) delta(from);
    if (from.pos !== from.end) from.fail('table_delta[]', `${from.end - from.pos} bytes too many`);
  };
}
