import type { Command } from './context.ts';

const codes = 'Exit codes: 0 done, 1 cannot go on or something differs, 2 wrong usage, 75 try again later.';

export function generalHelp(commands: Readonly<Record<string, Command>>): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
  return `Usage: zakroma <command> [options]\n\n${lines.join('\n')}\n\n"zakroma <command> --help" tells its options.\n${codes}`;
}

export function commandHelp(name: string, { summary, options, notes }: Command): string {
  const shown = Object.entries(options).map(
    ([option, { takes, help }]) => [`--${option} ${takes}`, help] as const,
  );
  const width = Math.max(...shown.map(([left]) => left.length));
  const lines = shown.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`);
  return `Usage: zakroma ${name} [options]\n\n${summary}.\n\n${lines.join('\n')}\n\n${notes}\n${codes}`;
}
