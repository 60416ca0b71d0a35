import { expect, it } from 'vitest';
import { normaliseAbi } from './build-abi.ts';

const struct = (name: string, ...types: string[]) => ({
  name,
  base: '',
  fields: types.map((type, at) => ({ name: `f${at}`, type })),
});

/** As the compiler drafts it for a contract that reads another's table `points`. */
const draft = {
  structs: [
    struct('Lot', 'uint64', 'PlaceOf[]'),
    struct('PlaceOf', 'string'),
    struct('Point', 'Unused'),
    struct('Unused'),
    struct('ship', 'Note?'),
    struct('Note', 'name'),
  ],
  actions: [{ name: 'ship', type: 'ship' }],
  tables: [
    { name: 'lots', type: 'Lot', index_type: 'i64' },
    { name: 'points', type: 'Point', index_type: 'i64' },
  ],
};

it('keeps own tables and the structs that they and the actions lead to, under ABI names', () => {
  const abi = normaliseAbi(draft, `@table('lots')\nexport class Lot extends Table {}`);
  expect(abi['structs']).toEqual([
    struct('lot', 'uint64', 'place_of[]'),
    struct('place_of', 'string'),
    struct('ship', 'note?'),
    struct('note', 'name'),
  ]);
  expect(abi['tables']).toEqual([
    { name: 'lots', type: 'lot', index_type: 'i64', key_names: [], key_types: [] },
  ]);
  expect(abi['actions']).toEqual([{ name: 'ship', type: 'ship', ricardian_contract: '' }]);
});

it('refuses an action and a table class of one name in the ABI', () => {
  const clash = {
    structs: [struct('Vote', 'name'), struct('vote', 'name', 'bool')],
    actions: [{ name: 'vote', type: 'vote' }],
    tables: [{ name: 'votes', type: 'Vote', index_type: 'i64' }],
  };
  const own = `@table('votes')\nexport class Vote extends Table {}`;
  expect(() => normaliseAbi(clash, own)).toThrow('structs of different names expected, two are "vote"');
});
