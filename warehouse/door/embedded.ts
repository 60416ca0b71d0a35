import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  ClickHouseLogLevel,
  createClient,
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
} from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';
import { asWarehouseError, WarehouseError } from '../error.ts';
import type { BinaryInsert, Warehouse } from '../warehouse.ts';
import { lockFolder } from './lock.ts';
import { createPool } from './pool.ts';
import { insertStatement, literal, readStatement, structureOf } from './statement.ts';

/** One chDB client runs one statement at a time; these run side by side. All live in the thread that opened them. */
const CLIENTS = 4;

/**
 * Opens the folder with the engine in this process. Its layout: `engine/` (ClickHouse's own), `staged/` (row bytes on
 * their way in), `lock`. Throws WarehouseError `FOLDER_IN_USE` when another process holds it.
 */
export async function openEmbedded(path: string): Promise<Warehouse> {
  const folder = resolve(path);
  const staged = join(folder, 'staged');
  await mkdir(staged, { recursive: true });
  const lock = await lockFolder(folder);
  const clients: ClickHouseClient[] = [];
  try {
    await sweep(staged);
    for (let at = 0; at < CLIENTS; at += 1) {
      clients.push(
        createClient({
          connection: embeddedConnection(join(folder, 'engine')),
          log: { level: ClickHouseLogLevel.OFF },
        }),
      );
    }
  } catch (error) {
    await closeAll(clients);
    await lock.release();
    throw asWarehouseError(error, `open ${folder}`);
  }
  return door(clients, staged, () => lock.release());
}

/** The client and chDB each carry their own copy of the same types; private fields keep TypeScript from seeing that. */
function embeddedConnection(path: string): NonNullable<ClickHouseClientConfigOptions['connection']> {
  return createChdbConnection({ path }) as unknown as NonNullable<
    ClickHouseClientConfigOptions['connection']
  >;
}

function door(clients: readonly ClickHouseClient[], staged: string, release: () => Promise<void>): Warehouse {
  const pool = createPool(clients);
  const running = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  /** Every statement passes here, so that close waits for all of them. */
  function run<Result>(sql: string, work: (client: ClickHouseClient) => Promise<Result>): Promise<Result> {
    if (closing)
      return Promise.reject(
        new WarehouseError('The warehouse is closed; open it again to use it.', 'CLOSED'),
      );
    const done = pool.use(work).catch((error: unknown) => {
      throw asWarehouseError(error, sql);
    });
    const settled = done.then(noop, noop).finally(() => running.delete(settled));
    running.add(settled);
    return done;
  }

  async function insert(insertion: BinaryInsert, client: ClickHouseClient): Promise<void> {
    const file = join(staged, `${randomUUID()}.native`);
    try {
      await writeFile(file, insertion.bytes);
      const source = `file(${literal(file)}, Native, ${literal(structureOf(insertion.columns))})`;
      await client.command({ query: insertStatement(insertion, source) });
    } finally {
      await rm(file, { force: true });
    }
  }

  return {
    mode: 'embedded',
    query: <Row>(sql: string, params = {}) =>
      run(sql, async (client) => {
        const result = await client.query({
          query: readStatement(sql),
          query_params: { ...params },
          format: 'JSONEachRow',
        });
        return result.json<Row>();
      }),
    command: (sql, params = {}) =>
      run(sql, async (client) => {
        await client.command({ query: sql, query_params: { ...params } });
      }),
    insert: (insertion) =>
      insertion.rows === 0
        ? Promise.resolve()
        : run(`insert into ${insertion.table}`, (client) => insert(insertion, client)),
    close: () =>
      (closing ??= Promise.all(running)
        .then(() => closeAll(clients))
        .finally(release)),
  };
}

/** Files that a killed process left behind. */
async function sweep(staged: string): Promise<void> {
  for (const file of await readdir(staged)) await rm(join(staged, file), { force: true });
}

async function closeAll(clients: readonly ClickHouseClient[]): Promise<void> {
  for (const client of clients) await client.close();
}

function noop(): void {
  return undefined;
}
