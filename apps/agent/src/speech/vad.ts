/** The voice activity detector calls it silence after this much of it, ms (`minSilenceDuration`). */
export const vadSilenceMs = 500;
