import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pino from 'pino';
import { endpointName } from '../indexer/endpoints.ts';
import { ConfigError, readConfig } from '../zakroma.config.ts';
import type { PageHandler } from './api/pages.ts';
import { messageOf, speaksForItself } from './process/errors.ts';
import { startZakroma } from './process/start.ts';
import { createTerminal } from './process/terminal.ts';

/** `npm start`: everything in one process until Ctrl-C. Ends with code 1 when it cannot start or a part has failed. */
const terminal = createTerminal(process.stdout);

try {
  await main();
} catch (error) {
  process.exitCode = 1;
  console.error(speaksForItself(error) ? messageOf(error) : error);
}

async function main(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2));
  const log = pino({ level: config.log });
  const stopAsked = untilSignal();
  let isStopping = false;
  let isStarted = false;
  // Nothing to close in order yet: what a start has written is taken up by the next one.
  void stopAsked.then(() => {
    if (!isStarted) process.exit(130);
  });
  const zakroma = await startZakroma(config, {
    log,
    page: await loadPages(),
    onStatus: (status) => {
      if (!isStopping) terminal.progress(status);
    },
    onFailure: (message) => {
      process.exitCode = 1;
      terminal.say(`A part has failed: ${message}`);
    },
  });
  isStarted = true;
  terminal.say(`Zakroma: ${zakroma.url}`);
  const chainFailed = zakroma.chain.then(
    ({ httpUrl, shipUrls }) => {
      terminal.say(`Chain:   ${httpUrl}, state history ${shipUrls.map(endpointName).join(', ')}`);
      return stopAsked;
    },
    () => undefined,
  );
  await Promise.race([stopAsked, chainFailed]);
  isStopping = true;
  terminal.say('Stopping…');
  await zakroma.stop();
}

/** SvelteKit's built handler. */
async function loadPages(): Promise<PageHandler> {
  const path = fileURLToPath(new URL('../build/handler.js', import.meta.url));
  if (!existsSync(path))
    throw new ConfigError('The pages are not built: run `npm run build` first, or use `npm start`.');
  const module = (await import(pathToFileURL(path).href)) as { readonly handler: PageHandler };
  return module.handler;
}

/** The first SIGINT or SIGTERM; a second one ends the process at once. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const onSignal = (): void => {
      process.once('SIGINT', () => process.exit(130));
      process.once('SIGTERM', () => process.exit(143));
      resolve();
    };
    process.once('SIGINT', onSignal);
    process.once('SIGTERM', onSignal);
  });
}
