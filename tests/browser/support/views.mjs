// How pages are looked at: in two languages, at a desk and on a phone, by day and by night.

export const LANGUAGES = ["en", "es"];
export const SCREENS = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 360, height: 740 },
};

/** Every language on every screen. */
export const VIEWS = LANGUAGES.flatMap((language) => Object.keys(SCREENS).map((screen) => ({ language, screen })));

export const named = ({ language, screen }) => `${language}-${screen}`;
