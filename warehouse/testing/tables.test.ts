import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { abiFromJson } from '../../indexer/abi/abi.ts';
import { coreTables, tableSpecs } from '../../indexer/abi/tables.ts';
import type { TableSpec } from '../../indexer/sink/sink.ts';
import { CONTRACTS } from '../../contracts/built.ts';
import { allTables } from './tables.ts';

async function specsOf(contract: string): Promise<readonly TableSpec[]> {
  const file = new URL(`../../contracts/build/${contract}.abi`, import.meta.url);
  return tableSpecs(contract, abiFromJson(JSON.parse(await readFile(file, 'utf8'))));
}

/** The engine's types, whatever the spelling. */
const plain = (spec: TableSpec) => ({
  ...spec,
  columns: spec.columns.map(({ name, type }) => `${name} ${type.replace(/[\s`]/g, '')}`),
});
const byName = (specs: readonly TableSpec[]) => new Map(specs.map((spec) => [spec.name, plain(spec)]));

test('the tables that models are tested on are those that the contracts’ ABIs give', async () => {
  const real = byName([...coreTables, ...(await Promise.all(CONTRACTS.map(specsOf))).flat()]);
  const ours = allTables.map(plain);
  expect(ours.map((spec) => real.get(spec.name))).toEqual(ours);
});
