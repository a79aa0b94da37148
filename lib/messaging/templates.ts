/**
 * The texts of the messages, one entry a language: this file and reply-words.ts are all a translator needs.
 *
 * Placeholders: {code} the code · {brand} who the message is from · {minutes} how long it works, as `minutes` below says it · {link} · {password}.
 *
 * An SMS segment holds 160 characters of the GSM 7-bit alphabet, and 70 of any other. So the Latin languages keep to that
 * alphabet (it has à é è ì ò ù ä ö ü ñ Ç, and no á í ó ú â ê ô ã õ ç): choose words around what is missing. Arabic and Hindi
 * cannot, and take more segments.
 *
 * {code} is followed by a line that browsers read, and {link} stands on a line of its own: neither is to be translated.
 */
export interface Templates {
  /** A length of time, # being the number: a form for each of the language's plurals (Unicode's CLDR) that has one of its own. */
  minutes: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
  code: string;
  link: string;
  /** Spoken by screen readers and people: keep the password apart from the words around it. */
  temporary_password: string;
  /** {yes} is the word of the language that confirms, from `yes` below. */
  reply: string;
  /** What confirms a reply, upper case. YES does in every language. What may stand beside it is in reply-words.ts. */
  yes: string[];
  /** The answers to a reply. */
  thanks: string;
  nothingToConfirm: string;
  notUnderstood: string;
  /** To whoever sends a code or a temporary password back instead of typing it into the page. */
  typeIt: string;
  /** A notice, that asks for nothing back. */
  password_set: string;
}

