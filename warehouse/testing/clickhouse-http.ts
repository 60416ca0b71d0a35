import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ClickHouseLogLevel, createClient, type ClickHouseClientConfigOptions } from '@clickhouse/client';
import { createChdbConnection } from 'chdb/connection';

export type Facade = {
  readonly url: string;
  /** The statements that came, in order. */
  readonly statements: readonly string[];
  close(): Promise<void>;
};

/**
 * As much of ClickHouse's HTTP interface as the client uses, over an embedded engine in `folder`: a statement in the body,
 * or in the URL with row bytes in the body; bound parameters; errors with ClickHouse's code. Settings in the URL are ignored:
 * ours stand in the statements.
 */
export async function serveClickHouse(
  folder: string,
  login: { readonly user: string; readonly password: string },
): Promise<Facade> {
  const connection = createChdbConnection({ path: join(folder, 'engine') }) as unknown as NonNullable<
    ClickHouseClientConfigOptions['connection']
  >;
  const engine = createClient({ connection, log: { level: ClickHouseLogLevel.OFF } });
  const statements: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const body = await bodyOf(request);
    if (!isAllowed(request, login)) {
      refuse(
        response,
        403,
        516,
        'Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)',
      );
      return;
    }
    const inUrl = url.searchParams.get('query');
    const statement = inUrl ?? body.toString('utf8');
    statements.push(statement);
    const staged = join(folder, `${String(statements.length)}.body`);
    try {
      if (inUrl !== null) await writeFile(staged, body);
      const { stream } = await engine.exec({
        query: readable(statement, staged),
        query_params: paramsOf(url, statement),
      });
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      response
        .writeHead(200, { 'content-type': 'application/x-ndjson; charset=UTF-8' })
        .end(Buffer.concat(chunks));
    } catch (thrown) {
      const { code, message, type } = thrown as { code?: string; message: string; type?: string };
      refuse(response, 400, Number(code ?? 1002), `${message} (${type ?? 'UNKNOWN_EXCEPTION'})`);
    } finally {
      await rm(staged, { force: true });
    }
  }

  const server = createServer((request, response) => {
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    statements,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine.close();
    },
  };
}

/** A server reads the body through `input(structure) … format Native`; the embedded engine reads the same bytes from a file. */
function readable(statement: string, staged: string): string {
  return statement.replace(
    /\binput\(('(?:[^'\\]|\\.)*')\)\s*format Native\s*$/i,
    `file('${staged}', Native, $1)`,
  );
}

/** `param_x=…` as the client writes it: text with ClickHouse's escapes, `\N` for null, lists in brackets. */
function paramsOf(url: URL, statement: string): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const [key, value] of url.searchParams) {
    if (!key.startsWith('param_')) continue;
    const name = key.slice('param_'.length);
    const isList = statement.includes(`{${name}:Array`);
    params[name] = value === '\\N' ? null : isList ? listOf(value) : unescape(value);
  }
  return params;
}

/** `['a','b']` or `[1,2]`. */
function listOf(text: string): (string | number)[] {
  return [...text.slice(1, -1).matchAll(/'((?:[^'\\]|\\.)*)'|[^,]+/gs)].map(([whole, quoted]) =>
    quoted === undefined ? Number(whole) : unescape(quoted),
  );
}

function unescape(text: string): string {
  const named: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', '0': '\0' };
  return text.replace(/\\(.)/gs, (_, char: string) => named[char] ?? char);
}

function isAllowed(
  request: IncomingMessage,
  login: { readonly user: string; readonly password: string },
): boolean {
  const basic = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  return request.headers.authorization === `Basic ${basic}`;
}

function refuse(response: ServerResponse, status: number, code: number, message: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=UTF-8',
    'x-clickhouse-exception-code': String(code),
  });
  response.end(`Code: ${String(code)}. DB::Exception: ${message}`);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
