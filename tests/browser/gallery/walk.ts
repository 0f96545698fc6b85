/** A walk through the page: named screens, each reached from the one before. */
import type { Page } from '@playwright/test';
import { Phone } from '../world/phone';
import { Study } from '../world/study';
import { complained, complaints } from '../world/test';
import type { Say } from '../world/words';

export interface Going {
  /** The phone in the person's hand. */
  phone: Phone;
  /** Puts a new phone, with no diary on it yet, in the place of this one. */
  unpackAnother: () => Promise<void>;
  page: Page;
  study: Study;
  /** The page's words in the language of this walk. */
  say: Say;
}

/** A screen in a state that is worth looking at. */
export interface Stop {
  /** As the picture's file is called. */
  name: string;
  /** From the stop before to this one, until it is on the screen. */
  go: (going: Going) => Promise<void>;
}

export interface Walk {
  name: string;
  /** The study's hold, where it is not the example's own. */
  hold?: string;
  /** What is different in the study's file. */
  change?: (file: string) => string;
  stops: readonly Stop[];
}

/** A stop, in one line. */
export const at = (name: string, go: Stop['go']): Stop => ({ name, go });

/** Walks in one language, and lets `look` see each stop. */
export async function take(
  walk: Walk,
  page: Page,
  language: string,
  look: (stop: Stop, going: Going) => Promise<void>,
): Promise<void> {
  const wrong = await complaints(page);
  const study = await Study.begin(walk.hold, walk.change);
  const phones: Phone[] = [];
  const unpack = async () => {
    const phone = await Phone.unpack(page);
    phones.push(phone);
    if (language !== 'en') await phone.speak(language);
    return phone;
  };
  try {
    const going: Going = {
      phone: await unpack(),
      unpackAnother: async () => void (going.phone = await unpack()),
      page,
      study,
      say: (id, args) => going.phone.say(id, args),
    };
    for (const stop of walk.stops) {
      await stop.go(going);
      await look(stop, going);
    }
  } catch (failed) {
    // A page that broke is often why a walk got no further.
    if (wrong.length > 0) throw new Error(complained(wrong), { cause: failed });
    throw failed;
  } finally {
    for (const phone of phones) await phone.end();
    await study.end();
  }
  if (wrong.length > 0) throw new Error(complained(wrong));
}
