/** The page inside the app's shell. */
import { tauriHost } from '../common/host/tauri';
import { start } from './start';

void start(tauriHost);
