import { Table } from 'proton-tsc';

/** Last ids given; never given again. */
@table('counters', singleton)
export class FundsCounters extends Table {
  constructor(
    public programme_id: u64 = 0,
    public payment_id: u64 = 0,
    public entry_id: u64 = 0,
  ) {
    super();
  }
}
