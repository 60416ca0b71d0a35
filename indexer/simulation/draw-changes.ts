import { drawData } from './draw-data.ts';
import type { Random } from './random.ts';
import { watched } from './sim-block.ts';
import type { Contract, SimChange, SimRow } from './sim-block.ts';

const scopes = ['', 'shop', 'region.a'];

/**
 * Draws a block's net changes of table rows, packed by the ABIs at its end, and brings `rows` up to them. A row is removed only while the
 * shape is in force that it was written by: what another makes of its bytes is chance.
 */
export function drawChanges(
  rows: Map<string, SimRow>,
  contracts: ReadonlyMap<string, Contract>,
  random: Random,
): SimChange[] {
  const changes = new Map<string, SimChange>();
  for (let left = random.pick([0, 0, 1, 2, 6]); left > 0; left--) {
    const contract = random.pick([...watched, ...watched, 'other']);
    const tables = contracts.get(contract)?.plan?.tables ?? [];
    const shape = tables.length > 0 && random.chance(0.9) ? random.pick(tables) : null;
    const [scope, number] = [random.pick(scopes), random.below(4)];
    const table = shape?.name ?? 'unknown';
    const place = [contract, table, scope, number].join(' ');
    const held = rows.get(place);
    if (changes.has(place)) continue;
    if (held !== undefined && held.shape === shape && random.chance(0.3)) {
      rows.delete(place);
      changes.set(place, { isPresent: false, row: held });
      continue;
    }
    const drawn = shape === null ? { data: random.bytes(3), values: null } : drawData(shape, random);
    const key = number === 3 ? 2n ** 64n - 1n : BigInt(number);
    const row = { ...{ contract, table, scope, key, payer: random.pick(['ann', 'shop']) }, ...drawn, shape };
    rows.set(place, row);
    changes.set(place, { isPresent: true, row });
  }
  return [...changes.values()];
}
