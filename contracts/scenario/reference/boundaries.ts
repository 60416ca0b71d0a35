import { type Random, seededRandom } from '../random.ts';
import { RIVERSIDE, CITY, municipalityOf } from './territories.ts';

/** Longitude and latitude, degrees; a ring ends where it begins. */
export type Position = readonly [number, number];
export type Ring = readonly Position[];
export type Feature<G> = {
  readonly type: 'Feature';
  readonly properties: Readonly<Record<string, string | boolean>>;
  readonly geometry: G;
};
export type Polygon = { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] };
export type Line = { readonly type: 'LineString'; readonly coordinates: readonly Position[] };
export type Collection<G> = { readonly type: 'FeatureCollection'; readonly features: readonly Feature<G>[] };

/** The districts on a map, north to south and west to east. The city lies in a hole of one of them. */
const GRID = [
  ['02640000', '02614000', '02624000', '02605000'],
  ['02643000', '02617000', RIVERSIDE, '02637000'],
  ['02610000', '02631000', '02628000', '02620000'],
] as const;
const COLUMNS = 4;
const ROWS = 3;
const WEST = 76.2;
const NORTH = 55.1;
/** A district's usual size: about 45 by 50 km. */
const WIDTH = 0.7;
const HEIGHT = 0.45;
const RIVER_COLUMN = 2;

/** Borders of the fictional region: each is drawn once and used by both neighbours, so that there is neither gap nor overlap. */
export type Map = {
  readonly municipalities: Collection<Polygon>;
  readonly outline: Ring;
  readonly river: Collection<Line>;
};

/** One seed, one map. RFC 7946: outer rings run against the clock, holes with it. */
export function mapOf(seed: string): Map {
  const { vertical, horizontal } = borders(seededRandom(`map of ${seed}`));
  const city = cityRing(seed);
  const features = GRID.flatMap((row, y) =>
    row.map((oktmo, x) => {
      const ring = joined([
        horizontal(x, y + 1),
        vertical(x + 1, y).toReversed(),
        horizontal(x, y).toReversed(),
        vertical(x, y),
      ]);
      return municipality(oktmo, oktmo === RIVERSIDE ? [ring, city.toReversed()] : [ring]);
    }),
  );
  const all = [...features, municipality(CITY, [city])].sort((a, b) => (codeOf(a) < codeOf(b) ? -1 : 1));
  const river = Array.from({ length: ROWS }, (_, y) => vertical(RIVER_COLUMN, y));
  return {
    municipalities: { type: 'FeatureCollection', features: all },
    outline: outlineOf(vertical, horizontal),
    river: { type: 'FeatureCollection', features: [riverFeature(river)] },
  };
}

const codeOf = ({ properties }: Feature<Polygon>): string => String(properties['oktmo']);

function municipality(oktmo: string, coordinates: readonly Ring[]): Feature<Polygon> {
  const { title } = municipalityOf(oktmo);
  return {
    type: 'Feature',
    properties: { oktmo, title, fictional: true },
    geometry: { type: 'Polygon', coordinates },
  };
}

const riverFeature = (parts: readonly (readonly Position[])[]): Feature<Line> => ({
  type: 'Feature',
  properties: { title: 'река Заречка', fictional: true },
  geometry: {
    type: 'LineString',
    coordinates: [...parts.flatMap((part) => part.slice(0, -1)), ...(parts.at(-1) ?? []).slice(-1)],
  },
});

/** A border by its place in the grid: `vertical` from north to south, `horizontal` from west to east. */
type Border = (x: number, y: number) => readonly Position[];

function borders(random: Random): { vertical: Border; horizontal: Border } {
  const nodes = Array.from({ length: ROWS + 1 }, (_, y) =>
    Array.from({ length: COLUMNS + 1 }, (_, x): Position =>
      rounded(WEST + WIDTH * (x + shift(random)), NORTH - HEIGHT * (y + shift(random))),
    ),
  );
  const node = (x: number, y: number): Position => at(at(nodes, y), x);
  const verticals = Array.from({ length: ROWS }, (_, y) =>
    Array.from({ length: COLUMNS + 1 }, (_, x) => winding(node(x, y), node(x, y + 1), random)),
  );
  const horizontals = Array.from({ length: ROWS + 1 }, (_, y) =>
    Array.from({ length: COLUMNS }, (_, x) => winding(node(x, y), node(x + 1, y), random)),
  );
  return { vertical: (x, y) => at(at(verticals, y), x), horizontal: (x, y) => at(at(horizontals, y), x) };
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined)
    throw new RangeError(`an index from 0 to ${list.length - 1} expected, got ${index}`);
  return item;
}

const shift = (random: Random): number => 0.2 * (random.next() - 0.5);
/** Seven digits are a centimetre; five, a metre, are enough. */
const rounded = (longitude: number, latitude: number): Position => [
  Number(longitude.toFixed(5)),
  Number(latitude.toFixed(5)),
];

/** A line that strays from the straight one by at most 7 % of each part, so that lines from one node do not cross. */
function winding(from: Position, to: Position, random: Random, depth = 4): readonly Position[] {
  if (depth === 0) return [from, to];
  const stray = 0.14 * (random.next() - 0.5);
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const middle = rounded((from[0] + to[0]) / 2 - dy * stray, (from[1] + to[1]) / 2 + dx * stray);
  return [
    ...winding(from, middle, random, depth - 1).slice(0, -1),
    ...winding(middle, to, random, depth - 1),
  ];
}

/** One ring out of lines that follow each other. */
function joined(lines: readonly (readonly Position[])[]): Ring {
  const open = lines.flatMap((line) => line.slice(0, -1));
  return [...open, at(open, 0)];
}

function outlineOf(vertical: Border, horizontal: Border): Ring {
  const along = (count: number, line: (index: number) => readonly Position[]) =>
    Array.from({ length: count }, (_, index) => line(index));
  return joined([
    ...along(ROWS, (y) => vertical(0, y)),
    ...along(COLUMNS, (x) => horizontal(x, ROWS)),
    ...along(ROWS, (y) => vertical(COLUMNS, ROWS - 1 - y).toReversed()),
    ...along(COLUMNS, (x) => horizontal(COLUMNS - 1 - x, 0).toReversed()),
  ]);
}

/** The city: a round place near the river, in the middle of its district. */
function cityRing(seed: string): Ring {
  const random = seededRandom(`city of ${seed}`);
  const corners = 24;
  const open = Array.from({ length: corners }, (_, corner): Position => {
    const turn = (2 * Math.PI * corner) / corners;
    const radius = 0.9 + 0.2 * random.next();
    return rounded(
      WEST + WIDTH * (2.4 + 0.1 * radius * Math.cos(turn)),
      NORTH - HEIGHT * (1.5 - 0.14 * radius * Math.sin(turn)),
    );
  });
  return [...open, at(open, 0)];
}
