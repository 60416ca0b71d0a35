import { Checksum256, EMPTY_NAME, Name, Table, TableStore, TimePointSec, currentTimeSec } from 'proton-tsc';
import { refuse } from '../../shared/checks';
import { PAIR_SECONDS, documentKey } from '../../shared/documents';
import { isOver } from '../../shared/terms';
import { Movement } from '../market.log';

/**
 * The first half of a pair: what one side signed and the other has not. States, in the body's status: supplied, claimed,
 * givenback; the row goes with the second half or when it lapses.
 */
@table('intents')
export class Intent extends Table {
  constructor(
    /** The first 8 bytes of the document's hash. */
    public key: u64 = 0,
    public until: TimePointSec = new TimePointSec(),
    public body: Movement = new Movement(),
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.key;
  }
}

export function newIntent(intents: TableStore<Intent>, body: Movement): Intent {
  const key = documentKey(body.document_hash);
  if (intents.exists(key))
    refuse('document_hash: a document of its own expected, another half waits under it');
  return new Intent(key, new TimePointSec(currentTimeSec() + PAIR_SECONDS), body);
}

/** The half that waits under this document. */
export function requireWaiting(intents: TableStore<Intent>, document_hash: Checksum256): Intent {
  const found = intents.get(documentKey(document_hash));
  if (found == null || found.body.document_hash != document_hash)
    refuse(`document_hash: a document that the other side has signed expected, came ${document_hash}`);
  return found!;
}

/** The half of this status that waits under the document and has not lapsed. */
export function requireHalf(intents: TableStore<Intent>, document_hash: Checksum256, status: Name): Intent {
  const intent = requireWaiting(intents, document_hash);
  if (intent.body.status != status)
    refuse(`document_hash: a document ${status} expected, this one is ${intent.body.status}`);
  if (isOver(intent.until))
    refuse(
      `document_hash: a document signed in the last 30 days expected, this one lapsed at ${intent.until.utcSeconds}`,
    );
  return intent;
}
