/** The app's shell as host. The only file that imports `@tauri-apps`. */
import { convertFileSrc, invoke } from '@tauri-apps/api/core';
import type { DiaryCommands } from '../generated/diary';
import { CommandError, type Host } from './host';

/** The scheme under which the shell plays voice notes. */
const SOUND = 'waymark-sound';

export const tauriHost: Host<DiaryCommands> = {
  async call(name, input) {
    try {
      return await invoke(name, { input });
    } catch (thrown) {
      throw CommandError.from(thrown);
    }
  },
  soundUrl: (note) => convertFileSrc(note, SOUND),
};
