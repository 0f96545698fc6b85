/** The words of the screens that the page can begin without. */
import english from '../common/locales/en/desk-later.ftl?raw';
import { bringMoreWords } from '../common/words/fluent';

bringMoreWords(english);
