/** A page host on this machine: `POST call/<name>` with the token of this run. */
import { CommandError, type Host } from './host';

export const TOKEN_HEADER = 'x-waymark-token';

/** What stands in the way before any command is looked at: the host knows no such token, or nobody answers. */
export type Unheard = 'token-unknown' | 'no-answer';

/** Sends something to the host as the page's own. Rejects when nobody answers. */
export function post(path: string, token: string, body: unknown): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
    body: JSON.stringify(body),
    cache: 'no-store',
    credentials: 'omit',
  });
}

export function httpHost<C extends Record<keyof C, { input: unknown; output: unknown }>>(token: string): Host<C> {
  return {
    async call(name, input) {
      const reply = await post(`call/${name}`, token, input).catch(() => {
        throw new CommandError<Unheard>('no-answer');
      });
      if (reply.status === 401) throw new CommandError<Unheard>('token-unknown');
      try {
        const body = await reply.json();
        if (reply.ok) return body;
        throw CommandError.from(body);
      } catch (thrown) {
        throw CommandError.from(thrown);
      }
    },
    // A player sends no headers of its own, so the token stands in the path.
    soundUrl: (note) => `sound/${token}/${note}`,
  };
}
