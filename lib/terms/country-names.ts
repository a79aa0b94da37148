/**
 * Countries by what people call them: any usual name in the languages most people write, and the codes of two and three letters.
 *
 * The names are the runtime's own (Intl), so that no list of ours grows old, and looked through language by language only as far as needed.
 */
import { COUNTRY_CODES, countryOf } from "./countries";
import { plainText } from "./typed-text";

/** ISO 3166-1: alpha-2, and the alpha-3 of the same country. */
const ALPHA_3 =
  "ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE";

/** What Intl does not say, or no longer: older names, initials, and parts that people take for the whole. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  AE: ["emirates", "uae"],
  AG: ["antigua"],
  BA: ["bosnia herzegovina"],
  BY: ["weissrussland", "belorussia"],
  CD: ["congo kinshasa", "democratic republic of the congo", "dr congo", "drc", "kongo"],
  CG: ["congo brazzaville"],
  CI: ["ivory coast", "elfenbeinkuste", "costa de marfil", "costa do marfim", "costa davorio"],
  CV: ["cape verde"],
  CZ: ["czech republic", "tschechische republik", "republica checa", "republique tcheque", "repubblica ceca"],
  GB: [
    "britain",
    "great britain",
    "england",
    "scotland",
    "wales",
    "northern ireland",
    "gran bretana",
    "gran bretagna",
    "gra bretanha",
    "grande bretagne",
    "grossbritannien",
    "inglaterra",
    "angleterre",
    "inghilterra",
  ],
  IE: ["republic of ireland"],
  KR: ["korea", "republic of korea", "한국", "南韩", "南韓"],
  MK: ["macedonia"],
  MM: ["burma", "birma", "birmania", "birmanie"],
  NL: ["holland", "holanda", "hollande", "olanda"],
  RU: ["russian federation"],
  SZ: ["swaziland"],
  TL: ["east timor"],
  TR: ["turkey"],
  US: ["united states of america", "america"],
  VA: ["vatican"],
  VC: ["st vincent"],
};

/** The most written first: a name that means two countries is the one's in whose language it comes first. */
const LANGUAGES =
  "en es pt fr de it nl zh zh-Hant ja ko ru ar hi id tr pl uk vi th fa he el cs sk hu ro bg sr sr-Latn hr sl sv da nb fi is et lv lt sq mk ca eu gl ga cy af sw ms fil bn ta te mr gu kn ml pa ur ne si km lo my ka hy az uz kk ky mn am".split(
    " ",
  );

/** Those of ISO 3166-1 that have numbers or not, and Kosovo and the few others that have numbers only. */
const CODES = [...new Set([...ALPHA_3.split(" ").map((pair) => pair.slice(0, 2)), ...COUNTRY_CODES])];

/** How far the languages have been looked through, and what was found. */
const names = new Map(
  Object.entries(ALSO_CALLED).flatMap(([code, also]) => also.map((name) => [name, code] as const)),
);
const languagesLeft = [...LANGUAGES];

/**
 * The ISO 3166-1 alpha-2 code of the country that a text names, whatever the case and the accents; null when it names none.
 *
 * @param text a code of two or three letters, a flag, or a name in any of the languages above
 */
export function countryNamed(text: string): string | null {
  const code = countryOf(text.trim()) ?? flagOf(text.trim()) ?? ofThreeLetters(text.trim());
  if (code !== null) return code;
  const wanted = plainName(text);
  if (wanted === "") return null;
  while (!names.has(wanted)) {
    const language = languagesLeft.shift();
    if (language === undefined) return null;
    readNames(language);
  }
  return names.get(wanted) ?? null;
}

/** A text to compare names by: no case, no accents, no punctuation, "and" for "&", and no "the" before it. */
export function plainName(text: string): string {
  return plainText(text)
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u064b-\u0652]/g, "")
    .toLowerCase()
    .replace(/[ßøłđðæœı]/g, (letter) => WITHOUT_ACCENT[letter] ?? letter)
    .replace(/&/g, " and ")
    .replace(/['’‘ʼ`´.]/g, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim()
    .replace(/^the /, "")
    .normalize("NFC");
}

/** Letters whose accents Unicode takes for a part of them. */
const WITHOUT_ACCENT: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  æ: "ae",
  œ: "oe",
  ı: "i",
};

function readNames(language: string): void {
  // Short ones are what English says in everyday life: US, Hong Kong, Bosnia.
  const styles = language === "en" ? (["long", "short"] as const) : (["long"] as const);
  for (const style of styles) {
    const regions = new Intl.DisplayNames(language, { type: "region", style });
    for (const code of CODES) {
      const name = regions.of(code);
      if (name === undefined) continue;
      // Myanmar (Burma), Hongkong – SAR, Congo [Republic]: the first part alone is a name, too.
      for (const called of [name, name.replace(/ ?[([–].*$/, "")]) {
        const plain = plainName(called);
        if (plain !== "" && !names.has(plain)) names.set(plain, code);
      }
    }
  }
}

/** A flag is two letters of its own kind. */
function flagOf(text: string): string | null {
  const letters = /^([\u{1f1e6}-\u{1f1ff}])([\u{1f1e6}-\u{1f1ff}])$/u.exec(text)?.slice(1);
  if (!letters) return null;
  return countryOf(
    letters.map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x1f1e6 + 65)).join(""),
  );
}

function ofThreeLetters(text: string): string | null {
  if (!/^[A-Za-z]{3}$/.test(text)) return null;
  const wanted = text.toUpperCase();
  const pair = ALPHA_3.split(" ").find((each) => each.slice(2) === wanted);
  return pair === undefined ? null : countryOf(pair.slice(0, 2));
}
