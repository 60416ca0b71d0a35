import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IndexerStatus } from '../../indexer/indexer.ts';
import { indexerMetrics, metricsType, processMetrics, renderMetrics } from '../../indexer/metrics.ts';

export type MetricsServer = { readonly url: string; readonly close: () => Promise<void> };

/**
 * `/metrics` for Prometheus, `/api/status` as JSON and `/healthz` (503 while nothing gets on) of an indexer that runs alone. Error texts
 * stay inside: they may name hosts.
 */
export async function serveMetrics(
  host: string,
  port: number,
  status: () => IndexerStatus,
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const send = (code: number, type: string, body: string): void => {
      response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    const shown = { ...status(), error: undefined };
    const path = (request.url ?? '').split('?')[0];
    if (request.method !== 'GET') send(405, 'text/plain', 'GET alone\n');
    else if (path === '/metrics')
      send(200, metricsType, renderMetrics([...indexerMetrics(status()), ...processMetrics()]));
    else if (path === '/api/status') send(200, 'application/json', JSON.stringify(shown));
    else if (path === '/healthz') {
      const isHeld = shown.state === 'stalled' || shown.state === 'server-stuck';
      send(isHeld ? 503 : 200, 'application/json', JSON.stringify({ state: shown.state }));
    } else send(404, 'text/plain', 'There is no such address.\n');
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${taken}/metrics`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
