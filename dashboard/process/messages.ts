import type { MessagePort } from 'node:worker_threads';
import type { IndexerStatus } from '../../indexer/indexer.ts';
import type { ZakromaConfig } from '../../zakroma.config.ts';
import type { RegionFile } from './region.ts';

/** What the worker threads are started with and what they say. Both end when they are told `stop`. */
export type Stop = { readonly type: 'stop' };

export type ChainWorkerData = {
  readonly dir: string;
  readonly chain: Extract<ZakromaConfig['chain'], { kind: 'devnet' }>;
  readonly region: RegionFile;
  readonly liveEveryMs: number;
  readonly log: ZakromaConfig['log'];
};

/** Addresses of a chain that the rest can talk to. */
export type ChainAddress = {
  readonly httpUrl: string;
  /** State history, in order of preference. */
  readonly shipUrls: readonly string[];
  readonly chainId: string;
};

export type Head = { readonly head: number; readonly headTime: string; readonly lib: number };

export type ChainMessage =
  | ({ readonly type: 'ready' } & ChainAddress)
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'built' }
  | ({ readonly type: 'head' } & Head)
  | Failure;

export type IndexerWorkerData = {
  readonly shipUrls: readonly string[];
  /** Expected chain; without it the first endpoint's own is taken. */
  readonly chainId?: string;
  readonly startBlock: number;
  /** Reading ends with this block; without it, when told to stop. */
  readonly endBlock?: number;
  /** Connections that history is read over at once. */
  readonly parallel: number;
  readonly watched: readonly string[];
  /** Whether the changes of the accounts' table rows are kept. */
  readonly rows: boolean;
  /** The warehouse has the models over the decoded tables: they are kept in line and what becomes visible is told. */
  readonly hasModels: boolean;
  readonly warehouse: MessagePort;
  readonly log: ZakromaConfig['log'];
};

export type IndexerMessage =
  | { readonly type: 'status'; readonly status: IndexerStatus }
  | { readonly type: 'final'; readonly block: number; readonly time: string; readonly acts: number }
  | { readonly type: 'pending'; readonly block: number; readonly acts: number }
  /** It has ended well: it was told to stop, or the last block asked for is in the tables. */
  | { readonly type: 'done' }
  | Failure;

/** A worker's last word. `fatal`: starting again would end the same way. */
export type Failure = { readonly type: 'failed'; readonly message: string; readonly fatal: boolean };

/** What a chain tells while it runs. */
export type ChainNews =
  | ({ readonly type: 'head' } & Head)
  | Extract<ChainMessage, { readonly type: 'progress' | 'built' }>
  | Failure;

/** A running chain: embedded, a real node started here, or somebody's node. `address` rejects when it never answers. */
export type Chain = {
  readonly address: Promise<ChainAddress>;
  readonly startBlock: number;
  readonly stop: () => Promise<void>;
};
