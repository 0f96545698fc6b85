/* Takes the invitation out of the address and shows what can be done with it. Nothing is stored, nothing is sent. */
'use strict';

/**
 * The fragment, which is gone from the address and the history afterwards: others could see it over a shoulder, or on another
 * device of the same person. What a messenger added to the query goes with it.
 */
function takeFragment() {
  const fragment = location.hash.slice(1);
  if (fragment || location.search) history.replaceState(null, '', location.pathname);
  return fragment;
}

// Before anything else, which might fail.
const given = takeFragment();

const LINK = 'waymark://join/';
const byId = (id) => document.getElementById(id);

let language = languageFor(navigator.languages);
let invitation = { state: 'none' };
/** The name of what is said below the button, so that it is said anew in another language. */
let said = null;

/** The language and script that somebody needs to know: `zh-CN` is Chinese in simplified letters, `zh-TW` is not. */
function readAs(tag) {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return '';
  }
}

/** The first language of the browser's own that the page has, else English. */
function languageFor(tags) {
  for (const tag of tags) {
    const found = LANGUAGES.find((each) => readAs(each.tag) === readAs(tag));
    if (found) return found;
  }
  return LANGUAGES[0];
}

function show() {
  const { words } = language;
  const { state } = invitation;
  const found = state === 'found';
  document.documentElement.lang = language.tag;
  document.documentElement.dir = language.direction;
  for (const each of document.querySelectorAll('[data-words]')) each.textContent = words[each.dataset.words];
  if (!found)
    for (const [id, word] of [
      ['trouble-title', 'Title'],
      ['trouble-what', 'What'],
      ['trouble-do', 'Do'],
    ])
      byId(id).textContent = words[state + word];
  document.title = byId(found ? 'found' : 'trouble').querySelector('h1').textContent;
  const places = byId('places');
  places.hidden = !places.querySelector('a');
  byId('get-more').textContent = places.hidden ? words.getAsk : words.getHere;
  byId('copied').textContent = said ? words[said] : '';
  byId('trouble').hidden = found;
  byId('found').hidden = !found;
  byId('type').hidden = !found;
  byId('page').hidden = false;
}

/** Groups of five, none of which is broken over two lines. */
function showText(text) {
  const groups = text.match(/.{1,5}/g) ?? [];
  byId('typed').replaceChildren(
    ...groups.flatMap((group, index) => {
      const span = document.createElement('span');
      span.textContent = group;
      return index === 0 ? [span] : [' ', span];
    }),
  );
}

async function follow(fragment) {
  invitation = await readInvitation(fragment);
  said = null;
  const { text = '' } = invitation;
  showText(text);
  if (text) byId('open').href = LINK + text;
  else byId('open').removeAttribute('href');
  show();
}

async function copy() {
  const typed = byId('typed');
  try {
    await navigator.clipboard.writeText(typed.textContent);
    said = 'copied';
  } catch {
    getSelection().selectAllChildren(typed);
    said = 'notCopied';
  }
  show();
}

for (const { tag, name, direction } of LANGUAGES) {
  const option = new Option(name, tag, false, tag === language.tag);
  option.lang = tag;
  option.dir = direction;
  byId('language').append(option);
}
byId('language').addEventListener('change', (event) => {
  language = LANGUAGES.find(({ tag }) => tag === event.target.value);
  show();
});
byId('copy').addEventListener('click', () => void copy());
// Another link to this page, opened where the page already is, changes the fragment alone.
addEventListener('hashchange', () => {
  const other = takeFragment();
  if (other) void follow(other);
});
void follow(given);
