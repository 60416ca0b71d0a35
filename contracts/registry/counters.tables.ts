import { Table } from 'proton-tsc';

/** Last ids given; never given again. A file of its own: contracts that read the registry's tables must not see it. */
@table('counters', singleton)
export class Counters extends Table {
  constructor(
    public section_id: u64 = 0,
    public point_id: u64 = 0,
    public request_id: u64 = 0,
  ) {
    super();
  }
}
