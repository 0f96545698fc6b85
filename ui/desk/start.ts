/** Puts the desk's page on the screen, over the page host that `waymark-desk open` runs. */
import { mount } from 'svelte';
import '../common/tokens.css';
import '../common/base.css';
import './base.css';
import type { DeskCommands } from '../common/generated/desk';
import { httpHost } from '../common/host/http';
import { declareLanguage, speak } from '../common/words/fluent';
import './words';
import App from './App.svelte';
import { followNewLinks, tokenOfTheRun } from '../common/host/link';
import { Desk } from './state/desk.svelte';

followNewLinks();
await speak(null);
declareLanguage(document.documentElement);
const desk = new Desk(httpHost<DeskCommands>(await tokenOfTheRun()));
mount(App, { target: document.getElementById('page')!, props: { desk } });
