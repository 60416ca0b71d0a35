import { Table } from 'proton-tsc';
import { refuse } from './checks';
import { isCountry } from './countries';

/**
 * Where goods are or come from: a point of the network (its OKTMO filled), a territory, a country outside
 * (ISO 3166 alpha-2), or nothing at all: unknown.
 */
@packer
export class Place extends Table {
  constructor(
    public point_id: u64 = 0,
    public oktmo: string = '',
    public country: string = '',
  ) {
    super();
  }
}

/** One of several origins of a mixed lot. The shares of a lot sum to 1,000,000. */
@packer
export class OriginShare extends Table {
  constructor(
    public origin: Place = new Place(),
    public evidence: u8 = 0,
    public ppm: u32 = 0,
  ) {
    super();
  }
}

export function isUnknown(place: Place): bool {
  return place.point_id == 0 && place.oktmo.length == 0 && place.country.length == 0;
}

/** A place outside the network's points as an act may name it: a territory, or a country, or neither. */
export function requireOutside(field: string, place: Place): void {
  if (place.point_id != 0)
    refuse(`${field}: a territory or a country expected, came point ${place.point_id}`);
  if (place.country.length == 0) return;
  if (place.oktmo.length > 0) {
    refuse(`${field}: a territory or a country expected, came both ${place.oktmo} and ${place.country}`);
  }
  if (!isCountry(place.country)) {
    refuse(`${field}: a country of ISO 3166 expected, came ${place.country}`);
  }
}
