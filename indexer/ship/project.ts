import { skipping } from '../abi/codec.ts';
import type { Skip } from '../abi/codec.ts';
import type { Types } from '../abi/compile.ts';
import { FatalError } from '../errors.ts';

/** What is wanted of a field: the type it must have in the protocol's ABI, and its reader. */
export type Wanted = Readonly<Record<string, readonly [type: string, read: Skip]>>;

/**
 * A reader of one struct that looks at the wanted fields and steps over the others, in the order that the protocol's own
 * ABI gives. Throws FatalError when a wanted field is missing or of another type.
 */
export function project(types: Types, struct: string, wanted: Wanted): Skip {
  const fields = types.fields(struct);
  for (const [name, [type]] of Object.entries(wanted)) {
    const found = fields.find((field) => field.name === name)?.type;
    if (found !== type) {
      throw new FatalError(
        `the endpoint's protocol has ${struct}.${name} as ${found ?? 'nothing'}, expected ${type}: not a state-history endpoint that is understood`,
      );
    }
  }
  const steps: Skip[] = [];
  let pending: string[] = [];
  const flush = (): void => {
    if (pending.length > 0) steps.push(skipping(pending.map((type) => types.codec(type))));
    pending = [];
  };
  for (const { name, type } of fields) {
    const read = wanted[name]?.[1];
    if (read === undefined) pending.push(type);
    else {
      flush();
      steps.push(read);
    }
  }
  flush();
  return (from) => {
    for (const step of steps) step(from);
  };
}

/** A reader of a variant: one reader a case, chosen by the tag. */
export function projectVariant(types: Types, variant: string, caseReader: (name: string) => Skip): Skip {
  const readers = types.cases(variant).map(caseReader);
  return (from) => {
    const tag = from.varuint32(variant);
    const read = readers[tag] ?? from.fail(variant, `unknown case ${tag} of ${readers.length}`);
    read(from);
  };
}
