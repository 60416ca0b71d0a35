import type { AbiVersion } from '../../indexer/sink/sink.ts';
import type { Warehouse } from '../warehouse.ts';

type Row = {
  account: string;
  abi_sequence: number;
  block_num: number;
  global_sequence: string;
  abi_hex: string;
};

/** The ABI versions in `chain.abi`, oldest first; none before the indexer has made the table. */
export async function readAbis(warehouse: Warehouse): Promise<AbiVersion[]> {
  const tables = await warehouse.query(
    `select name from system.tables where database = 'chain' and name = 'abi'`,
  );
  if (tables.length === 0) return [];
  const rows = await warehouse.query<Row>(
    'select account, abi_sequence, block_num, global_sequence, hex(abi) as abi_hex from chain.abi order by block_num, global_sequence',
  );
  return rows.map((row) => ({
    account: row.account,
    abiSequence: row.abi_sequence,
    blockNum: row.block_num,
    globalSequence: BigInt(row.global_sequence),
    bytes: new Uint8Array(Buffer.from(row.abi_hex, 'hex')),
  }));
}
