/**
 * How long a test may take, in seconds, by the folder it is in: ten times and more what the longest takes on an idle machine, since
 * others may be at work on this one. `npm test` names the tests that come nearer.
 */
export const LIMITS = { unit: 300, api: 600, contract: 300, faults: 900, e2e: 900 };
