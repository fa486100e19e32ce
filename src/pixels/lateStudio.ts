/** A studio that is set up when it is first asked for something, or when `begin` says that there is time: the panel's first view needs none. */
import type { Studio } from './studio';

export interface LateStudio extends Studio {
  begin(): void;
}

/** `make` is called once. */
export function lateStudio(make: () => Studio): LateStudio {
  let made: Studio | null = null;
  const studio = (): Studio => {
    made ??= make();
    return made;
  };
  return {
    begin: () => void studio(),
    open: (...given) => studio().open(...given),
    faces: (...given) => studio().faces(...given),
    bitmap: (...given) => studio().bitmap(...given),
    crop: (...given) => studio().crop(...given),
    addResult: (...given) => studio().addResult(...given),
    preview: (...given) => studio().preview(...given),
    wholePreview: (...given) => studio().wholePreview(...given),
    encode: (...given) => studio().encode(...given),
    encodeWhole: (...given) => studio().encodeWhole(...given),
    close: (pictureId) => made?.close(pictureId),
  };
}
