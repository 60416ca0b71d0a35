import type { MessagePort } from 'node:worker_threads';
import { asWarehouseError, WarehouseError } from './error.ts';
import type { BinaryInsert, Params, Warehouse } from './warehouse.ts';

type Question =
  | { readonly id: number; readonly ask: 'query' | 'command'; readonly sql: string; readonly params: Params }
  | { readonly id: number; readonly ask: 'insert'; readonly insert: BinaryInsert };
type Answer =
  | { readonly id: number; readonly value: unknown }
  | {
      readonly id: number;
      readonly error: { readonly message: string; readonly code: string; readonly type: string };
    };

/**
 * Lets another thread use this thread's warehouse (chDB lives in one thread). Statements of one port run side by side.
 * Returns a function that stops serving; the warehouse stays open.
 */
export function serveWarehouse(warehouse: Warehouse, port: MessagePort): () => void {
  async function answer(question: Question): Promise<Answer> {
    try {
      return { id: question.id, value: await obey(warehouse, question) };
    } catch (thrown) {
      const { message, code, type } = asWarehouseError(thrown, question.ask);
      return { id: question.id, error: { message, code, type } };
    }
  }
  const onMessage = (question: Question | 'mode?'): void => {
    if (question === 'mode?') port.postMessage({ id: 0, value: warehouse.mode });
    else
      void answer(question).then((reply) => {
        port.postMessage(reply);
      });
  };
  port.on('message', onMessage);
  return () => {
    port.off('message', onMessage);
    port.close();
  };
}

async function obey(warehouse: Warehouse, question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'query':
      return warehouse.query(question.sql, question.params);
    case 'command':
      return warehouse.command(question.sql, question.params);
    case 'insert':
      return warehouse.insert(question.insert);
  }
}

type Caller = { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void };

/** The other end of `serveWarehouse`. `close` closes the port, not the warehouse; a closed port rejects what still waits. */
export async function connectWarehouse(port: MessagePort): Promise<Warehouse> {
  const callers = new Map<number, Caller>();
  let last = 0;
  let open = true;

  port.on('message', (reply: Answer) => {
    const caller = callers.get(reply.id);
    callers.delete(reply.id);
    if ('error' in reply)
      caller?.reject(new WarehouseError(reply.error.message, reply.error.code, reply.error.type));
    else caller?.resolve(reply.value as never);
  });
  port.on('close', () => {
    open = false;
    for (const caller of callers.values()) caller.reject(closed());
    callers.clear();
  });

  function call<Value>(send: (id: number) => void, id = (last += 1)): Promise<Value> {
    if (!open) return Promise.reject(closed());
    return new Promise<Value>((resolve, reject) => {
      callers.set(id, { resolve, reject });
      send(id);
    });
  }

  const mode = await call<Warehouse['mode']>(() => {
    port.postMessage('mode?');
  }, 0);
  return {
    mode,
    query: (sql, params = {}) =>
      call((id) => {
        port.postMessage({ id, ask: 'query', sql, params } satisfies Question);
      }),
    command: (sql, params = {}) =>
      call((id) => {
        port.postMessage({ id, ask: 'command', sql, params } satisfies Question);
      }),
    insert: (insert) =>
      call((id) => {
        // A copy travels: the caller may have to repeat the insert with the same bytes.
        const bytes = new Uint8Array(insert.bytes);
        port.postMessage({ id, ask: 'insert', insert: { ...insert, bytes } } satisfies Question, [
          bytes.buffer,
        ]);
      }),
    close: () => {
      port.close();
      return Promise.resolve();
    },
  };
}

function closed(): WarehouseError {
  return new WarehouseError(
    'The port to the warehouse is closed; the thread that owns it has stopped serving.',
    'CLOSED',
  );
}
