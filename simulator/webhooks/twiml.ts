const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/**
 * The texts of the `<Message>` verbs in a TwiML document, in order: either the verb's own text or that of its `<Body>`.
 * Enough for what an application answers an SMS with; not an XML parser.
 */
export function messagesInTwiml(twiml: string): string[] {
  return textsOf(
    twiml,
    "Message",
    (content) => /<Body\b[^>]*>([\s\S]*?)<\/Body>/.exec(content)?.[1] ?? content,
  );
}

/** What a caller hears: the texts of the `<Say>` verbs in a TwiML document, in order. */
export function spokenInTwiml(twiml: string): string[] {
  return textsOf(twiml, "Say", (content) => content);
}

function textsOf(twiml: string, verb: string, inner: (content: string) => string): string[] {
  return [...twiml.matchAll(new RegExp(`<${verb}\\b[^>]*?(?:/>|>([\\s\\S]*?)</${verb}>)`, "g"))]
    .map(([, content = ""]) => unescape(inner(content).replace(/<[^>]*>/g, "")).trim())
    .filter((text) => text !== "");
}

function unescape(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (entity, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? entity;
      const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : entity;
    },
  );
}
