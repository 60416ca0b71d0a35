import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { Signer } from '../wire.ts';

type Act = {
  readonly producer: string;
  readonly recipient: string;
  readonly coop: string;
  /** The chair who signed, as the act names them: who heads the section today may be another. */
  readonly chair: string;
  readonly signers: readonly (readonly [actor: string, permission: string])[];
};

/** What an act names its people as. */
const ROLES = ['chair', 'producer', 'recipient', 'coop'] as const;

/** Who signed, and as what: a chair of a section at one end of the act, its producer, recipient or cooperative. */
export async function readSigners(
  warehouse: Warehouse,
  act: Act,
  ends: { readonly from: string; readonly to: string },
): Promise<Signer[]> {
  const sections = await warehouse.query<{ chair: string; title: string }>(
    `select section.chair as chair, section.title as title
     from mart.point as point
     inner join mart.section as section on section.section_id = point.section_id
     where point.point_id in ({from:UInt64}, {to:UInt64})`,
    ends,
  );
  return act.signers.map(([actor, permission]) => {
    const section = sections.find(({ chair }) => chair === actor);
    if (section) return { actor, permission, role: 'chair', section: section.title };
    const role = ROLES.find((one) => act[one] === actor) ?? null;
    return { actor, permission, role, section: '' };
  });
}
