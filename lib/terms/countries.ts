/**
 * Countries by their codes.
 */

/** ISO 3166-1 alpha-2 codes of the countries that have numbers: a list that is small enough for browsers. */
export const COUNTRY_CODES: readonly string[] =
  "AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW".split(
    " ",
  );

/** Those that have none of their own, and are countries all the same. */
const WITHOUT_NUMBERS: readonly string[] = ["AQ", "BV", "GS", "HM", "PN", "TF", "UM"];

/** What people and data write for a country whose code is another: the United Kingdom's and the European Union's for Greece. */
const ALIASES: Readonly<Record<string, string>> = { UK: "GB", EL: "GR" };

/** The ISO 3166-1 alpha-2 code that two letters mean, in any case; null when they mean no country. */
export function countryOf(letters: string): string | null {
  // Looked at as it came: some letters, such as ß, are two in upper case.
  if (!/^[A-Za-z]{2}$/.test(letters)) return null;
  const code = letters.toUpperCase();
  const meant = ALIASES[code] ?? code;
  return COUNTRY_CODES.includes(meant) || WITHOUT_NUMBERS.includes(meant) ? meant : null;
}