export const TEMPLATES = {
  en: {
    minutes: { one: "# minute", other: "# minutes" },
    code: "{code} is your {brand} code. It works for {minutes}. Don't share it with anyone.",
    link: "Confirm that it's you at {brand}, within {minutes}:\n{link}",
    temporary_password:
      "Your temporary {brand} password is\n{password}\nIt works for {minutes}, to set a new one. Don't share it.",
    reply: "{brand}: reply YES to confirm this number, or call us, within {minutes}.",
    yes: ["YES", "Y"],
    thanks: "Thank you. Your number is confirmed.",
    nothingToConfirm: "There is nothing to confirm right now. Ask for a new message where you signed up.",
    notUnderstood: "To confirm your number, reply YES.",
    typeIt: "Type the code into the page or app where you asked for it. No need to send it here.",
    password_set:
      "Your {brand} password was set or changed. If that wasn't you, reset it at once where you sign in.",
  },
  es: {
    minutes: { one: "# minuto", other: "# minutos" },
    code: "{code} es tu clave de {brand}. Vale {minutes}. No la compartas con nadie.",
    link: "Confirma que eres tu en {brand} antes de {minutes}:\n{link}",
    temporary_password:
      "Tu clave temporal de {brand} es\n{password}\nVale {minutes} para elegir otra. No la compartas.",
    reply: "{brand}: responde SI para confirmar este teléfono, o llama, en {minutes}.",
    yes: ["SI", "SÍ", "S"],
    thanks: "Gracias. Tu teléfono queda confirmado.",
    nothingToConfirm: "Ahora no hay nada que confirmar. Pide otro mensaje donde te registraste.",
    notUnderstood: "Para confirmar tu teléfono, responde SI.",
    typeIt: "Escribe la clave en la pantalla donde la pediste. No hace falta enviarla.",
    password_set:
      "Tu clave de {brand} fue creada o cambiada. Si no fuiste tu, pide otra enseguida desde la pantalla de acceso.",
  },
  fr: {
    minutes: { one: "# minute", other: "# minutes" },
    code: "{code} est votre code {brand}. Il est valable {minutes}. Ne le donnez à personne.",
    link: "Confirmez que c'est vous chez {brand}, sous {minutes} :\n{link}",
    temporary_password:
      "Votre mot de passe provisoire {brand} :\n{password}\nValable {minutes} pour en choisir un autre. Ne le donnez à personne.",
    reply: "{brand} : répondez OUI pour confirmer ce numéro, ou appelez, sous {minutes}.",
    yes: ["OUI", "O"],
    thanks: "Merci. Votre numéro est confirmé.",
    nothingToConfirm: "Il n'y a rien à confirmer pour le moment. Demandez un nouveau message.",
    notUnderstood: "Pour confirmer votre numéro, répondez OUI.",
    typeIt: "Saisissez le code sur la page ou dans l'appli où il est demandé, pas ici.",
    password_set:
      "Votre mot de passe {brand} a été défini ou changé. Si ce n'était pas vous, changez-le tout de suite.",
  },
  de: {
    minutes: { one: "# Minute", other: "# Minuten" },
    code: "{code} ist Ihr Code für {brand}. Er gilt {minutes}. Geben Sie ihn niemandem weiter.",
    link: "Bestätigen Sie bei {brand} binnen {minutes}, dass Sie es sind:\n{link}",
    temporary_password:
      "Ihr vorläufiges Passwort für {brand}:\n{password}\nEs gilt {minutes}, um ein neues zu wählen. Geben Sie es nicht weiter.",
    reply: "{brand}: Antworten Sie binnen {minutes} JA, um diese Nummer zu bestätigen, oder rufen Sie an.",
    yes: ["JA", "J"],
    thanks: "Danke. Ihre Nummer ist bestätigt.",
    nothingToConfirm: "Zurzeit gibt es nichts zu bestätigen. Fordern Sie eine neue Nachricht an.",
    notUnderstood: "Um Ihre Nummer zu bestätigen, antworten Sie JA.",
    typeIt: "Geben Sie den Code auf der Seite oder in der App ein, die ihn verlangt, nicht hier.",
    password_set:
      "Ihr Passwort für {brand} wurde gesetzt oder geändert. Waren Sie das nicht, setzen Sie es gleich zurück.",
  },
  pt: {
    minutes: { one: "# minuto", other: "# minutos" },
    code: "{code} é sua senha de acesso {brand}. Vale por {minutes}. Nunca mostre a ninguém.",
    link: "Confirme quem é na {brand} em menos de {minutes}:\n{link}",
    temporary_password:
      "Sua senha provisoria {brand} é\n{password}\nVale por {minutes}, para criar outra. Nunca mostre a ninguém.",
    reply: "{brand}: responda SIM para confirmar este telefone, ou ligue, em {minutes}.",
    yes: ["SIM", "S"],
    thanks: "Obrigado. Seu telefone foi confirmado.",
    nothingToConfirm: "Agora nada espera por resposta. Solicite uma nova mensagem.",
    notUnderstood: "Para confirmar seu telefone, responda SIM.",
    typeIt: "Digite a senha na tela onde ela foi pedida. Por aqui ela nada confirma.",
    password_set:
      "Sua senha {brand} foi criada ou trocada. Se outra pessoa fez isso, troque a senha agora mesmo.",
  },
  ar: {
    minutes: { one: "دقيقة واحدة", two: "دقيقتين", few: "# دقائق", other: "# دقيقة" },
    code: "{code} هو رمز {brand} الخاص بك. صالح لمدة {minutes}. لا تشاركه مع أحد.",
    link: "أكّد هويتك في {brand} خلال {minutes}:\n{link}",
    temporary_password:
      "كلمة المرور المؤقتة في {brand}:\n{password}\nصالحة لمدة {minutes} لاختيار كلمة جديدة. لا تشاركها.",
    reply: "{brand}: أجب بنعم أو YES أو اتصل لتأكيد هذا الرقم خلال {minutes}.",
    yes: ["نعم"],
    thanks: "شكرًا. تم تأكيد رقمك.",
    nothingToConfirm: "لا يوجد ما يحتاج إلى تأكيد الآن. اطلب رسالة جديدة.",
    notUnderstood: "لتأكيد رقمك أجب بكلمة نعم.",
    typeIt: "اكتب الرمز في الصفحة أو التطبيق الذي طلبته منه، لا هنا.",
    password_set: "تم تعيين أو تغيير كلمة مرورك في {brand}. إن لم تكن أنت، فأعد تعيينها فورًا.",
  },
  hi: {
    minutes: { other: "# मिनट" },
    code: "{code} आपका {brand} कोड है। यह {minutes} तक मान्य है। इसे किसी को न बताएं।",
    link: "{brand} पर {minutes} में पुष्टि करें कि यह आप हैं:\n{link}",
    temporary_password:
      "आपका अस्थायी {brand} पासवर्ड:\n{password}\nनया चुनने के लिए {minutes} तक मान्य। किसी को न बताएं।",
    reply: "{brand}: {minutes} में इस नंबर की पुष्टि के लिए हाँ या YES लिखकर उत्तर दें, या कॉल करें।",
    yes: ["हाँ", "हां", "HAAN", "HAN"],
    thanks: "धन्यवाद। आपके नंबर की पुष्टि हो गई है।",
    nothingToConfirm: "अभी पुष्टि के लिए कुछ नहीं है। नया संदेश मांगें।",
    notUnderstood: "अपने नंबर की पुष्टि के लिए हाँ लिखकर उत्तर दें।",
    typeIt: "कोड उसी पेज या ऐप में लिखें जहाँ वह मांगा गया है, यहाँ नहीं।",
    password_set: "आपका {brand} पासवर्ड सेट किया या बदला गया है। यदि यह आपने नहीं किया, तो उसे तुरंत बदलें।",
  },
  id: {
    minutes: { other: "# menit" },
    code: "{code} adalah kode {brand} Anda. Berlaku {minutes}. Jangan berikan kepada siapa pun.",
    link: "Konfirmasi bahwa ini Anda di {brand} dalam {minutes}:\n{link}",
    temporary_password:
      "Kata sandi sementara {brand} Anda:\n{password}\nBerlaku {minutes} untuk membuat yang baru. Jangan berikan kepada siapa pun.",
    reply: "{brand}: balas YA untuk konfirmasi nomor ini, atau telepon kami, dalam {minutes}.",
    yes: ["YA", "IYA"],
    thanks: "Terima kasih. Nomor Anda terkonfirmasi.",
    nothingToConfirm: "Saat ini tidak ada yang perlu dikonfirmasi. Minta pesan baru.",
    notUnderstood: "Untuk konfirmasi nomor Anda, balas YA.",
    typeIt: "Ketik kode di halaman atau aplikasi tempat Anda memintanya, bukan di sini.",
    password_set: "Kata sandi {brand} Anda telah dibuat atau diganti. Jika bukan Anda, segera atur ulang.",
  },
} as const satisfies Record<string, Templates>;

export type Language = keyof typeof TEMPLATES;

/** Where another language than English is what most people read, by the number's country. */
export const LANGUAGE_OF_COUNTRY: Record<string, Language> = {
  ...byCountry("es", "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE"),
  ...byCountry(
    "fr",
    "BF BI BJ CD CF CG CI CM DJ FR GA GF GN GP HT KM LU MC MG ML MQ NC NE PF RE SN TD TG WF YT",
  ),
  ...byCountry("de", "AT CH DE LI"),
  ...byCountry("pt", "AO BR CV GW MZ PT ST TL"),
  ...byCountry("ar", "AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE"),
  ...byCountry("hi", "IN"),
  ...byCountry("id", "ID"),
};

function byCountry(language: Language, countries: string): Record<string, Language> {
  return Object.fromEntries(countries.split(" ").map((country) => [country, language]));
}
