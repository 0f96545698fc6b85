/** The desk's words, which are there before anything is shown. It speaks English only. */
import english from '../common/locales/en/desk.ftl?raw';
import { bringWords } from '../common/words/fluent';

bringWords(english);
