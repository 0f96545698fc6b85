/** The app's shell as host. The only file that imports `@tauri-apps`. */
import { invoke } from '@tauri-apps/api/core';
import { CommandError, type Host } from './host';

export const tauriHost: Host = {
  async call(name, input) {
    try {
      return await invoke(name, { input });
    } catch (thrown) {
      throw CommandError.from(thrown);
    }
  },
};
