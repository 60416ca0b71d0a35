import { Checksum256, Name, Singleton, TableStore } from 'proton-tsc';
import { CouncilCounters } from '../council/counters.tables';
import { refuse } from '../shared/checks';
import { Counters } from './counters.tables';
import { Request } from './roles.tables';

/** The last decision taken so far: a later one can speak of what is asked now, an earlier one cannot. */
export function lastDecision(): u64 {
  return new Singleton<CouncilCounters>(Name.fromString('council')).get().decision_id;
}

/** A request with the next id, to be filled and stored. */
export function newRequest(
  registry: Name,
  coop: Name,
  kind: Name,
  proposer: Name,
  document_hash: Checksum256,
): Request {
  const store = new Singleton<Counters>(registry);
  const counters = store.get();
  counters.request_id += 1;
  store.set(counters, registry);
  const request = new Request(counters.request_id, coop, kind);
  request.proposer = proposer;
  request.document_hash = document_hash;
  request.after = lastDecision();
  return request;
}

/** The council decided about the paper that the request was made by: votes name a document, not an id. */
export function requireAskedBy(asked: Checksum256, decision_id: u64, decided: Checksum256): void {
  if (asked != decided)
    refuse(`document_hash: the request's ${asked} expected, decision ${decision_id} has ${decided}`);
}

/** The request that a decision of the cooperative's council carries out. */
export function requireRequest(
  requests: TableStore<Request>,
  request_id: u64,
  coop: Name,
  kind: Name,
  decision_id: u64,
  document_hash: Checksum256,
): Request {
  const found = requests.get(request_id);
  if (found == null || found.coop != coop || found.kind != kind)
    refuse(`request_id: a request of ${coop} for ${kind} expected, came ${request_id}`);
  if (decision_id <= found!.after)
    refuse(`decision_id: one after ${found!.after}, when it was asked, expected, came ${decision_id}`);
  requireAskedBy(found!.document_hash, decision_id, document_hash);
  return found!;
}
