import { WarehouseError } from '../error.ts';
import type { Model } from './read.ts';

/** The names of models that a model's statement mentions, itself apart. */
export function mentioned(model: Model, models: readonly Model[]): Model[] {
  return models.filter((other) => other !== model && mentions(model.statement, other));
}

/** Every model after those it mentions. Throws when they mention each other in a ring. */
export function inOrder(models: readonly Model[]): Model[] {
  const ordered: Model[] = [];
  const done = new Set<Model>();
  const visit = (model: Model, path: readonly Model[]): void => {
    if (done.has(model)) return;
    if (path.includes(model)) {
      throw new WarehouseError(
        `Models mention each other in a ring: ${[...path, model].map((one) => one.name).join(' -> ')}.`,
        'BROKEN_MODEL',
      );
    }
    for (const other of mentioned(model, models)) visit(other, [...path, model]);
    done.add(model);
    ordered.push(model);
  };
  for (const model of models) visit(model, []);
  return ordered;
}

/**
 * The tables whose content must be made anew when `changed` changed: a changed table, the target of a changed feed,
 * whatever a changed function enters, every table fed from one of these, and every snapshot that mentions one.
 */
export function tablesToRebuild(changed: ReadonlySet<Model>, models: readonly Model[]): Model[] {
  const touched = new Set(changed);
  let before: number;
  do {
    before = touched.size;
    for (const model of models) {
      if (touched.has(model)) continue;
      const causes = mentioned(model, models).filter((other) => touched.has(other));
      const isTouched = model.kind === 'table' ? isFedBy(model, touched) : causes.length > 0;
      if (isTouched) touched.add(model);
    }
  } while (touched.size > before);
  return models.filter((model) => isFilled(model) && touched.has(model));
}

function isFilled(model: Model): boolean {
  return model.kind === 'table' || model.kind === 'snapshot';
}

function isFedBy(table: Model, touched: ReadonlySet<Model>): boolean {
  return [...touched].some((model) => model.feed?.target === table.name);
}

function mentions(statement: string, other: Model): boolean {
  const name = other.name.replace('.', '\\.');
  return new RegExp(`(?<![\\w.])${name}(?![\\w.])${other.kind === 'function' ? '\\s*\\(' : ''}`).test(
    statement,
  );
}
