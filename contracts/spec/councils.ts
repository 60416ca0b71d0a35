import { createAccount, developmentKey, publicText } from '../chain/system.ts';
import { type World, hashOf } from './world-act.ts';
import { CITY, apply, coopOf, registerPerson } from './world.ts';

/** A new cooperative whose council has so many seats; its members, the chair first, are named after it. */
export async function newCouncil(world: World, coop: string, size: number): Promise<string[]> {
  const members = Array.from({ length: size }, (_, at) => `${coop}.${'abcdefghijklmnopqrstu'.charAt(at)}`);
  await newCoop(world, coop, members);
  const founding = { coop, chair: members[0], members, document_hash: hashOf(`founding of ${coop}`) };
  await world.act('council', 'found', [coop], founding);
  return members;
}

/** A new cooperative with a section (chair anna), to which verified persons have applied. */
export async function newCoop(world: World, coop: string, members: readonly string[]): Promise<void> {
  const key = publicText(developmentKey);
  await createAccount(world.driver, coop, key);
  await world.act('registry', 'regcoop', ['ano'], coopOf(coop));
  const section = { coop, kind: 'geographic', title: `Участок ${coop}`, chair: 'anna' };
  await world.act('registry', 'addsection', [coop], section);
  const counters = await world.row('registry', 'registry', 'counters', 'counters');
  for (const member of members) {
    await createAccount(world.driver, member, key);
    await registerPerson(world, member, CITY);
    await apply(world, member, coop, Number(counters?.['section_id']));
  }
}
