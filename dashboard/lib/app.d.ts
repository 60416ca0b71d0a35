import type { IncomingMessage } from 'node:http';
import type { Lang } from './messages/index.ts';

declare global {
  namespace App {
    interface Locals {
      lang: Lang;
    }
    interface Platform {
      req: IncomingMessage;
    }
    /** `code` is the API's: bad-parameter, not-found, unavailable. */
    interface Error {
      code?: string;
      parameter?: string;
    }
  }
}
