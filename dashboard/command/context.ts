import type { Environment } from '../../zakroma.config.ts';
import type { Given, OptionSpecs } from './options.ts';

/** What a command is run with; nothing else of the process is used. */
export type CommandContext = {
  readonly given: Given;
  readonly env: Environment;
  /** Results: a line each. */
  readonly say: (line: string) => void;
  /** How far it is: replaces the line before on a terminal, a line now and then elsewhere. */
  readonly progress: (line: string) => void;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
};

export type Command = {
  readonly summary: string;
  readonly options: OptionSpecs;
  /** Longer help, below the options. */
  readonly notes: string;
  /** Gives the exit code. Throws what the exit code follows from. */
  readonly run: (context: CommandContext) => Promise<number>;
};
