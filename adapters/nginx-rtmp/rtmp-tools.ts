/** What taking in streams needs of the system. */
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

export interface RtmpTools {
  nginx: string;
  /** Null: nothing has to be loaded. */
  module: string | null;
  ffmpeg: string;
}
export type RtmpToolsFound = { tools: RtmpTools } | { missing: string[] };

const FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin'];
const MODULES = ['/usr/lib/nginx/modules/ngx_rtmp_module.so', '/usr/share/nginx/modules/ngx_rtmp_module.so', '/usr/lib64/nginx/modules/ngx_rtmp_module.so'];

/** Where they are, or Debian's names of what is missing. Cheap: it looks for files. */
export function findRtmpTools(): RtmpToolsFound {
  const nginx = find('nginx');
  const ffmpeg = find('ffmpeg');
  const module = MODULES.find((file) => existsSync(file));
  if (nginx && ffmpeg && module) return { tools: { nginx, ffmpeg, module } };
  return { missing: [...(nginx ? [] : ['nginx-light']), ...(module ? [] : ['libnginx-mod-rtmp']), ...(ffmpeg ? [] : ['ffmpeg'])] };
}

function find(name: string): string | null {
  for (const folder of FOLDERS) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
