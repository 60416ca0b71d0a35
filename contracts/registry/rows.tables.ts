import { Name, TableStore } from 'proton-tsc';
import { refuse, textOf } from '../shared/checks';
import { Coop, Point, Section } from './registry.tables';

export function requireCoop(coops: TableStore<Coop>, field: string, coop: Name): void {
  if (!coops.exists(coop.N)) refuse(`${field}: a registered cooperative expected, came ${textOf(coop)}`);
}

/** A section of the cooperative, open or closed. */
export function requireSection(sections: TableStore<Section>, section_id: u64, coop: Name): Section {
  const found = sections.get(section_id);
  if (found == null || found.coop != coop)
    refuse(`section_id: a section of ${coop} expected, came ${section_id}`);
  return found!;
}

/** A section of the cooperative that takes members and points. */
export function requireOpenSection(sections: TableStore<Section>, section_id: u64, coop: Name): Section {
  const section = requireSection(sections, section_id, coop);
  if (section.closed) refuse(`section_id: an open section expected, ${section_id} is closed`);
  return section;
}

export function requireOwnPoint(points: TableStore<Point>, point_id: u64, coop: Name): Point {
  const found = points.get(point_id);
  if (found == null || found.coop != coop) refuse(`point_id: a point of ${coop} expected, came ${point_id}`);
  return found!;
}
