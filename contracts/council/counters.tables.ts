import { Table } from 'proton-tsc';

/** Last id given; never given again. The row's scope and code are the council's. */
@table('counters', singleton)
export class CouncilCounters extends Table {
  constructor(public decision_id: u64 = 0) {
    super();
  }
}
