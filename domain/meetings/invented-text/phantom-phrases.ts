/**
 * What Whisper-like models write over silence and music: their training data were subtitles, which thank for watching and
 * name their makers there. Some are also said by people, so the filter asks for a voice that can have said them.
 */
import { wordsIn } from './loops.ts';

/** Farewells and pleas of videos, by language. Compared without case and punctuation, with the whole of a segment. */
const CLOSINGS: Record<string, readonly string[]> = {
  en: ['thank you', 'thank you very much', 'thanks for watching', 'thank you for watching', 'thank you so much for watching', 'thanks for listening', 'please subscribe', 'please subscribe to my channel',
    "don't forget to like and subscribe", 'like and subscribe', 'see you in the next video', "i'll see you in the next video", 'see you next time', 'bye', 'bye bye', 'you', 'the end', "we'll be right back"],
  de: ['vielen dank', 'vielen dank fürs zuschauen', 'danke fürs zuschauen', 'vielen dank für ihre aufmerksamkeit', 'bis zum nächsten mal', 'tschüss', 'das war es für heute'],
  fr: ['merci', "merci d'avoir regardé cette vidéo", "merci d'avoir regardé", 'abonnez vous', 'à bientôt', 'à la prochaine'],
  es: ['gracias', 'gracias por ver', 'gracias por ver el video', 'muchas gracias por ver el video', 'suscríbete', 'suscríbete al canal', 'hasta la próxima'],
  it: ['grazie', 'grazie per la visione', 'grazie a tutti', 'iscrivetevi al canale', 'alla prossima'],
  pt: ['obrigado', 'obrigado por assistir', 'inscreva se no canal', 'até a próxima'],
  nl: ['dank je wel', 'bedankt voor het kijken', 'tot de volgende keer'],
  pl: ['dziękuję', 'dziękuję za uwagę', 'dzięki za oglądanie'],
  tr: ['izlediğiniz için teşekkürler', 'izlediğiniz için teşekkür ederim', 'abone olmayı unutmayın'],
  ru: ['спасибо за просмотр', 'продолжение следует', 'подписывайтесь на канал', 'спасибо за внимание'],
  ja: ['ご視聴ありがとうございました', 'ご視聴ありがとうございます', 'チャンネル登録お願いします', 'ありがとうございました'],
  zh: ['谢谢观看', '感谢观看', '谢谢大家', '请不吝点赞 订阅 转发 打赏支持明镜与点点栏目'],
  ko: ['시청해주셔서 감사합니다', '시청해 주셔서 감사합니다', '구독과 좋아요 부탁드립니다', '다음 영상에서 만나요'],
};

/** Beginnings of credit lines. Nobody says them in a meeting, and engines are sure of them, so no voice makes them true. */
const CREDITS = [
  /^(subtitles?|captions?|transcription|translation|subtitling) by\b/,
  /^(untertitel|untertitelung)( im auftrag| der| von|$|\s)/,
  /^(sous titres?|sous titrage)\b/,
  /^(subtítulos|subtitulado) (por|realizados)\b/,
  /^(sottotitoli|legendas|ondertiteling|napisy)( a cura| creati| di| pela| door| stworzone|\s)/,
  /^(субтитры|редактор субтитров)/,
  /^(字幕|altyazı|자막)/,
  /\bamara org\b/,
  /\bopensubtitles\b/,
];

/** A sound described rather than a word: "[Music]", "(applause)", "*sighs*", "♪". */
const ANNOTATION = /^[\s\p{P}\p{S}]*$|^\s*(?:[[(*♪][^\])*♪]*[\])*♪]\s*)+$/u;

export type Phantom = 'closing' | 'credits' | 'annotation';

/** What of this kind the whole `text` is. Without a `language` all of them are looked through. */
export function phantomPhrase(text: string, language?: string): Phantom | null {
  if (ANNOTATION.test(text)) return 'annotation';
  const plain = wordsIn(text).join(' ');
  if (CREDITS.some((credit) => credit.test(plain))) return 'credits';
  const lists = language === undefined ? Object.values(CLOSINGS) : [CLOSINGS[language.slice(0, 2)] ?? [], CLOSINGS.en!];
  const phrases = lists.flat().map((phrase) => wordsIn(phrase).join(' '));
  return consistsOf(plain, phrases) ? 'closing' : null;
}

/** One phrase, once or again and again. */
function consistsOf(plain: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => {
    const repeats = (plain.length + 1) / (phrase.length + 1);
    return Number.isInteger(repeats) && plain === Array.from({ length: repeats }, () => phrase).join(' ');
  });
}
