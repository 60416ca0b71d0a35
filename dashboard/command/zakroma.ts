#!/usr/bin/env node
import { messageOf, speaksForItself } from '../process/errors.ts';
import type { Command } from './context.ts';
import { exitCodeOf, exitCodes } from './exit.ts';
import { commandHelp, generalHelp } from './help.ts';
import { indexerCommand } from './indexer.ts';
import { parseOptions, UsageError } from './options.ts';
import { createPrinter } from './progress.ts';
import { redecodeCommand } from './redecode.ts';
import { verifyCommand } from './verify.ts';

/** `zakroma <command>`: what an operator does beside `npm start`. */
const commands: Readonly<Record<string, Command>> = {
  indexer: indexerCommand,
  verify: verifyCommand,
  redecode: redecodeCommand,
};

const results = createPrinter(process.stdout, () => performance.now());
const moving = createPrinter(process.stderr, () => performance.now());

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = exitCodeOf(error);
  const isPlain = speaksForItself(error) || error instanceof UsageError;
  moving.say(isPlain || !(error instanceof Error) ? messageOf(error) : (error.stack ?? error.message));
}

async function main([name, ...argv]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    results.say(generalHelp(commands));
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  const command = commands[name];
  if (command === undefined)
    throw new UsageError(
      `zakroma ${name}: there is no such command. Known: ${Object.keys(commands).join(', ')}`,
    );
  if (argv.includes('--help') || argv.includes('-h')) {
    results.say(commandHelp(name, command));
    return exitCodes.ok;
  }
  return command.run({
    given: parseOptions(command.options, argv),
    env: process.env,
    say: results.say,
    progress: moving.progress,
    signal: untilSignal(),
  });
}

/** Aborts at the first SIGINT or SIGTERM; a second one ends the process at once. */
function untilSignal(): AbortSignal {
  const abort = new AbortController();
  const onSignal = (): void => {
    process.once('SIGINT', () => process.exit(130));
    process.once('SIGTERM', () => process.exit(143));
    abort.abort();
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  return abort.signal;
}
