import { createServer } from 'node:net';

/** Ports on 127.0.0.1; `debug` belongs to the Python package and must differ between nodes. */
export type Ports = {
  readonly http: number;
  readonly ship: number;
  readonly p2p: number;
  readonly debug: number;
};

/** The node's options as its package reads them: a flag has an empty value. `dir` is absolute. */
export function nodeConfig(dir: string, ports: Ports): string {
  return `data-dir: ${JSON.stringify(`${dir}/data`)}
config-dir: ${JSON.stringify(`${dir}/config`)}
producer-name: eosio
enable-stale-production:
http-server-address: 127.0.0.1:${ports.http}
http-validate-host: false
p2p-listen-endpoint: 127.0.0.1:${ports.p2p}
state-history-endpoint: 127.0.0.1:${ports.ship}
trace-history:
chain-state-history:
disable-replay-opts:
max-transaction-time: 1000
chain-state-db-size-mb: 1024
debug_port: ${ports.debug}
plugin:
  - eosio::chain_api_plugin
  - eosio::producer_plugin
  - eosio::producer_api_plugin
  - eosio::http_plugin
  - eosio::net_api_plugin
  - eosio::state_history_plugin
`;
}

/** The asked ports, and free ones in place of those not asked. */
export async function freePorts(asked: Partial<Ports>): Promise<Ports> {
  const servers = await Promise.all(Array.from({ length: 4 }, () => listening()));
  const free = servers.map(({ port }) => port);
  await Promise.all(servers.map(({ close }) => close()));
  const [http = 0, ship = 0, p2p = 0, debug = 0] = free;
  return { http, ship, p2p, debug, ...asked };
}

/** All are held open together, so that no port is given twice. */
function listening(): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      resolve({
        port,
        close: () =>
          new Promise((done) => {
            server.close(() => {
              done();
            });
          }),
      });
    });
  });
}
