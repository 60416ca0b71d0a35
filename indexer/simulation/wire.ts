import type { Duplex } from 'node:stream';

/** How one message crosses the network. */
export type Crossing = {
  /** Parts that the message is cut into, as WebSocket fragments; 1 = whole. */
  readonly fragments: number;
  /** A ping between the fragments. */
  readonly ping: boolean;
  /** Writes that its bytes go out in, and ms between them. */
  readonly writes: number;
  readonly pauseMs: number;
  /** The connection is reset after this part of the bytes, 0…1; null = it is not. */
  readonly resetAt: number | null;
};

function frame(payload: Uint8Array, opcode: number, isLast: boolean): Buffer[] {
  const length = payload.length;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = (isLast ? 0x80 : 0) | opcode;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return [head, Buffer.from(payload.buffer, payload.byteOffset, length)];
}

/** The WebSocket frames of one binary message: a server's, so nothing is masked. */
function framesOf(message: Uint8Array, { fragments, ping }: Crossing): Buffer[] {
  const size = Math.max(1, Math.ceil(message.length / fragments));
  const frames: Buffer[] = [];
  for (let at = 0; at === 0 || at < message.length; at += size) {
    const isLast = at + size >= message.length;
    frames.push(...frame(message.subarray(at, at + size), at === 0 ? 2 : 0, isLast));
    if (ping && !isLast) frames.push(Buffer.from([0x89, 0]));
  }
  return frames;
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    if (ms === 0) setImmediate(resolve);
    else setTimeout(resolve, ms);
  });

/** Writes a message the way that `crossing` says; ends early when the other side goes. */
export async function cross(socket: Duplex, message: Uint8Array, crossing: Crossing): Promise<void> {
  const bytes = Buffer.concat(framesOf(message, crossing));
  const end = crossing.resetAt === null ? bytes.length : Math.floor(bytes.length * crossing.resetAt);
  const size = Math.max(1, Math.ceil(end / crossing.writes));
  for (let at = 0; at < end && !socket.destroyed; at += size) {
    if (at > 0) await pause(crossing.pauseMs);
    socket.write(bytes.subarray(at, Math.min(at + size, end)));
  }
  if (crossing.resetAt === null) return;
  // What was written leaves before the reset.
  await pause(1);
  socket.destroy();
}
