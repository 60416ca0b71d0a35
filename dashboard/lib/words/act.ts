import type { ActAnswer, LotWay, Signer } from '../../api/wire.ts';
import type { Messages } from '../messages/index.ts';
import { decimal, type Lang } from '../numbers/format.ts';
import { inSentence } from './titles.ts';
import { kindKey, type KindOf } from './kind.ts';
import { word } from './places.ts';

const NBSP = '\u00A0';

/** Zeros after the point are said in the table, not in the sentence: `1240.000` is «1 240», `19.50` stays «19,50». */
const short = (value: string, lang: Lang, digits?: number) =>
  /^-?\d+(\.0+)?$/.test(value) ? decimal(value, lang, 0) : decimal(value, lang, digits);

/** Acts after which the goods are at `to`, a point: the section there acted. */
const COMES_IN = ['accept', 'receive', 'return', 'spoiled', 'made', 'surplus'];

/** The section that acted: where the goods came in, or where they left; of a reversal, that of the act taken back. */
export function actor(act: ActAnswer, m: Messages): string {
  const key = act.kind === 'reverse' ? act.status : kindKey(act);
  const end = COMES_IN.includes(key) ? act.to : act.from;
  return end.section ? m.act.section(end.section) : m.act.coop(act.coopTitle || act.coop);
}

/** The act as a sentence: «Участок «Кордон» принял 1 240 кг: картофель, по 19,50 ₽ за кг, на 24 180 ₽». */
export function actSentence(act: ActAnswer, m: Messages): string {
  const lang: Lang = m.lang === 'en' ? 'en' : 'ru';
  const unit = word(m.units, act.unit);
  const what = `${short(act.quantity, lang)}${NBSP}${unit}: ${inSentence(act.productTitle || act.product)}, ${m.act.price(short(act.price, lang, 2), unit, short(act.rub, lang, 2))}`;
  const say = m.act.say[kindKey(act) as keyof typeof m.act.say] as
    ((who: string, what: string) => string) | undefined;
  return say ? say(actor(act, m), what) : what;
}

/** What was brought, before rejection: exact decimal text of the sum. */
export function broughtQuantity(act: Pick<ActAnswer, 'quantity' | 'rejected'>): string {
  const digits = Math.max(...[act.quantity, act.rejected].map((text) => text.split('.')[1]?.length ?? 0));
  const units = (text: string) =>
    BigInt((text.split('.')[0] ?? '0') + (text.split('.')[1] ?? '').padEnd(digits, '0'));
  const sum = String(units(act.quantity) + units(act.rejected)).padStart(digits + 1, '0');
  return digits === 0 ? sum : `${sum.slice(0, -digits)}.${sum.slice(-digits)}`;
}

export type Amount = { readonly name: string; readonly value: string };

/** The quantities that an act of this kind speaks of. */
export function actAmounts(act: KindOf & Pick<ActAnswer, 'quantity' | 'rejected'>, m: Messages): Amount[] {
  const own = { name: word(m.act.quantity, kindKey(act)), value: act.quantity };
  if (act.kind !== 'accept') return [own];
  return [
    { name: m.act.brought, value: broughtQuantity(act) },
    { name: m.act.rejected, value: act.rejected },
    own,
  ];
}

/** «председатель, участок «Кордон»»; «роль неизвестна», when the registry does not tell. */
export function signerRole({ role, section }: Signer, m: Messages): string {
  if (role === null) return m.act.roles.unknown;
  return role === 'chair' ? m.act.roles.chair(section) : m.act.roles[role];
}

/** «голосование: за 3, против 1, мест в совете 5; подписал X»; «робот market по доверенности, отвечают: X, Y». */
export function decisionSays({ council, robot }: Pick<ActAnswer, 'council' | 'robot'>, m: Messages): string {
  if (council === null) return robot;
  if (council.mode === 'robot') return `${m.act.modes.robot(council.robot)} ${council.membersFor.join(', ')}`;
  const { votesFor, votesAgainst, seats, signer } = council;
  const how =
    council.mode === 'vote'
      ? m.act.modes.vote(votesFor, votesAgainst, seats)
      : word({ founding: m.act.modes.founding }, council.mode);
  const byRobot =
    council.membersFor.length > 0
      ? `; ${m.act.modes.robot(council.robot)} ${council.membersFor.join(', ')}`
      : '';
  return `${how}${byRobot}${signer ? `; ${m.act.signer(signer)}` : ''}`;
}

/** «Принято 1 240 кг = отправлено 400 + выдано 360 + осталось 480»: the parts that are, and always what is left. */
export function lotIdentity({ acts, sums }: LotWay, unit: string, m: Messages): string {
  const lang: Lang = m.lang === 'en' ? 'en' : 'ru';
  const entry = word(m.way.entered, acts[0]?.kind ?? '');
  const parts = (['shipped', 'issued', 'sold', 'processed', 'lost', 'stock'] as const)
    .filter((name) => name === 'stock' || Number(sums[name]) !== 0)
    .map((name) => `${m.way.parts[name]}${NBSP}${short(sums[name], lang)}`);
  return `${entry}${NBSP}${short(sums.entered, lang)}${NBSP}${unit}${NBSP}= ${parts.join(`${NBSP}+ `)}`;
}
