import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { asWarehouseError } from '../error.ts';
import type { BinaryInsert, Warehouse } from '../warehouse.ts';
import { insertStatement, literal, readStatement, structureOf } from './statement.ts';

export type ServerAddress = { readonly url: string; readonly user?: string; readonly password?: string };

/** Speaks to a ClickHouse server over HTTP; the same statements as embedded, row bytes as the body of the insert. */
export async function openServer(address: ServerAddress): Promise<Warehouse> {
  const client = createClient({
    url: address.url,
    ...(address.user === undefined ? {} : { username: address.user }),
    ...(address.password === undefined ? {} : { password: address.password }),
    max_open_connections: 8,
    // The client would print statements and errors by itself; here an error reaches the caller, who decides.
    log: { level: ClickHouseLogLevel.OFF },
    compression: { request: false, response: false },
  });

  async function run<Result>(sql: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw asWarehouseError(error, sql);
    }
  }

  async function insert(insertion: BinaryInsert): Promise<void> {
    const source = `input(${literal(structureOf(insertion.columns))})`;
    const { stream } = await client.exec({
      query: `${insertStatement(insertion, source)}\nformat Native`,
      values: Readable.from(
        [Buffer.from(insertion.bytes.buffer, insertion.bytes.byteOffset, insertion.bytes.byteLength)],
        { objectMode: false },
      ),
    });
    stream.resume();
    await finished(stream);
  }

  const warehouse: Warehouse = {
    mode: 'server',
    query: <Row>(sql: string, params = {}) =>
      run(sql, async () => {
        const result = await client.query({
          query: readStatement(sql),
          query_params: { ...params },
          format: 'JSONEachRow',
        });
        return result.json<Row>();
      }),
    command: (sql, params = {}) =>
      run(sql, async () => {
        await client.command({ query: sql, query_params: { ...params } });
      }),
    insert: (insertion) =>
      insertion.rows === 0
        ? Promise.resolve()
        : run(`insert into ${insertion.table}`, () => insert(insertion)),
    close: () => client.close(),
  };
  try {
    await warehouse.query('select 1 as one');
  } catch (error) {
    await client.close();
    throw error;
  }
  return warehouse;
}
