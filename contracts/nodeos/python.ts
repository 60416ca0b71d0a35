import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A Python that can carry the node: its program, its prefix, and its shared library that the node embeds. */
export type Python = {
  readonly path: string;
  readonly version: string;
  readonly home: string;
  readonly sharedLibrary: string;
};

const run = promisify(execFile);

/** The package has binaries for these versions on Linux x86-64 alone. */
const names = ['python3.11', 'python3.10', 'python3.9', 'python3.8', 'python3'];

const probe = `
import json, os, platform, sys, sysconfig
import ctypes, ensurepip, venv
of = sysconfig.get_config_var
folders = [of("LIBDIR"), os.path.join(of("LIBDIR"), of("MULTIARCH") or "")]
libraries = [os.path.join(f, n) for f in folders for n in (of("INSTSONAME"), of("LDLIBRARY")) if n and ".so" in n]
print(json.dumps({
  "path": sys.executable, "home": sys.base_prefix, "version": platform.python_version(),
  "fits": (3, 8) <= sys.version_info[:2] <= (3, 11) and platform.machine() == "x86_64" and sys.platform == "linux",
  "sharedLibrary": next((l for l in libraries if os.path.exists(l)), ""),
}))`;

async function probed(name: string): Promise<Python | undefined> {
  try {
    const { stdout } = await run(name, ['-c', probe], { timeout: 10_000 });
    const { fits, ...python } = JSON.parse(stdout) as Python & { fits: boolean };
    return fits && python.sharedLibrary !== '' ? python : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The first of the named Pythons on PATH that can carry the node: CPython 3.8–3.11 on Linux x86-64, with venv, pip and a shared library.
 * Undefined where there is none: what needs a real node is then skipped by its caller, aloud.
 */
export async function findPython(among: readonly string[] = names): Promise<Python | undefined> {
  for (const name of among) {
    const python = await probed(name);
    if (python !== undefined) return python;
  }
  return undefined;
}

export const noPython =
  'a real node needs CPython 3.8–3.11 on Linux x86-64 with venv, pip and libpython (Debian: python3-venv, libpython3-dev), and none was found on PATH: install one, or use the embedded devnet';
