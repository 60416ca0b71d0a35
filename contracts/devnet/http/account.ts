import { nameNumber, nameText } from '../bytes/name.ts';
import { authorityJson } from '../chain/authority.ts';
import { timeText } from '../chain/block.ts';
import { ChainFault } from '../chain/fault.ts';
import type { Devnet } from '../devnet.ts';
import type { Account, Metadata, State } from '../state/state.ts';

const NO_CODE = '0'.repeat(64);

/** The account a request names. Throws nodeos' "Account lookup" failure where there is none. */
export function findAccount(
  state: State,
  text: string,
  what: string,
): { name: bigint; account: Account; metadata: Metadata } {
  let name: bigint;
  try {
    name = nameNumber(text);
  } catch {
    throw new ChainFault('invalid_http_request', 'Unable to parse valid input from POST body');
  }
  const account = state.accounts.get(name);
  const metadata = state.metadata.get(name);
  if (account === undefined || metadata === undefined)
    throw new ChainFault('account_query_exception', what.replace('%', text));
  return { name, account, metadata };
}

export const codeHashText = ({ codeHash }: Metadata): string => (codeHash === '' ? NO_CODE : codeHash);

/** get_account. Resources have no limits here: -1, as nodeos shows an unlimited account. */
export function accountJson(devnet: Devnet, text: string): Record<string, unknown> {
  const { state } = devnet;
  const { name, account, metadata } = findAccount(
    state,
    text,
    'unable to retrieve account info (unknown key: %)',
  );
  const info = devnet.info();
  const time = timeText(info.headTimeMs);
  const unlimited = { used: -1, available: -1, max: -1, last_usage_update_time: time, current_used: -1 };
  const links = [...state.links.map.values()].filter((link) => link.account === name);
  const linked = (requirement: string): unknown[] =>
    links
      .filter((link) => nameText(link.requirement) === requirement)
      .map(({ code, type }) => ({ account: nameText(code), action: type === 0n ? null : nameText(type) }));
  const permissions = [...state.permissions.map.values()]
    .filter(({ owner }) => owner === name)
    .map((row) => ({
      perm_name: nameText(row.name),
      parent: nameText(row.parent),
      required_auth: authorityJson(row.authority),
      linked_actions: linked(nameText(row.name)),
    }))
    .sort((a, b) => (a.perm_name < b.perm_name ? -1 : 1));
  return {
    account_name: text,
    head_block_num: info.headNum,
    head_block_time: time,
    privileged: metadata.privileged,
    last_code_update: timeText(metadata.updated),
    created: timeText(account.created),
    ram_quota: -1,
    net_weight: -1,
    cpu_weight: -1,
    net_limit: unlimited,
    cpu_limit: unlimited,
    ram_usage: state.ram.get(name) ?? 0,
    permissions,
    total_resources: null,
    self_delegated_bandwidth: null,
    refund_request: null,
    voter_info: null,
    rex_info: null,
    subjective_cpu_bill_limit: {
      used: 0,
      available: 0,
      max: 0,
      last_usage_update_time: '2000-01-01T00:00:00.000',
      current_used: 0,
    },
    eosio_any_linked_actions: linked('eosio.any'),
  };
}
