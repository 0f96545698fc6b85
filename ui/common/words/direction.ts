/** Which way a field runs that a person writes in. */

/** As its words run, and as the page does while there are none: `auto` alone would start on the left in every language. */
export function runsAs(text: string): 'auto' | undefined {
  return /\p{L}/u.test(text) ? 'auto' : undefined;
}
