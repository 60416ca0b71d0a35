import { TableStore, currentTimeSec } from 'proton-tsc';
import { Territory } from '../registry/registry.tables';
import { refuse } from './checks';

/**
 * The table key of an OKTMO code: its 8 or 11 digits after a leading 1, so that no two codes share a key
 * and leading zeros count. Nothing is read from the digits: the parent is a field of its own.
 */
export function oktmoKey(field: string, oktmo: string): u64 {
  if (oktmo.length != 8 && oktmo.length != 11)
    refuse(`${field}: OKTMO of 8 or 11 digits expected, came ${oktmo.length} characters`);
  let key: u64 = 1;
  for (let i = 0; i < oktmo.length; i++) {
    const c = oktmo.charCodeAt(i);
    if (c < 48 || c > 57) refuse(`${field}: OKTMO of 8 or 11 digits expected, came ${oktmo}`);
    key = key * 10 + <u64>(c - 48);
  }
  return key;
}

/** A registered territory, whatever its dates. */
export function requireTerritory(
  territories: TableStore<Territory>,
  field: string,
  oktmo: string,
): Territory {
  const found = territories.get(oktmoKey(field, oktmo));
  if (found == null) refuse(`${field}: a registered territory expected, came ${oktmo}`);
  return found!;
}

/** A registered territory whose dates, [valid_from, valid_to), hold the block's time. A valid_to of zero has no end. */
export function requireValidTerritory(
  territories: TableStore<Territory>,
  field: string,
  oktmo: string,
): Territory {
  const territory = requireTerritory(territories, field, oktmo);
  const now = currentTimeSec();
  const from = territory.valid_from.utcSeconds;
  const to = territory.valid_to.utcSeconds;
  if (now < from || (to != 0 && now >= to)) {
    refuse(`${field}: ${oktmo} is valid from ${from} till ${to}, the block's time is ${now}`);
  }
  return territory;
}
