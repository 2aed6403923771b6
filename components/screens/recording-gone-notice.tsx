import { Notice } from '#components/ui/notice.tsx';

/** In place of the player, once the sound is not kept any more. */
export function RecordingGoneNotice() {
  return <Notice title="The recording is not kept any more">What was said is still here to read.</Notice>;
}
