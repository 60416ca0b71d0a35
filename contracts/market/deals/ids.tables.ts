import { Name, Singleton, Table } from 'proton-tsc';
import { Counters } from '../market.tables';

/** Last ids given to deals; never given again. Offers and needs share theirs. */
@table('dealcounters', singleton)
export class DealCounters extends Table {
  constructor(
    public offer_id: u64 = 0,
    public order_id: u64 = 0,
    public thing_id: u64 = 0,
    public rent_id: u64 = 0,
    public invest_id: u64 = 0,
    public pool_id: u64 = 0,
  ) {
    super();
  }
}

/** The id of the next act that property moves by; acts on goods and deals are numbered together. */
export function takeAct(self: Name): u64 {
  const store = new Singleton<Counters>(self);
  const counters = store.get();
  counters.act_id += 1;
  store.set(counters, self);
  return counters.act_id;
}
