import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';

/** Bytes that are written in place: a file, or memory. */
export type Medium = {
  readonly size: number;
  write(at: number, bytes: Uint8Array): void;
  /** A copy; shorter where the medium ends. */
  read(at: number, size: number): Buffer;
  truncate(size: number): void;
  /** Asks the operating system to put on disk what was written, and lets go. */
  close(): void;
};

/** What was written is the operating system's when `write` returns: a killed process loses none of it, a machine without power may. */
export function fileMedium(path: string): Medium {
  const file = openSync(path, existsSync(path) ? 'r+' : 'w+');
  return {
    get size() {
      return fstatSync(file).size;
    },
    write: (at, bytes) => {
      for (let done = 0; done < bytes.length;)
        done += writeSync(file, bytes, done, bytes.length - done, at + done);
    },
    read: (at, size) => {
      const bytes = Buffer.allocUnsafe(size);
      return bytes.subarray(0, readSync(file, bytes, 0, size, at));
    },
    truncate: (size) => {
      ftruncateSync(file, size);
    },
    close: () => {
      fsyncSync(file);
      closeSync(file);
    },
  };
}

export function memoryMedium(): Medium {
  let bytes = Buffer.alloc(1024);
  let size = 0;
  return {
    get size() {
      return size;
    },
    write: (at, more) => {
      if (at + more.length > bytes.length)
        bytes = Buffer.concat([bytes, Buffer.alloc(Math.max(bytes.length, more.length))]);
      bytes.set(more, at);
      size = Math.max(size, at + more.length);
    },
    read: (at, length) => Buffer.from(bytes.subarray(at, Math.min(at + length, size))),
    truncate: (length) => {
      size = length;
    },
    close: () => {
      bytes = Buffer.alloc(0);
      size = 0;
    },
  };
}
