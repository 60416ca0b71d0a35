import { identifier, literal } from '../door/statement.ts';

/** An expression with its type. */
export type Typed = { readonly expression: string; readonly type: string };

/** Splits `a, b(c, d), e` at its outer commas. */
function parts(text: string): string[] {
  const out: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (at === text.length || (text[at] === ',' && depth === 0)) {
      out.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return out;
}

/** A Tuple's fields: their names, and the rest, their types. */
function fieldsOf(inner: string): { name: string; type: string }[] {
  return parts(inner).map((part) => {
    const [, quoted, plain, type = ''] = /^(?:`((?:[^`\\]|\\.)*)`|(\w+)) (.*)$/s.exec(part) ?? [];
    return { name: quoted ?? plain ?? '', type };
  });
}

/**
 * The value in a form that JSON can tell: integers of 64 bits and more and decimals as text, so that no reader rounds them, fixed
 * strings as hex, and so text that is not UTF-8. `depth` tells the parameters of nested lambdas apart.
 */
export function tellable({ expression, type }: Typed, depth = 0): Typed {
  const [, outer = type, inner = ''] = /^(\w+)\((.*)\)$/s.exec(type) ?? [];
  if (outer === 'LowCardinality') return tellable({ expression, type: inner }, depth);
  if (outer === 'Nullable') {
    const told = tellable({ expression, type: inner }, depth);
    return { expression: told.expression, type: `Nullable(${told.type})` };
  }
  if (outer === 'Array') {
    const item = `item${String(depth)}`;
    const told = tellable({ expression: item, type: inner }, depth + 1);
    const mapped = `arrayMap(${item} -> ${told.expression}, ${expression})`;
    return { expression: told.expression === item ? expression : mapped, type: `Array(${told.type})` };
  }
  if (outer === 'Tuple') {
    return told(
      fieldsOf(inner).map(({ name, type: field }) => ({
        name,
        type: field,
        expression: `tupleElement(${expression}, ${literal(name)})`,
      })),
      depth,
    );
  }
  if (outer === 'FixedString') return { expression: `lower(hex(${expression}))`, type: 'String' };
  if (outer === 'String') {
    return { expression: `if(isValidUTF8(${expression}), ${expression}, lower(hex(${expression})))`, type };
  }
  if (/^(U?Int(64|128|256)|Decimal)$/.test(outer))
    return { expression: `toString(${expression})`, type: 'String' };
  return { expression, type };
}

function told(fields: readonly (Typed & { readonly name: string })[], depth: number): Typed {
  const values = fields.map((field) => ({ name: field.name, ...tellable(field, depth) }));
  return {
    expression: `tuple(${values.map((value) => value.expression).join(', ')})`,
    type: `Tuple(${values.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ')})`,
  };
}

/** JSON text of an object with these fields; `{}` of none. */
export function jsonText(fields: readonly (Typed & { readonly name: string })[]): string {
  if (fields.length === 0) return literal('{}');
  const { expression, type } = told(fields, 0);
  return `toJSONString(cast(${expression}, ${literal(type)}))`;
}
