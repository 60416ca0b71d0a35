/** Asks the API inside the process: status, headers and body of a GET. */
export type ApiCall = (
  url: string,
  headers: Readonly<Record<string, string>>,
) => Promise<{ status: number; headers: Record<string, string>; body: string }>;

/** Where a page's server code finds the API on the raw request (hooks.server.ts reads it). */
export const API_CALL = Symbol.for('zakroma.api');
