/** nodeos' exceptions that this chain throws: code and text of each. */
const EXCEPTIONS = {
  chain_type_exception: [3010000, 'chain type exception'],
  name_type_exception: [3010001, 'Invalid name'],
  public_key_type_exception: [3010002, 'Invalid public key'],
  authority_type_exception: [3010004, 'Invalid authority'],
  block_id_type_exception: [3010008, 'Invalid block ID'],
  packed_transaction_type_exception: [3010010, 'Invalid packed transaction'],
  unknown_block_exception: [3100002, 'Unknown block'],
  transaction_exception: [3040000, 'Transaction exception'],
  tx_no_auths: [3040003, 'Transaction should have at least one required authority'],
  expired_tx_exception: [3040005, 'Expired Transaction'],
  tx_exp_too_far_exception: [3040006, 'Transaction Expiration Too Far'],
  invalid_ref_block_exception: [3040007, 'Invalid Reference Block'],
  tx_duplicate: [3040008, 'Duplicate transaction'],
  tx_too_big: [3040013, 'Transaction is too big'],
  action_validate_exception: [3050000, 'Action validate exception'],
  account_name_exists_exception: [3050001, 'Account name already exists'],
  invalid_action_args_exception: [3050002, 'Invalid Action Arguments'],
  eosio_assert_message_exception: [3050003, 'eosio_assert_message assertion failure'],
  eosio_assert_code_exception: [3050004, 'eosio_assert_code assertion failure'],
  unaccessible_api: [3050007, 'Attempt to use unaccessible API'],
  abort_called: [3050008, 'Abort Called'],
  inline_action_too_big: [3050009, 'Inline Action exceeds maximum size limit'],
  permission_query_exception: [3060001, 'Permission Query Exception'],
  account_query_exception: [3060002, 'Account Query Exception'],
  contract_table_query_exception: [3060003, 'Contract Table Query Exception'],
  wasm_execution_error: [3070002, 'Runtime Error Processing WASM'],
  wasm_serialization_error: [3070003, 'Serialization Error Processing WASM'],
  tx_cpu_usage_exceeded: [
    3080004,
    'Transaction exceeded the current CPU usage limit imposed on the transaction',
  ],
  subjective_block_production_exception: [3100006, 'Subjective exception thrown during block production'],
  tx_duplicate_sig: [3090001, 'Duplicate signature included'],
  tx_irrelevant_sig: [3090002, 'Irrelevant signature included'],
  unsatisfied_authorization: [
    3090003,
    'Provided keys, permissions, and delays do not satisfy declared authorizations',
  ],
  missing_auth_exception: [3090004, 'Missing required authority'],
  irrelevant_auth_exception: [3090005, 'Irrelevant authority included'],
  unlinkable_min_permission_action: [
    3090008,
    'The action is not allowed to be linked with minimum permission',
  ],
  invalid_table_payer: [3160001, 'Invalid table payer'],
  table_access_violation: [3160002, 'Table access violation'],
  invalid_table_iterator: [3160003, 'Invalid table iterator'],
  table_operation_not_permitted: [3160005, 'Table operation is not permitted'],
  invalid_contract_vm_type: [3160006, 'Invalid contract vm type'],
  invalid_contract_vm_version: [3160007, 'Invalid contract vm version'],
  set_exact_code: [3160008, 'Contract is already running this version of code'],
  invalid_http_request: [3200006, 'invalid http request'],
  assert_exception: [10, 'Assert Exception'],
  std_exception: [13, 'Unspecified'],
} as const;

export type FaultName = keyof typeof EXCEPTIONS;

/** A refusal in nodeos' terms: `code`, `fault` (its exception's name), `what` (its fixed text), `details` (this case). */
export class ChainFault extends Error {
  override readonly name = 'ChainFault';
  readonly code: number;
  readonly fault: FaultName;
  readonly what: string;
  readonly details: string[];

  constructor(fault: FaultName, ...details: string[]) {
    const [code, what] = EXCEPTIONS[fault];
    super(details.join('; ') || what);
    this.code = code;
    this.fault = fault;
    this.what = what;
    this.details = details;
  }
}

/** Throws the fault unless the condition holds. */
export function ensure(condition: boolean, fault: FaultName, detail: () => string): asserts condition {
  if (!condition) throw new ChainFault(fault, detail());
}
