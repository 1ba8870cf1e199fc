// What makes the pages kinder where there is JavaScript. Each part stands alone; without any of them every form works.
import { draft } from "./draft.js";
import { copy, groups, larger } from "./small.js";
import { once } from "./once.js";
import { photos } from "./photos.js";

for (const part of [once, draft, photos, larger, groups, copy]) {
  try {
    part(document);
  } catch (fault) {
    // An old phone lacks something: the page is whole without this part.
    if (window.console) console.warn(fault);
  }
}
