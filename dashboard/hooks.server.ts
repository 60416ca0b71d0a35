import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit';
import { API_CALL, type ApiCall } from './api/call.ts';
import { isLang } from './lib/messages/index.ts';

const YEAR_S = 31_536_000;

/** Language: the address, else what was chosen before, else Russian. */
export const handle: Handle = async ({ event, resolve }) => {
  const asked = event.url.searchParams.get('lang');
  const kept = event.cookies.get('lang');
  event.locals.lang = isLang(asked) ? asked : isLang(kept) ? kept : 'ru';
  if (isLang(asked) && asked !== kept) {
    event.cookies.set('lang', asked, {
      path: '/',
      maxAge: YEAR_S,
      httpOnly: true,
      sameSite: 'lax',
      secure: false,
    });
  }
  return resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%lang%', event.locals.lang),
    preload: ({ type }) => type === 'js' || type === 'css',
  });
};

/** The API is in this very process: no port, no socket. */
export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
  const { pathname, search } = new URL(request.url);
  const call = event.platform && (Reflect.get(event.platform.req, API_CALL) as ApiCall | undefined);
  if (!call || !pathname.startsWith('/api/')) return fetch(request);
  const { status, headers, body } = await call(pathname + search, {});
  return new Response(status === 204 || status === 304 ? null : body, { status, headers });
};

export const handleError: HandleServerError = ({ error, status }) => {
  if (status >= 500)
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'page failed'}\n`);
  return { message: status === 404 ? 'not-found' : 'unavailable' };
};
