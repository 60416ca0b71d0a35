import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { change, decimal, mass, money, oktmo, percent, round } from './format.ts';

const plain = (text: string) =>
  text.replaceAll('\u202F', '_').replaceAll('\u00A0', '~').replace('\u2212', '-');

describe('decimal', () => {
  it.each([
    ['1240.000', undefined, '1_240,000'],
    ['-1234567.8', undefined, '-1_234_567,8'],
    ['90071992547409931.255', 2, '90_071_992_547_409_931,26'],
    ['-0.004', 2, '0,00'],
    ['999.95', 1, '1_000,0'],
  ])('%s to %s digits is %s', (value, digits, text) => {
    expect(plain(decimal(value, 'ru', digits))).toBe(text);
  });

  it('speaks English', () => {
    expect(decimal('1240.5', 'en')).toBe('1,240.5');
  });

  it('refuses what is not decimal text', () => {
    expect(() => decimal('1e9', 'ru')).toThrow(TypeError);
  });
});

it('rounds as exact arithmetic does', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), (thousandths) => {
      const abs = String(thousandths < 0n ? -thousandths : thousandths).padStart(4, '0');
      const text = `${thousandths < 0n ? '-' : ''}${abs.slice(0, -3)}.${abs.slice(-3)}`;
      const hundredths = BigInt(round(text, 2).replace('.', ''));
      const off = hundredths * 10n - thousandths;
      expect(off <= 5n && off >= -5n).toBe(true);
    }),
  );
});

describe('a figure', () => {
  it.each([
    ['459600000.00', '459,6~млн ₽'],
    ['1264000.00', '1,26~млн ₽'],
    ['84310.5', '84_311~₽'],
    ['270200.00', '270,2~тыс. ₽'],
    ['0', '0~₽'],
  ])('of money %s is %s', (value, text) => {
    const { figure, unit } = money(value, 'ru');
    expect(plain(`${figure}~${unit}`)).toBe(text);
  });

  it('of mass keeps kilograms below ten tonnes and takes the unit of its column', () => {
    expect(plain(mass('3895000.000', 'ru').figure)).toBe('3_895');
    expect(mass('240.000', 'ru')).toEqual({ figure: '240', unit: 'кг' });
    expect(mass('240.000', 'ru', '50000')).toEqual({ figure: '0,2', unit: 'т' });
  });
});

it('percent and change', () => {
  expect(plain(percent('48.4', 'ru', 1))).toBe('48,4_%');
  expect(plain(change('110', '100', 'ru') ?? '')).toBe('+10_%');
  expect(plain(change('97.1', '100', 'ru') ?? '')).toBe('-2,9_%');
  expect(change('1', '0', 'ru')).toBeNull();
  expect(plain(change('100', '100', 'ru') ?? '')).toBe('0,0_%');
});

it('a code for the eye', () => {
  expect(plain(oktmo('02614000'))).toBe('02_614_000');
});
