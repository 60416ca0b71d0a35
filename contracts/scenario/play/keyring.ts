import type { Step } from '../acts/step.ts';
import { demoSeed } from '../keys.ts';

/** Whose key is whose as a region lives on: one who recovered a lost key signs with the new one from then on. */
export type Keyring = ReturnType<typeof createKeyring>;

export function createKeyring(seed: string) {
  const anew = new Set<string>();
  return {
    /** The text that the actor's present key is made from. */
    seedOf: (actor: string): string => demoSeed(seed, anew.has(actor) ? `${actor} anew` : actor),
    /** Tells what a step that is done has changed. */
    done({ actions }: Pick<Step, 'actions'>): void {
      for (const { name, data } of actions) if (name === 'endrecover') anew.add(String(data['account']));
    },
  };
}
