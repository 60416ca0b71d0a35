import { fileURLToPath } from 'node:url';
import { builtContract, CONTRACTS } from '../../contracts/built.ts';
import { abiFromJson } from '../../indexer/abi/abi.ts';
import { coreTables, tableSpecs } from '../../indexer/abi/tables.ts';
import { buildModels } from '../../warehouse/models/build.ts';
import { keepRowHistory } from '../../warehouse/sink/row-history.ts';
import { createChainSink } from '../../warehouse/sink/sink.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** Where the models are, and the rows that only this place knows: the hashes of the contracts as they are built here. */
export const models = {
  dir: fileURLToPath(new URL('../../sql', import.meta.url)),
  given: {
    'reference.contract_build': [
      'contract,code_hash',
      ...CONTRACTS.map((name) => `${name},${builtContract(name).sha256}`),
    ].join('\n'),
  },
};

/**
 * Makes the tables of the project's own contracts and the models over them. It comes before the first row: a materialized view
 * sees only what is inserted after it.
 */
export async function prepareWarehouse(warehouse: Warehouse): Promise<void> {
  const sink = createChainSink(warehouse);
  const decoded = CONTRACTS.flatMap((name) => tableSpecs(name, abiFromJson(builtContract(name).abi)));
  for (const spec of [...coreTables, ...decoded]) await sink.ensureTable(spec);
  await keepRowHistory(warehouse);
  await buildModels(warehouse, models);
}
