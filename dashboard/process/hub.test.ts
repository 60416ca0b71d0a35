import { expect, test, vi } from 'vitest';
import { createHub } from './hub.ts';

test('every listener hears, also after one of them throws, until it leaves', () => {
  const errors: unknown[] = [];
  const hub = createHub((error) => errors.push(error));
  const broken = new Error('broken listener');
  hub.subscribe(() => {
    throw broken;
  });
  const heard = vi.fn();
  const leave = hub.subscribe(heard);
  hub.emit({ type: 'status' });
  leave();
  hub.emit({ type: 'status' });
  expect(heard).toHaveBeenCalledExactlyOnceWith({ type: 'status' });
  expect(errors).toEqual([broken, broken]);
});
