/** The one configuration of nginx: on a laptop, in the container and in tests. */
import { RTMP_APPLICATION } from '#domain/meetings/ingest/stream-key.ts';

/** A sender that is silent for this long is gone without a word: its connection is closed. */
const DROP_IDLE_S = 20;

export interface NginxSettings {
  /** The dynamic module's file; null when it is built in. */
  module: string | null;
  host: string;
  port: number;
  /** Before the names of sockets: empty for nginx's own folder, or a folder with a slash. */
  sockets: string;
}

/** Every path is relative to the folder nginx is started in, which may lie where nginx, as nobody, could not climb to. */
export function nginxConfig({ module, host, port, sockets }: NginxSettings): string {
  return `${module === null ? '' : `load_module ${module};\n`}daemon off;
# One process: killed, it leaves no worker behind that holds the port.
master_process off;
# Below this level nginx writes down the names of streams as they come, which are their keys.
error_log stderr emerg;
pid nginx.pid;
events { worker_connections 256; }
rtmp {
  access_log off;
  server {
    listen ${host.includes(':') ? `[${host}]` : host}:${port};
    chunk_size 4096;
    application ${RTMP_APPLICATION} {
      live on;
      # Nobody watches here.
      deny play all;
      drop_idle_publisher ${DROP_IDLE_S}s;
      record audio;
      record_path recordings;
      record_suffix .flv;
      record_unique off;
      notify_method post;
      # The answer renames the stream, so no file is called like a key.
      on_publish http://unix:${sockets}calls.sock:/publish;
      on_publish_done http://unix:${sockets}calls.sock:/done;
    }
  }
}
http {
  access_log off;
  client_body_temp_path temp;
  proxy_temp_path temp;
  fastcgi_temp_path temp;
  uwsgi_temp_path temp;
  scgi_temp_path temp;
  server {
    listen unix:${sockets}control.sock;
    location /control { rtmp_control all; }
    location /stat { rtmp_stat all; }
  }
}
`;
}
