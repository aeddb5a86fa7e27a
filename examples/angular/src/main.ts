import { bootstrapApplication } from '@angular/platform-browser';
import { appConfig } from './app/app.config';
import { Page } from './app/page';
import { readSettings } from './app/settings';

readSettings()
  .then((settings) => bootstrapApplication(Page, appConfig(settings)))
  .catch((error: unknown) => {
    document.body.textContent = `The page could not start: ${String(error)}`;
  });
