import { expect, it } from 'vitest';
import { csvLine, DIALECTS } from './csv.ts';

it('quotes, keeps unknown empty and disarms formulas', () => {
  const cells = ['a;b', 'say "hi"', '=cmd()', { number: null }, { number: '-1.50' }];
  expect(csvLine(cells, DIALECTS.ru)).toBe(`"a;b";"say ""hi""";'=cmd();;-1,50\r\n`);
  expect(csvLine(cells, DIALECTS.en)).toBe(`"a;b","say ""hi""",'=cmd(),,-1.50\r\n`);
});
