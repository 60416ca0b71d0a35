import { ABI, Serializer } from '@wharfkit/antelope';
import type { Abi } from '../../abi/abi.ts';
import type { Json } from '../../abi/codec.ts';
import { compile } from '../../abi/compile.ts';
import { leading } from '../../abi/layout.ts';
import { nameHalves } from '../../abi/names.ts';
import { Reader } from '../../abi/reader.ts';
import { RowBuffer } from '../../abi/row-buffer.ts';
import { createSchema } from '../../abi/schema.ts';
import { DecodeError } from '../../errors.ts';
import { abieos } from '../abieos.ts';
import { readRows } from '../row-binary.ts';
import { difference, unfold } from './compare.ts';
import type { Library } from './compare.ts';
import { mutated, randomData } from './pack.ts';
import { createRandom } from './random.ts';
import { abiOf, allFields, holds, randomAction, unknownTo } from './types.ts';
import type { StructType } from './types.ts';

const account = 'shop';
/** Bytes of a row for each byte of its data, and on top: the longest that names of sane length can make of it. */
const rowPerByte = 400;
const rowAtLeast = 100_000;

/** What a run of cases met. */
export type Tally = {
  cases: number;
  wharfkit: number;
  abieos: number;
  mutated: number;
  refused: number;
  damaged: number;
  alone: number;
};

export const emptyTally = (): Tally => ({
  cases: 0,
  wharfkit: 0,
  abieos: 0,
  mutated: 0,
  refused: 0,
  damaged: 0,
  alone: 0,
});

type Loose = Parameters<typeof ABI.from>[0];

/** The ABI packed, without its tables: of those an `Abi` holds too little. */
export function packAbi(abi: Abi): Uint8Array {
  const actions = abi.actions.map((action) => ({ ...action, ricardian_contract: '' }));
  return Serializer.encode({ object: ABI.from({ ...abi, actions, tables: [] } as unknown as Loose) }).array;
}

/** Our own reading of an action's data: its table's row, and the plain values; null when it is refused. */
function createOurs(action: StructType) {
  const abi = abiOf(action, false);
  const schema = createSchema([account]);
  schema.apply({ account, abiSequence: 1, blockNum: 1, globalSequence: 1n, bytes: packAbi(abi) });
  const watched = schema.accounts.get(...nameHalves(account));
  const row = watched && schema.rowOf(watched, 1, ...nameHalves('act'));
  if (!row) throw new Error('the action has no table');
  const { columns } = row.table.layout.spec;
  const codec = compile(abi).codec('act');
  const to = new RowBuffer();

  function cells(data: Buffer): Json {
    const [read] = readRows(columns.slice(leading.length), { bytes: to.take() }, 'latin1');
    const values = Object.values(read ?? {});
    if (to.pos > rowAtLeast + rowPerByte * data.length)
      throw new Error(`${data.length} bytes made a row of ${to.pos}`);
    return Object.fromEntries(
      allFields(action).map(([name, type], at) => [name, unfold(type, values[at] ?? null)]),
    );
  }

  /** Null when it is refused; throws where the row and the plain values differ, or one of them is refused alone. */
  return (data: Buffer): Json => {
    const from = new Reader(data);
    to.pos = 0;
    try {
      row.write(from, to);
      if (from.pos < from.end) return null;
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return null;
    }
    const plain = codec.decode(from.window(0, data.length));
    if (from.pos < from.end) throw new Error('the row ends where the plain values do not');
    const [row_, plain_] = [JSON.stringify(cells(data)), JSON.stringify(plain)];
    if (row_ !== plain_) throw new Error(`the row says ${row_}\nthe plain values are ${plain_}`);
    return plain;
  };
}

type Reading = (data: Buffer) => unknown;

function createTheirs(action: StructType): [library: Library, read: Reading][] {
  const abi = abiOf(action, true);
  const theirs: [Library, Reading][] = [];
  if (!holds(action, unknownTo.wharfkit)) {
    const wharf = ABI.from(abi as unknown as Loose);
    theirs.push([
      'wharfkit',
      (data) => JSON.parse(JSON.stringify(Serializer.decode({ data, abi: wharf, type: 'act' }))) as unknown,
    ]);
  }
  if (!holds(action, unknownTo.abieos)) {
    if (!abieos.loadAbi(account, abi)) throw new Error('abieos refuses the ABI');
    theirs.push(['abieos', (data) => abieos.binToJson(account, 'act', data)]);
  }
  return theirs;
}

/** What abieos says of damaged data; null when it refuses. wharfkit reads on behind wrong flags. */
function readOrNull(theirs: readonly [library: Library, read: Reading][], data: Buffer): unknown {
  try {
    return theirs.find(([library]) => library === 'abieos')?.[1](data) ?? null;
  } catch {
    return null;
  }
}

/**
 * One random action: its data must read as both libraries say, and the same data damaged must be refused or, where abieos reads it too,
 * read as it does. Throws an Error that names the difference, the ABI and the bytes.
 */
export function runCase(seed: number, tally: Tally): void {
  const random = createRandom(seed);
  const action = randomAction(random);
  let data: Buffer = Buffer.alloc(0);
  try {
    const ours = createOurs(action);
    const theirs = createTheirs(action);
    tally.cases++;
    for (let times = 0; times < 3; times++) {
      data = randomData(action, random);
      const mine = ours(data);
      if (mine === null) throw new Error('refused');
      for (const [library, read] of theirs) {
        const different = difference(action, mine, read(data), library);
        if (different !== null) throw new Error(different);
        tally[library]++;
      }
    }
    const good = data;
    for (let times = 0; times < 8; times++) {
      data = mutated(good, random);
      tally.mutated++;
      const mine = ours(data);
      if (mine === null) {
        tally.refused++;
        continue;
      }
      const theirs_ = readOrNull(theirs, data);
      const different = theirs_ === null ? null : difference(action, mine, theirs_, 'abieos');
      if (different !== null) throw new Error(different);
      tally[theirs_ === null ? 'alone' : 'damaged']++;
    }
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const abi = JSON.stringify(abiOf(action, false));
    throw new Error(`seed ${seed}: ${what}\nABI ${abi}\ndata ${data.toString('hex')}`, { cause: error });
  }
}
