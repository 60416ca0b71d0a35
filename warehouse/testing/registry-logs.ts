import { CITY, FAR, FOREST, GOODS, POINTS, REGION, STEPPE } from './lots.ts';
import type { Value } from './row-binary.ts';

export type Log = {
  readonly table: string;
  readonly block: number;
  readonly row: Readonly<Record<string, Value>>;
};

export const FIRST_SEQUENCE = 1_000_000_000_000n;

/** A log's own fields, without block, time, sequence and transaction. */
function fieldsOf(row: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(row).slice(4));
}

/** The registry of the tests' region, in block 1: its point in the far region is closed, and one product is a service. */
export function registryLogs(): Log[] {
  const logs: Log[] = [];
  const add = (table: string, fields: Readonly<Record<string, Value>>): void => {
    const leading = {
      block_num: 1,
      block_time: '2026-01-01T00:00:00.000Z',
      global_sequence: FIRST_SEQUENCE + BigInt(logs.length),
      tx_id: '01',
    };
    logs.push({ table: `registry_log${table}`, block: 1, row: { ...leading, ...fields } });
  };
  const territories = [
    [REGION, '', 'Старое имя'],
    [REGION, '', 'Заречная область'],
    [FOREST, REGION, 'Лесной район'],
    [STEPPE, REGION, 'Степной район'],
    [CITY, REGION, 'город Заречный'],
    [FAR, '', 'Дальняя область'],
  ] as const;
  for (const [oktmo, parent, title] of territories) {
    add('terr', {
      oktmo,
      parent,
      title,
      valid_from: '2020-01-01T00:00:00Z',
      valid_to: '2100-01-01T00:00:00Z',
      successor: '',
    });
  }
  const service = { group: 'service', unit: '0,PCS', grams: 0 };
  for (const [product, goods] of [...Object.entries(GOODS), ['ploughing', service] as const]) {
    add('product', {
      product,
      title: product,
      okpd2: '01.13',
      basket_group: goods.group,
      unit: goods.unit,
      grams_per_unit: goods.grams,
      primary_ppm: 1_000_000,
      valid_from: '1970-01-01T00:00:00Z',
      valid_to: '1970-01-01T00:00:00Z',
      successor: '',
    });
  }
  add('coop', { coop: 'zarechye', title: 'Заречье', legal_form: 'consumer', union: '', oktmo: REGION });
  for (const [point, oktmo] of Object.entries(POINTS)) {
    add('section', {
      section_id: Number(point),
      coop: 'zarechye',
      kind: 'territorial',
      title: `Участок ${point}`,
      chair: 'chair',
      closed: false,
    });
    add('point', {
      point_id: Number(point),
      section_id: Number(point),
      coop: 'zarechye',
      oktmo,
      title: `Пункт ${point}`,
      address_hash: '01',
      closed: false,
    });
  }
  const closed = logs.filter(({ row }) => row['point_id'] === 4 || row['section_id'] === 4);
  for (const { table, row } of closed)
    add(table.replace('registry_log', ''), { ...fieldsOf(row), closed: true });
  return logs;
}
