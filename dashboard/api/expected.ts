import { INDICATORS } from '../lib/filters/indicator.ts';
import { KINDS } from '../lib/filters/kind.ts';
import { PERIOD_FORMS } from '../lib/filters/period.ts';

/** What each parameter has to look like, for people: in refusals and in OpenAPI. */
export const EXPECTED: Readonly<Record<string, string>> = {
  t: 'a territory by its OKTMO code of 8 or 11 digits',
  p: `a period as ${PERIOD_FORMS}`,
  g: 'a basket group by its code, for example milk',
  pr: 'a product by its code, for example potato',
  i: `one of ${INDICATORS.join(', ')}`,
  k: `one of ${KINDS.join(', ')}, and no i beside it`,
  q: 'up to 100 characters of a name or an OKTMO code',
  after: 'the cursor of the page before, block.sequence',
  limit: 'a whole number from 1 to 500',
  since: 'a block number',
  lang: 'ru or en',
  oktmo: 'an OKTMO code of 8 or 11 digits',
  id: 'the number of an act',
};
