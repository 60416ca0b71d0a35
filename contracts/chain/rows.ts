import { type ABI, Serializer } from '@wharfkit/antelope';

/**
 * Turns a table row's bytes into JSON by the contract's ABI. Every driver decodes here, so that a row reads the same
 * on any chain: booleans as true/false, 64-bit numbers above 2^32 as text, assets as "1.000 KG".
 * Throws `TypeError` where the ABI has no such table.
 */
export function rowDecoder(abi: ABI, table: string): (bytes: Uint8Array) => Record<string, unknown> {
  const definition = abi.tables.find(({ name }) => String(name) === table);
  if (definition === undefined)
    throw new TypeError(
      `a table of the ABI expected (${abi.tables.map(({ name }) => String(name)).join(', ')}), got "${table}"`,
    );
  const { type } = definition;
  return (bytes) =>
    Serializer.objectify(Serializer.decode({ data: bytes, type, abi })) as Record<string, unknown>;
}
