/** A page host on this machine: `POST call/<name>` with the token of this run. */
import { CommandError, type Host } from './host';

export const TOKEN_HEADER = 'x-waymark-token';

export function httpHost(token: string): Host {
  return {
    async call(name, input) {
      try {
        const reply = await fetch(`call/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
          body: JSON.stringify(input),
          cache: 'no-store',
          credentials: 'omit',
        });
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
