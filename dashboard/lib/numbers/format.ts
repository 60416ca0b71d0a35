/** Numbers as a reader of each language expects them; values are exact decimal text, so no digit is lost. */
export type Lang = 'ru' | 'en';

const MINUS = '\u2212';
const NARROW = '\u202F';
const NBSP = '\u00A0';
export const DASH = '—';
const marks = { ru: { group: NARROW, point: ',' }, en: { group: ',', point: '.' } } as const;

/** Rounds decimal text half away from zero to `digits` after the point; the answer has exactly so many. */
export function round(value: string, digits: number): string {
  const [, sign = '', whole = '0', rest = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(value) ?? fail(value);
  const kept = BigInt(whole + rest.slice(0, digits).padEnd(digits, '0'));
  const up = (rest[digits] ?? '0') >= '5' ? 1n : 0n;
  const text = String(kept + up).padStart(digits + 1, '0');
  const isZero = /^0*$/.test(text);
  const body = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return `${isZero ? '' : sign}${body}`;
}

function fail(value: string): never {
  throw new TypeError(`expected decimal text, got ${JSON.stringify(value)}`);
}

/** Decimal text for people: `-1240.5` is «−1 240,5». Without `digits`, as recorded. */
export function decimal(value: string, lang: Lang, digits?: number): string {
  const text = digits === undefined ? value : round(value, digits);
  const [, sign = '', whole = '', rest] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? fail(text);
  const { group, point } = marks[lang];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${sign && MINUS}${grouped}${rest === undefined ? '' : point + rest}`;
}

export const count = (value: string | number, lang: Lang) => decimal(String(value), lang);

/** A figure and its unit, apart: the figure is set large. */
export type Figure = { readonly figure: string; readonly unit: string };
export const inText = ({ figure, unit }: Figure) => `${figure}${NBSP}${unit}`;

type Step = { readonly from: number; readonly shift: number; readonly ru: string; readonly en: string };
const MONEY: readonly Step[] = [
  { from: 1e9, shift: 9, ru: 'млрд ₽', en: 'bn ₽' },
  { from: 1e6, shift: 6, ru: 'млн ₽', en: 'm ₽' },
  { from: 1e5, shift: 3, ru: 'тыс. ₽', en: 'k ₽' },
  { from: 0, shift: 0, ru: '₽', en: '₽' },
];
const MASS: readonly Step[] = [
  { from: 1e4, shift: 3, ru: 'т', en: 't' },
  { from: 0, shift: 0, ru: 'кг', en: 'kg' },
];

/** Moves the point `places` to the left. */
function shift(value: string, places: number): string {
  const [, sign = '', whole = '0', rest = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(value) ?? fail(value);
  const digits = whole.padStart(places + 1, '0');
  const at = digits.length - places;
  return `${sign}${digits.slice(0, at)}.${digits.slice(at)}${rest}`.replace(/\.$/, '');
}

/** The step is chosen by `scale`, so that a column keeps one unit; three or four significant digits. */
function scaled(value: string, lang: Lang, steps: readonly Step[], scale = value): Figure {
  const size = Math.abs(Number(scale));
  const step = steps.find(({ from }) => size >= from) ?? steps[steps.length - 1];
  if (!step) throw new TypeError('no steps');
  const moved = shift(value, step.shift);
  const whole = Math.abs(Number(shift(scale, step.shift)));
  const digits =
    whole >= 1000 || (step.shift === 0 && whole >= 100) || Number(value) === 0
      ? 0
      : whole >= 100
        ? 1
        : whole >= 10
          ? 1
          : 2;
  return { figure: decimal(moved, lang, digits), unit: step[lang] };
}

/** Roubles as text, with two digits after the point, into a tile's figure. */
export const money = (rub: string, lang: Lang, scale?: string) => scaled(rub, lang, MONEY, scale);
/** Kilograms as text into kilograms or, from ten tonnes, tonnes. */
export const mass = (kg: string, lang: Lang, scale?: string) => scaled(kg, lang, MASS, scale);

/** `48.4` is «48,4 %»; the space before the sign is narrow in Russian, absent in English. */
export const percent = (value: string, lang: Lang, digits = 0) =>
  `${decimal(value, lang, digits)}${lang === 'ru' ? NARROW : ''}%`;

/** Change against `before` in percent, with its sign; `null` when there is nothing to compare with. */
export function change(now: string, before: string, lang: Lang): string | null {
  const base = Number(before);
  if (base === 0) return null;
  const value = ((Number(now) - base) / base) * 100;
  if (Math.abs(value) >= 1000) return null;
  const text = percent(value.toFixed(Math.abs(value) < 10 ? 1 : 0), lang, Math.abs(value) < 10 ? 1 : 0);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** OKTMO for the eye: «02 614 000». */
export const oktmo = (code: string) =>
  code.replace(/^(\d{2})(\d{3})(\d{3})(\d{3})?$/, (_, a: string, b: string, c: string, d?: string) =>
    [a, b, c, d].filter(Boolean).join(NARROW),
  );
