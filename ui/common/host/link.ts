/**
 * The link that the program has opened. Its fragment is a token that is good once: the page takes it out of the address and
 * exchanges it for the token of the run, which is kept for this tab alone, so that the page can load anew when it locks.
 */
import { post } from './http';

const KEY = 'token';
const TOKEN = /^[0-9a-f]{64}$/;

/** The token of the run; an empty text where there is none. The first command then tells why. */
export async function tokenOfTheRun(): Promise<string> {
  const link = location.hash.slice(1);
  if (TOKEN.test(link)) {
    history.replaceState(null, '', location.pathname);
    const token = await exchanged(link);
    if (token !== null) sessionStorage.setItem(KEY, token);
  }
  return sessionStorage.getItem(KEY) ?? '';
}

/** A new link that is opened in this tab changes only its fragment: the page begins anew with it. */
export function followNewLinks(): void {
  addEventListener('hashchange', () => {
    if (TOKEN.test(location.hash.slice(1))) location.reload();
  });
}

async function exchanged(link: string): Promise<string | null> {
  try {
    const reply = await post('session', link, {});
    const { token }: { token: unknown } = await reply.json();
    return typeof token === 'string' && TOKEN.test(token) ? token : null;
  } catch {
    // The link was used before, or nobody answers.
    return null;
  }
}
