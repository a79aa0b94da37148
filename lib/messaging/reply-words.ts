/**
 * What people put beside the yes of a reply, one entry a language: it stays a yes.
 *
 * Case, accents and the marks of Arabic make no difference; of an apostrophe both sides are words.
 */
import type { Language } from "./templates";

interface ReplyWords {
  /** Words that only say please, thanks or all right, however they are put together. */
  courtesy: string;
  /** How a mail program or a telephone says what the text was sent with: what it begins or ends with, separated by |. */
  sentWith: string;
  /** Words that take a yes back, or ask: what has one is no signature. */
  doubt: string;
}

export const REPLY_WORDS: Record<Language, ReplyWords> = {
  en: {
    courtesy: "please pls plz kindly thanks thank you thx ty tks cheers ok okay sir madam",
    sentWith: "sent from|sent via|sent with|sent using|get outlook for",
    doubt: "no not nope never dont don't wrong but who what why when where how later wait if maybe",
  },
  es: {
    courtesy: "por favor porfavor porfa gracias muchas vale",
    sentWith: "enviado desde|enviado con|obtener outlook|enviado por",
    doubt: "no nunca pero quien que cuando donde como espera luego quizas",
  },
  fr: {
    courtesy: "s il te vous plait svp stp merci beaucoup d accord",
    sentWith: "envoye de|envoye depuis|envoye avec|envoye a partir|telecharger outlook|obtenir outlook",
    doubt: "non pas jamais mais qui quoi quand ou pourquoi comment attendez peut",
  },
  de: {
    courtesy: "bitte danke dankeschön gern gerne vielen dank",
    sentWith: "gesendet von|gesendet mit|von meinem|outlook für|holen sie sich outlook|diese nachricht wurde",
    doubt: "nein nicht nie aber wer was wann wo warum wie später warten kein",
  },
  pt: {
    courtesy: "por favor porfavor pfv obrigado obrigada obg muito",
    sentWith: "enviado do|enviado de|enviado a partir|enviado pelo|enviada do|obter o outlook",
    doubt: "nao nunca mas quem que quando onde como espera depois talvez",
  },
  ar: {
    courtesy: "من فضلك فضلكم لو سمحت سمحتم رجاء الرجاء شكرا جزيلا لك",
    sentWith: "أرسلت من|أرسل من|مرسل من|تم الإرسال من|تم الارسال من",
    doubt: "لا ليس لست لكن ولكن ماذا متى أين كيف لماذا هل غير",
  },
  hi: {
    courtesy: "कृपया प्लीज़ प्लीज धन्यवाद शुक्रिया जी kripya dhanyavad shukriya ji",
    sentWith: "से भेजा गया|से भेजा|की ओर से भेजा गया",
    doubt: "नहीं मत लेकिन पर कौन क्या कब कहाँ कैसे क्यों nahi nahin",
  },
  id: {
    courtesy: "tolong mohon terima kasih makasih silakan pak bu",
    sentWith: "dikirim dari|dikirim dengan|dapatkan outlook",
    doubt: "tidak bukan jangan tapi siapa apa kapan mana bagaimana nanti",
  },
};
