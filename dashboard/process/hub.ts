import type { LiveEvent, Subscribe } from '../api/status.ts';

/** Hands each live event to everyone who listens; a listener that throws does not keep the others from hearing. */
export type Hub = { readonly emit: (event: LiveEvent) => void; readonly subscribe: Subscribe };

export function createHub(onError: (error: unknown) => void): Hub {
  const listeners = new Set<(event: LiveEvent) => void>();
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
