/** Twilio's own pages about a message. */

/** The message in the log of Twilio's console, for whoever is signed in there. */
export function consoleUrl(sid: string): string {
  return `https://www.twilio.com/console/sms/logs/${encodeURIComponent(sid)}`;
}

/** What Twilio's documentation says of an error: causes and remedies. */
export function errorUrl(code: number): string {
  return `https://www.twilio.com/docs/api/errors/${code}`;
}
