import type { MetadataRoute } from 'next';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Spool',
    short_name: 'Spool',
    description: 'Spoken interviews and dictation on a server you run.',
    start_url: '/sessions',
    display: 'standalone',
    background_color: '#f8f5ee',
    theme_color: '#14604a',
    icons: [{ src: '/icon.svg', type: 'image/svg+xml', sizes: 'any' }],
  };
}
