import { describe, expect, test } from 'vitest';
import { FatalError, RetryableError, StuckError } from '../../indexer/errors.ts';
import { WarehouseError } from '../../warehouse/error.ts';
import { ConfigError } from '../../zakroma.config.ts';
import { chainOptions } from './chain-options.ts';
import { exitCodeOf } from './exit.ts';
import { commandHelp, generalHelp } from './help.ts';
import { indexerCommand } from './indexer.ts';
import { accounts, integer, parseOptions, UsageError } from './options.ts';
import { redecodeCommand } from './redecode.ts';

const { options } = indexerCommand;

describe('options', () => {
  test('are read with a space or an equals sign', () => {
    expect(parseOptions(options, ['--from', '7', '--to=9'])).toEqual({ from: ['7'], to: ['9'] });
    expect(parseOptions(redecodeCommand.options, ['--abi', 'a=x', '--abi', 'b=y'])['abi']).toHaveLength(2);
  });

  test.each<[string[], RegExp]>([
    [['--shp', 'x'], /'--shp'[^]*--ship, --chain-id/],
    [['--from'], /'--from <value>' argument missing/],
    [['--from', '1', '--from', '2'], /--from: given 2 times/],
    [['stray'], /'stray'/],
  ])('%j is refused by name', (argv, message) => {
    expect(() => parseOptions(options, argv)).toThrow(UsageError);
    expect(() => parseOptions(options, argv)).toThrow(message);
  });

  test('numbers and accounts are checked', () => {
    expect(integer({ from: ['12'] }, 'from', 1, 100)).toBe(12);
    expect(integer({}, 'from', 1, 100)).toBeUndefined();
    expect(() => integer({ from: ['101'] }, 'from', 1, 100)).toThrow(
      '--from: expected a whole number from 1 to 100',
    );
    expect(() => integer({ from: ['1e2'] }, 'from', 1, 100)).toThrow('"1e2"');
    expect(accounts({ watch: ['eosio.token, b,b'] }, 'watch')).toEqual(['eosio.token', 'b']);
    expect(() => accounts({ watch: ['Eosio'] }, 'watch')).toThrow('"Eosio"');
    expect(() => accounts({ watch: ['a,'] }, 'watch')).toThrow('got ""');
  });

  test('the chain comes from options, else from the environment', () => {
    const chainId = 'ab'.repeat(32);
    expect(chainOptions({ ship: ['ws://a,ws://b'] }, { ZAKROMA_CHAIN_ID: chainId })).toEqual({
      shipUrls: ['ws://a', 'ws://b'],
      chainId,
    });
    expect(chainOptions({}, { ZAKROMA_SHIP_URL: 'wss://c/key' })).toEqual({ shipUrls: ['wss://c/key'] });
    expect(() => chainOptions({}, {})).toThrow('--ship');
    expect(() => chainOptions({ ship: ['http://a'] }, {})).toThrow(ConfigError);
    expect(() => chainOptions({ ship: ['ws://a'], 'chain-id': ['12'] }, {})).toThrow('64 hex digits');
  });
});

test('help names every option and the exit codes', () => {
  const text = commandHelp('indexer', indexerCommand);
  for (const name of Object.keys(options)) expect(text).toContain(`--${name} `);
  expect(text).toContain('75 try again');
  expect(generalHelp({ indexer: indexerCommand })).toContain(indexerCommand.summary);
});

test('the exit code tells a supervisor whether another start may help', () => {
  const cases: [unknown, number][] = [
    [new UsageError('x'), 2],
    [new ConfigError('x'), 2],
    [new FatalError('x'), 1],
    [new Error('x'), 1],
    [new RetryableError('x'), 75],
    [new StuckError('x'), 75],
    [new WarehouseError('x', 'ECONNREFUSED'), 75],
    [new WarehouseError('x', '62'), 1],
  ];
  expect(cases.map(([error]) => exitCodeOf(error))).toEqual(cases.map(([, code]) => code));
});
