/** The diary's words, which are there before anything is shown. */
import arabic from '../common/locales/ar/diary.ftl?url';
import english from '../common/locales/en/diary.ftl?raw';
import spanish from '../common/locales/es/diary.ftl?url';
import chinese from '../common/locales/zh-Hans/diary.ftl?url';
import { bringWords } from '../common/words/fluent';

bringWords(english, { es: spanish, 'zh-Hans': chinese, ar: arabic });
