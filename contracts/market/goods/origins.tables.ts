import { U128 } from 'proton-tsc';
import { refuse } from '../../shared/checks';
import { OriginShare, Place, isUnknown } from '../../shared/place';
import { WHOLE_PPM } from '../../shared/parts';
import { Movement } from '../market.log';

/** Shares of origin that a lot may have; the smallest beyond that are merged into unknown. */
const MAX_SHARES: i32 = 8;

/** Mass of one origin in a mixture, in grams times millionths, and the weakest evidence of it. */
class Part {
  constructor(
    public origin: Place,
    public evidence: u8,
    public mass: U128,
  ) {}
}

/** A mixture of lots by the mass of each origin. Bound: 16 inputs of at most 8 origins each. */
export class Mixture {
  private parts: Part[] = [];

  /** Adds what an act took from a lot, of one origin or of several. */
  add(used: Movement): void {
    const grams = U128.fromU64(used.grams);
    if (used.origins.length == 0) {
      this.addPart(used.origin, used.evidence, grams * U128.fromU64(WHOLE_PPM));
      return;
    }
    for (let i = 0; i < used.origins.length; i++) {
      const share = used.origins[i];
      this.addPart(share.origin, share.evidence, grams * U128.fromU64(share.ppm));
    }
  }

  /** Sets the body's origin: one origin with its evidence, or the shares of several, which sum to 1,000,000. */
  describe(body: Movement): void {
    this.limit();
    body.origin = new Place();
    body.evidence = 0;
    if (this.parts.length == 1) {
      body.origin = this.parts[0].origin;
      body.evidence = this.parts[0].evidence;
    } else body.origins = this.shares();
  }

  private addPart(origin: Place, evidence: u8, mass: U128): void {
    for (let i = 0; i < this.parts.length; i++) {
      const part = this.parts[i];
      if (!samePlace(part.origin, origin)) continue;
      part.mass = part.mass + mass;
      if (evidence < part.evidence) part.evidence = evidence;
      return;
    }
    this.parts.push(new Part(origin, evidence, mass));
  }

  /** Merges the lightest known origins into the unknown one until there are few enough. */
  private limit(): void {
    while (this.parts.length > MAX_SHARES) {
      const lightest = this.lightestKnown();
      const part = this.parts[lightest];
      this.parts.splice(lightest, 1);
      this.addPart(new Place(), 0, part.mass);
    }
  }

  private lightestKnown(): i32 {
    let lightest = -1;
    for (let i = 0; i < this.parts.length; i++) {
      if (isUnknown(this.parts[i].origin)) continue;
      if (lightest < 0 || this.parts[i].mass < this.parts[lightest].mass) lightest = i;
    }
    return lightest;
  }

  /** Each share is the difference of two sums rounded down, so that no rounding is lost: off by less than a millionth. */
  private shares(): OriginShare[] {
    const shares: OriginShare[] = [];
    let total = U128.Zero;
    for (let i = 0; i < this.parts.length; i++) total = total + this.parts[i].mass;
    if (total == U128.Zero) refuse('inputs: a gram or more of several origins expected, came 0');
    let sum = U128.Zero;
    let given: u64 = 0;
    for (let i = 0; i < this.parts.length; i++) {
      const part = this.parts[i];
      sum = sum + part.mass;
      const till = ((sum * U128.fromU64(WHOLE_PPM)) / total).lo;
      if (till > given) shares.push(new OriginShare(part.origin, part.evidence, <u32>(till - given)));
      given = till;
    }
    return shares;
  }
}

function samePlace(a: Place, b: Place): bool {
  return a.point_id == b.point_id && a.oktmo == b.oktmo && a.country == b.country;
}
