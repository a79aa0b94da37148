import { addAnnotation, readAnnotations } from "@/lib/annotations";
import { createAnnotation, listAnnotations } from "@/lib/api/annotations";
import { answer } from "@/lib/http/answer";
import { endpoint, route } from "@/lib/http/frame";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(listAnnotations, async ({ query: { from, to, country } }) => {
    const rows = await readAnnotations({
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
      countries: country === undefined ? undefined : [country],
    });
    return answer(listAnnotations, 200, { rows });
  }),

  POST: endpoint(createAnnotation, async ({ body: { at, text, country = null } }) =>
    answer(createAnnotation, 201, await addAnnotation({ at: new Date(at), text, country })),
  ),
});
