import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './zakroma.config.ts';

describe('readConfig', () => {
  test('an empty environment gives the embedded installation on loopback', () => {
    const config = readConfig({}, []);
    expect(config.chain).toEqual({ kind: 'devnet', httpPort: 8888, shipPort: 8889, finalityLag: 3 });
    expect(config.web).toEqual({ host: '127.0.0.1', port: 4870 });
    expect(config.indexer).toEqual({ rows: true });
    expect(config.warehouse).toEqual({ path: `${config.dataDir}/warehouse` });
  });

  test('a flag wins over the environment', () => {
    expect(readConfig({ ZAKROMA_CHAIN: 'devnet' }, ['--chain', 'nodeos']).chain.kind).toBe('nodeos');
    expect(readConfig({ ZAKROMA_PORT: '1' }, ['--port', '2']).web.port).toBe(2);
  });

  test('an external node needs both addresses', () => {
    expect(() => readConfig({ ZAKROMA_CHAIN: 'http://127.0.0.1:8888' }, [])).toThrow(/ZAKROMA_SHIP_URL/);
    const env = { ZAKROMA_CHAIN: 'http://127.0.0.1:8888/', ZAKROMA_SHIP_URL: 'ws://127.0.0.1:8080' };
    expect(readConfig(env, []).chain).toMatchObject({ kind: 'external', httpUrl: 'http://127.0.0.1:8888' });
    const several = { ...env, ZAKROMA_SHIP_URL: 'ws://127.0.0.1:8080/, wss://b.example' };
    expect(readConfig(several, []).chain).toMatchObject({
      shipUrls: ['ws://127.0.0.1:8080', 'wss://b.example'],
    });
    expect(() => readConfig({ ...env, ZAKROMA_SHIP_URL: 'ws://a,http://b' }, [])).toThrow(/"http:\/\/b"/);
  });

  test.each([
    [{ ZAKROMA_PORT: '70000' }, /ZAKROMA_PORT.*0 to 65535.*"70000"/],
    [{ ZAKROMA_PORT: '80x' }, /ZAKROMA_PORT.*"80x"/],
    [{ ZAKROMA_CHAIN: 'mainnet' }, /ZAKROMA_CHAIN.*"mainnet"/],
    [{ ZAKROMA_ROWS: 'yes' }, /ZAKROMA_ROWS.*on, off.*"yes"/],
    [{ ZAKROMA_LOG: 'loud' }, /ZAKROMA_LOG.*fatal.*"loud"/],
    [{ CLICKHOUSE_URL: 'ftp://x' }, /CLICKHOUSE_URL.*"ftp:\/\/x"/],
  ])('%j is refused by name', (env, message) => {
    expect(() => readConfig(env, [])).toThrow(ConfigError);
    expect(() => readConfig(env, [])).toThrow(message);
  });

  test('the size of the demo region is a flag or a variable; years are 365 days each', () => {
    expect(readConfig({}, []).region).toMatchObject({ days: 730, members: 1500, coops: 6 });
    const argv = ['--years', '3', '--members', '40', '--coops', '2'];
    expect(readConfig({ ZAKROMA_MEMBERS: '9' }, argv).region).toMatchObject({
      days: 1095,
      members: 40,
      coops: 2,
    });
    expect(() => readConfig({}, ['--years', '1', '--days', '9'])).toThrow(/one of them expected/);
    expect(() => readConfig({}, ['--years', 'two'])).toThrow(/--years.*"two"/);
  });

  test.each([
    ['--members', '0', /^--members: expected a whole number from 10 .*"0"/],
    ['--coops', '-1', /^--coops/],
    ['--days', 'many', /^--days: .*"many"/],
    ['--port', '70000', /^--port: .*0 to 65535/],
    ['--chain', 'mainnet', /^--chain: expected devnet, nodeos or the http address of a node, got "mainnet"/],
    ['--chain', 'http://127.0.0.1:8888', /^ZAKROMA_SHIP_URL: .* because --chain is http/],
    ['--data', '', /^--data: expected <folder>, got nothing/],
  ])('%s=%s is refused under the name that was typed', (flag, value, message) => {
    const read = () => readConfig({ ZAKROMA_MEMBERS: '1500' }, [`${flag}=${value}`]);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(message);
  });

  test('an unknown flag is refused with the list of known ones', () => {
    expect(() => readConfig({}, ['--chian', 'nodeos'])).toThrow(/--chain devnet\|nodeos/);
  });
});
