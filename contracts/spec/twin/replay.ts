import type { ChainError } from '../../chain/driver.ts';
import { parseSignature } from '../../chain/keys.ts';
import { transactionId } from '../../chain/pack.ts';
import type { SignedPackedTransaction } from '../../chain/pack.ts';
import { withSignatures } from '../../chain/sign.ts';
import { ChainFault } from '../../devnet/chain/fault.ts';
import type { Devnet } from '../../devnet/devnet.ts';
import { refusal } from '../../devnet/driver.ts';
import type { History } from './history.ts';

/** A transaction that the node has judged, and how. */
export type Judged = { readonly sent: SignedPackedTransaction; readonly refused?: ChainError | undefined };

/** A transaction that the two chains judged differently; 'accepted' or the reason. */
export type Difference = { readonly id: string; readonly node: string; readonly devnet: string };

const idOf = ({ sent }: Judged): string => transactionId(Buffer.from(sent.packed_trx, 'hex'));
const bytesOf = ({ sent }: Judged): Uint8Array =>
  withSignatures(Buffer.from(sent.packed_trx, 'hex'), sent.signatures.map(parseSignature));

/** Thrown by a library: nodeos then shows the C++ type's name. */
const UNSPECIFIED = 13;

/** Without what is each chain's own: console output, names of C++ types, and the second in which a refused attempt was made. */
const words = (text: string): string =>
  text
    .replace(/:? ?pending console output: .*$/s, '')
    .replace(/ \(unknown key.*$/s, '')
    .replace(/(the block's time)( is)? \d+/, '$1 …');

function verdict(refused: ChainError | undefined): string {
  if (refused === undefined) return 'accepted';
  const { code, exception, details } = refused;
  const said = details.map(words).filter((text) => text !== '');
  return [code, code === UNSPECIFIED ? '' : exception, ...said.slice(0, 1)].join(' ');
}

function push(devnet: Devnet, bytes: Uint8Array): ChainError | undefined {
  try {
    devnet.pushPacked(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof ChainFault) return refusal(error);
    throw error;
  }
}

/**
 * Makes the node's blocks over again on the embedded chain, which must start from the same genesis: the same transactions, byte
 * for byte, in blocks of the same numbers and times. Refused ones are sent in their turn too. Gives every difference.
 */
export function replay(devnet: Devnet, judged: readonly Judged[], history: readonly History[]): Difference[] {
  const differences: Difference[] = [];
  const ids = judged.map(idOf);
  const places = new Map(ids.map((id, at) => [id, at]));
  let turn = 0;
  const send = (at: number): void => {
    const attempt = judged[at];
    if (attempt === undefined) return;
    const [node, ours] = [verdict(attempt.refused), verdict(push(devnet, bytesOf(attempt)))];
    if (node !== ours) differences.push({ id: ids[at] ?? '', node, devnet: ours });
  };
  const sendRefusedUpTo = (end: number): void => {
    for (; turn < end; turn++) if (judged[turn]?.refused !== undefined) send(turn);
  };
  for (const { timeMs, transactionIds } of history) {
    devnet.travel(timeMs);
    for (const id of transactionIds) {
      const at = places.get(id);
      if (at === undefined) throw new Error(`transaction ${id} of the node expected among those sent to it`);
      sendRefusedUpTo(at);
      send(at);
    }
    devnet.produceBlock();
  }
  sendRefusedUpTo(judged.length);
  return differences;
}
