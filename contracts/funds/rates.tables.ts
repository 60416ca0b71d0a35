import { Name, Table, TableStore } from 'proton-tsc';
import { refuse } from '../shared/checks';

/**
 * From which act on a share part was calculated by which rate, in the programme that is the table's scope: an act that is
 * undone is undone by the rate of its day. Rows are written when the rate changes; the latest comes first.
 */
@table('rates')
export class Rate extends Table {
  constructor(
    public from_act: u64 = 0,
    public share_ppm: u32 = 0,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return ~this.from_act;
  }
}

/** Remembers the rate that an act is divided by. Acts come in order of their ids. */
export function noteRate(self: Name, programme: u64, act_id: u64, share_ppm: u32): void {
  const rates = new TableStore<Rate>(self, new Name(programme));
  const latest = rates.first();
  if (latest != null && latest.share_ppm == share_ppm) return;
  rates.set(new Rate(act_id, share_ppm), self);
}

/** The rate that an act was divided by. */
export function rateOf(self: Name, programme: u64, act_id: u64): u32 {
  const found = new TableStore<Rate>(self, new Name(programme)).lowerBound(~act_id);
  if (found == null) refuse(`act_id: an act booked under programme ${programme} expected, came ${act_id}`);
  return found!.share_ppm;
}
