import { Bytes, KeyType, PrivateKey, PublicKey, Serializer, Signature } from '@wharfkit/antelope';
import type { Codec } from './codec.ts';
import type { Reader } from './reader.ts';
import { RowBuffer } from './row-buffer.ts';

/** Bytes after the curve's tag; WebAuthn values are of no fixed size. */
const size = { public_key: 33, signature: 65, private_key: 32 } as const;
const webAuthn = 2;
const curves = [KeyType.K1, KeyType.R1, KeyType.WA];

type KeyName = keyof typeof size;

function skip(from: Reader, type: KeyName): void {
  const curve = from.u8(type);
  if (curve > (type === 'private_key' ? 1 : webAuthn)) from.fail(type, `unknown curve ${curve}`);
  from.take(size[type], type);
  if (curve !== webAuthn) return;
  if (type === 'public_key') {
    from.take(1, type);
    from.blob(type);
  } else {
    from.blob(type);
    from.blob(type);
  }
}

/** A WebAuthn value with its lengths packed as short as they can be, as its text has them; a sender may pack them longer. */
function shortest(from: Reader, type: KeyName, at: number, end: number): Uint8Array {
  const to = new RowBuffer(end - at);
  const fixed = 1 + size[type] + (type === 'public_key' ? 1 : 0);
  to.put(from.slice(at, at + fixed));
  for (from.pos = at + fixed; from.pos < end;) {
    const start = from.blob(type);
    to.varuint(from.pos - start);
    to.put(from.slice(start, from.pos));
  }
  return to.take();
}

/** `PUB_K1_…`, `SIG_K1_…`, `PVT_K1_…` and their R1 and WA kin. */
function read(from: Reader, type: KeyName): string {
  const at = from.pos;
  skip(from, type);
  const end = from.pos;
  const curve = from.bytes[at];
  const data = curve === webAuthn ? shortest(from, type, at, end) : from.slice(at, end);
  if (type === 'public_key') return String(Serializer.decode({ data, type: PublicKey }));
  if (type === 'signature') return String(Serializer.decode({ data, type: Signature }));
  return String(new PrivateKey(curves[data[0] as number] as KeyType, new Bytes(data.slice(1))));
}

function keyCodec(type: KeyName): Codec {
  return {
    type,
    minSize: 1 + size[type],
    size: null,
    weight: 1,
    column: 'String',
    nullable: 'Nullable(String)',
    steps: [
      (from, to) => {
        to.text(read(from, type));
      },
    ],
    skip: (from) => {
      skip(from, type);
    },
    decode: (from) => read(from, type),
  };
}

export const keyCodecs: readonly Codec[] = [
  keyCodec('public_key'),
  keyCodec('signature'),
  keyCodec('private_key'),
];
