/** Our cookies' names, without the prefix they have where there is https. The server lets no others through to the pages. */
export const OWN_COOKIES = [
  "otp_browser",
  "otp_handsets",
  "otp_known",
  "otp_login",
  "otp_password",
  "otp_reply",
  "otp_reset",
  "otp_session",
  "theme",
  "whole",
] as const;

export type OwnCookieName = (typeof OWN_COOKIES)[number];
