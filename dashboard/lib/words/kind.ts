import type { Messages } from '../messages/index.ts';
import { inSentence } from './titles.ts';
import { word } from './places.ts';

/** What an act's log says of its kind; `parent` is '0' when it names no act. */
export type KindOf = { readonly kind: string; readonly status: string; readonly parent: string };

/**
 * The key of an act's words: its kind, or the kind of thing that it did where one kind does several. A loss that names no act
 * was written off in store, one that names a shipment was lost on its way.
 */
export function kindKey({ kind, status, parent }: KindOf): string {
  if (kind === 'process' || kind === 'count') return status;
  if (kind === 'return' && status === 'spoiled') return 'spoiled';
  if (kind === 'loss') return parent === '0' ? 'writeoff' : 'shortfall';
  return kind;
}

/** «Выдано», «Списано», «Отмена: выдано». */
export function kindTitle(act: KindOf, m: Messages): string {
  if (act.kind === 'reverse') return m.reversed(inSentence(word(m.kinds, act.status)));
  return word(m.kinds, kindKey(act));
}
