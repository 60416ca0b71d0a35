import type { Abi } from './abi.ts';

/** Which other declared types each declared type names. */
type Uses = ReadonlyMap<string, ReadonlySet<string>>;

/** A type's name without `[]`, `[n]`, `?` and `$`. */
function bare(type: string): string {
  let end = type.length;
  for (;;) {
    const last = type[end - 1];
    const opens = last === ']' ? type.lastIndexOf('[', end - 1) : -1;
    if (last === '?' || last === '$') end--;
    else if (opens >= 0) end = opens;
    else return type.slice(0, end);
  }
}

function usesOf(abi: Abi): Uses {
  const named = new Map<string, string[]>();
  for (const { name, base, fields } of abi.structs)
    named.set(name, [base, ...fields.map(({ type }) => type)]);
  for (const { name, types } of abi.variants) named.set(name, [...types]);
  for (const alias of abi.types) named.set(alias.new_type_name, [alias.type]);
  return new Map(
    [...named].map(([name, types]) => [name, new Set(types.map(bare).filter((type) => named.has(type)))]),
  );
}

function reversed(uses: Uses): Uses {
  const users = new Map([...uses.keys()].map((name) => [name, new Set<string>()]));
  for (const [name, used] of uses) for (const one of used) users.get(one)?.add(name);
  return users;
}

/** Takes out, again and again, every type that uses none of those left. */
function peeled(uses: Uses): Uses {
  const users = reversed(uses);
  const left = new Map([...uses].map(([name, used]) => [name, used.size]));
  const free = [...left].filter(([, count]) => count === 0).map(([name]) => name);
  for (const name of free) {
    left.delete(name);
    for (const user of users.get(name) ?? []) {
      const count = (left.get(user) ?? 0) - 1;
      left.set(user, count);
      if (count === 0) free.push(user);
    }
  }
  const within = (names: ReadonlySet<string>): Set<string> =>
    new Set([...names].filter((name) => left.has(name)));
  return new Map([...left.keys()].map((name) => [name, within(uses.get(name) ?? new Set())]));
}

/**
 * Types that hold themselves, be it through others, and those between two such circles: their values have no fixed shape.
 * A function of the ABI alone, whatever is compiled first.
 */
export function knots(abi: Abi): ReadonlySet<string> {
  return new Set(peeled(reversed(peeled(usesOf(abi)))).keys());
}
