/** The language that the page speaks now. What shows its words is shown anew when it changes. */
import type { FluentBundle } from '@fluent/bundle';
import { english, type Language } from './languages';

class Spoken {
  language = $state.raw<Language>(english);
  /** Where a message is looked for: in the language's own words, then in English. */
  bundles = $state.raw<readonly FluentBundle[]>([]);
}

export const spoken = new Spoken();
